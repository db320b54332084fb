"""The settings of the Telegram bot as fields, for `environment` beside it to read."""

from typing import Literal

from pydantic import BaseModel, Field, SecretStr

Access = Literal["open", "list", "approval"]


class Options(BaseModel):
    """What can be set about the bot. Durations are in seconds unless the name says otherwise."""

    token: SecretStr | None = Field(default=None, description="机器人的令牌，向 @BotFather 领取")
    access: Access = Field(
        default="open", description="谁可以问：open 所有人，list 名单上的人，approval 凭配对码批准"
    )
    admins: tuple[int, ...] = Field(default=(), description="管理员的 Telegram 数字编号")
    allowed: tuple[int, ...] = Field(default=(), description="可以提问的人或群的数字编号")
    home: str | None = Field(default=None, description="没有说单位时所指的单位")

    log_questions: bool = Field(default=False, description="日志里是否写下问题原文")
    memory_minutes: float = Field(default=30, gt=0, description="多少分钟不说话就忘记上文")
    slow_seconds: float = Field(default=1.0, ge=0, description="超过多少秒就先说“正在查…”")

    processes: int = Field(
        default=1, ge=0, description="另开几个进程来答题；0 为不另开，省内存，问的人多时慢一些"
    )

    user_per_minute: int = Field(default=20, gt=0, description="每人每分钟最多几问")
    chat_per_minute: int = Field(default=60, gt=0, description="每个会话每分钟最多几问")
    send_per_second: float = Field(default=30, gt=0, description="全部会话每秒最多发几条")
    group_per_minute: float = Field(default=20, gt=0, description="每个群每分钟最多发几条")
    retries: int = Field(default=5, ge=0, description="发送失败后再试几次")
    retry_seconds: float = Field(default=0.5, ge=0, description="第一次再试之前等多久，之后加倍")
    read_seconds: float = Field(default=20, gt=0, description="等 Telegram 答复多久算超时")
    again_seconds: float = Field(default=30, gt=0, description="没送到的答复隔多久再送")

    file_megabytes: int = Field(default=20, gt=0, description="从会话里收报告的大小上限")
    digest_hour: int = Field(default=9, ge=0, le=23, description="每天几点发摘要（北京时间）")

    api_url: str = Field(default="https://api.telegram.org", description="Bot API 的地址")
    webhook_url: str = Field(default="", description="填了就用 webhook：外网可以访问的 https 地址")
    webhook_secret: SecretStr | None = Field(default=None, description="webhook 的口令")
    webhook_listen: str = Field(default="127.0.0.1", description="webhook 在本机监听的地址")
    webhook_port: int = Field(default=8443, description="webhook 在本机监听的端口")
    health_port: int = Field(default=0, description="本机健康检查和指标的端口，0 为不开")
