"""The settings: from the environment or a `.env`, each under its name with WENSHU_ before it."""

from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.telegram.options import Options
from corpus.model.errors import BadSettings

PREFIX = "WENSHU_"


class Settings(BaseSettings, Options):
    """Everything that can be set; `Options` has the fields of the Telegram bot, `home` included."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        enable_decoding=False,
        extra="ignore",
        frozen=True,
    )

    data: Path = Field(default=Path(".wenshu"), description="放索引、模型和机器人状态的文件夹")
    model: str = Field(default="", description="另用的句向量模型：文件夹或模型名")

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
    def models(self) -> Path:
        """The folder of the models that are made here."""
        return self.data / "models"


def load_settings() -> Settings:
    """Read the settings; raise `BadSettings` that names the one that makes no sense."""
    try:
        return Settings()
    except ValidationError as error:
        name = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BadSettings(
            f"设置 {PREFIX}{name.upper()} 的值不对，请检查环境变量或 .env。"
        ) from error
