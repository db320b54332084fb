"""The settings: from the environment or a `.env`, each under its name with WENSHU_ before it."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.locations import Places, data_place, env_place
from bot.settings.telegram_options import Options
from corpus.model.errors import BadSettings
from index.engines.opening import Engines

PREFIX = "WENSHU_"


class Settings(BaseSettings, Options):
    """Everything that can be set; `Options` has the fields of the Telegram bot, `home` included."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        enable_decoding=False,
        extra="ignore",
        frozen=True,
    )

    data: Path = Field(default=Path(".wenshu"), description="放索引、模型和机器人状态的文件夹")
    env: str = Field(default="", description="另用的 .env 文件；只能写在环境变量里")
    store: SecretStr = Field(
        default=SecretStr(""), description="放报告、数字的 PostgreSQL，不填就在数据文件夹里"
    )
    vectors: SecretStr = Field(
        default=SecretStr(""), description="放向量的 Milvus，不填就和报告放在一起"
    )
    model: str = Field(default="", description="另用的句向量模型：文件夹或模型名")
    llm_url: str = Field(default="", description="大模型的地址（OpenAI 兼容），不填就不用")
    llm_model: str = Field(default="", description="大模型的名称")
    llm_key: SecretStr | None = Field(default=None, description="大模型的密钥")
    llm_seconds: float = Field(default=20, gt=0, description="等大模型多少秒")

    @field_validator("admins", "allowed", mode="before")
    @classmethod
    def _numbers(cls, value: object) -> object:
        """Take "12, 34" as well as a list: that is how people write several numbers."""
        if isinstance(value, str):
            return [part for part in value.replace("，", ",").strip("[] ").split(",") if part]
        return value

    @property
    def library(self) -> Path:
        """The folder of the library."""
        return self.data / "library"

    @property
    def engines(self) -> Engines:
        """Where the library is kept, if not in its folder."""
        return Engines(store=self.store, vectors=self.vectors)

    @property
    def models(self) -> Path:
        """The folder of the models that are made here."""
        return self.data / "models"


def load_settings() -> Settings:
    """Read the settings; raise `BadSettings` that names what is wrong."""
    return load_with_places()[0]


def load_with_places() -> tuple[Settings, Places]:
    """Read the settings, the data folder in full, and say where they and the data lie."""
    env = env_place()
    try:
        settings = Settings(_env_file=env.path)
    except ValidationError as error:
        name = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BadSettings(
            f"设置 {PREFIX}{name.upper()} 的值不对，请检查环境变量或 {env.path}。"
        ) from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"设置文件不是 UTF-8 编码的文本：{env.path}。") from error
    said = settings.data if "data" in settings.model_fields_set else None
    places = Places(env=env, data=data_place(said, env.path))
    return settings.model_copy(update={"data": places.data.path}), places
