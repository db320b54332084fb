"""`wenshu doctor`: what a run needs, checked one by one, with what to do where it is missing.

The token is never shown and never sent: that Telegram answers at all is what is asked of the net.
"""

import errno
import os
import re
import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import closing
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryFile
from threading import Thread
from typing import Literal, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import typer

from bot.settings.environment import Settings
from bot.settings.locations import env_place
from corpus.model.errors import WenshuError
from corpus.readers.word.old import find_program
from index.checks.whole import Whole, check_whole
from index.database import ORIGINALS
from index.encoder.encoder import DEFAULT
from index.engines.opening import is_there, open_store
from index.originals import Originals

State = Literal["正常", "注意", "错误"]
TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")
SECONDS = 5.0  # to wait for Telegram
MEGABYTE = 1024 * 1024
LEAST_FREE, FEW_FREE = 200 * MEGABYTE, 1024 * MEGABYTE
MOST_NAMED = 5
MOST_SKEW = 60.0  # seconds that a clock may be off before a signature or a digest suffers
BUILT = Path(__file__).stat().st_mtime
NOWHERE = "/bot/none"  # no method of the Bot API: it answers at once, and sends nobody elsewhere
REFUSALS = {
    errno.ENOTDIR: "是文件，不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "没有权限",
    errno.ENOSPC: "磁盘满了",
}
UNREACHED: tuple[tuple[type[BaseException], str], ...] = (
    (socket.gaierror, "域名解析不了"),
    (TimeoutError, "没有回应"),
    (ConnectionRefusedError, "拒绝连接"),
    (ssl.SSLError, "证书不对"),
)


class Check(NamedTuple):
    """What one check found: how it is, what was looked at, what was found, what to do."""

    state: State
    name: str
    found: str
    advice: str = ""

    def line(self) -> str:
        """Return the check as a line."""
        advice = f"：{self.advice}" if self.advice else ""
        return f"{self.state}　{self.name}　{self.found}{advice}"


class Reached(NamedTuple):
    """What came of asking Telegram: a reason where it did not answer, else its time of day."""

    reason: str = ""
    clock: float | None = None


def examine(settings: Settings) -> bool:
    """Print every check; tell whether nothing is wrong."""
    wrong = False
    for check in checks(settings):
        typer.echo(check.line())
        wrong = wrong or check.state == "错误"
    return not wrong


def checks(settings: Settings) -> Iterator[Check]:
    """Yield what each check found, the quick ones first."""
    yield check_env()
    yield check_token(settings)
    yield check_folder(settings.data)
    yield check_library(settings)
    yield check_model(settings)
    yield from check_large_model(settings)
    yield check_disk(settings.data)
    yield check_office()
    reached = reach(settings.api_url)
    yield check_network(settings, reached)
    yield check_clock(reached.clock, time.time())


def check_env() -> Check:
    """Say which `.env` is read, and whether others may read it."""
    env = env_place().path
    if not env.exists():
        return Check("正常", "设置", f"没有 {env}，只用环境变量和默认值")
    if env.is_file() and env.stat().st_mode & 0o077:
        return Check("注意", "设置", f"{env} 别的用户也能读", f"chmod 600 {env}")
    return Check("正常", "设置", str(env))


def check_token(settings: Settings) -> Check:
    """Say whether there is a token that looks like one."""
    if settings.token is None:
        return Check(
            "注意", "令牌", "没有设", "要运行机器人，向 @BotFather 领取后写进 WENSHU_TOKEN"
        )
    if TOKEN.fullmatch(settings.token.get_secret_value()):
        return Check("正常", "令牌", "格式对")
    return Check("错误", "令牌", "格式不对", "向 @BotFather 核对，整行复制，不要带空格和引号")


def check_folder(folder: Path) -> Check:
    """Say whether the data folder can be written, or made."""
    place = nearest(folder)
    try:
        with TemporaryFile(dir=place) as file:
            file.write(b"1")
    except OSError as error:
        reason = REFUSALS.get(error.errno or 0, error.strerror)
        return Check(
            "错误", "数据文件夹", f"{folder} 写不进去（{reason}）",
            "检查权限，或用 WENSHU_DATA 换一个文件夹",
        )  # fmt: skip
    return Check("正常", "数据文件夹", f"{folder}{'' if place == folder else '（用到时建立）'}")


def check_library(settings: Settings) -> Check:
    """Say how many reports there are, and whether every row and original is what was written."""
    whole = Whole(reports=0, lost=())
    try:
        if is_there(settings.library, settings.engines):
            store = open_store(settings.library, settings.engines)
            with closing(store.database):
                whole = check_whole(store, Originals(settings.library / ORIGINALS))
    except WenshuError as error:
        return Check("错误", "报告", str(error))
    if whole.lost:
        names = "、".join(whole.lost[:MOST_NAMED]) + ("等" if len(whole.lost) > MOST_NAMED else "")
        found = f"已收录 {whole.reports} 份，{len(whole.lost)} 份的原件缺失或已损坏"
        return Check("注意", "报告", found, f"请移除后重新添加：{names}")
    if whole.reports:
        return Check("正常", "报告", f"已收录 {whole.reports} 份，每一条都核对过")
    return Check("注意", "报告", "还没有", "用 wenshu add 添加")


def check_model(settings: Settings) -> Check:
    """Say whether the model is there, or will be made."""
    if settings.model:
        there = Path(settings.model).is_dir()
        if there or not settings.model.startswith(("/", ".", "~")):
            return Check("正常", "模型", settings.model)
        return Check("错误", "模型", f"没有文件夹 {settings.model}", "核对 WENSHU_MODEL，或不设它")
    if (settings.models / DEFAULT).is_dir():
        return Check("正常", "模型", DEFAULT)
    return Check("注意", "模型", "还没有生成", "第一次添加报告时自动生成，要几十秒")


def check_large_model(settings: Settings) -> Iterator[Check]:
    """Say whether the large model that is set can be reached; nothing where none is."""
    if not settings.llm_url:
        return
    host = urlsplit(settings.llm_url)
    if host.scheme not in ("http", "https") or not host.hostname or not settings.llm_model:
        yield Check(
            "错误", "大模型", "设得不全", "WENSHU_LLM_URL 要是 http(s) 地址，再写 WENSHU_LLM_MODEL"
        )  # fmt: skip
    elif reason := reach(settings.llm_url).reason:
        yield Check(
            "注意", "大模型", f"{host.netloc} 连不上（{reason}）",
            "答题照常，只是没有它帮忙；检查地址和网络",
        )  # fmt: skip
    else:
        yield Check("正常", "大模型", f"{settings.llm_model}，{host.netloc} 连得上")


def check_disk(folder: Path) -> Check:
    """Say how much room is left where the data lies."""
    free = shutil.disk_usage(nearest(folder)).free
    found = f"剩余 {free / MEGABYTE / 1024:.1f} GB"
    if free < LEAST_FREE:
        return Check("错误", "磁盘", found, "请腾出空间")
    return (
        Check("注意", "磁盘", found, "快满了") if free < FEW_FREE else Check("正常", "磁盘", found)
    )


def check_office() -> Check:
    """Say whether older Word files can be read."""
    program = find_program()
    if program:
        return Check("正常", "LibreOffice", program)
    return Check(
        "注意", "LibreOffice", "没有装，读不了 .doc、.wps、.rtf",
        "要读，请 apt-get install libreoffice-writer-nogui",
    )  # fmt: skip


def check_network(settings: Settings, reached: Reached) -> Check:
    """Say whether Telegram answers; without a token nothing needs it."""
    host = urlsplit(settings.api_url).netloc
    if not reached.reason:
        return Check("正常", "网络", f"{host} 连得上")
    state: State = "错误" if settings.token else "注意"
    return Check(
        state, "网络", f"{host} 连不上（{reached.reason}）",
        "检查网络、DNS、防火墙；要用代理，请设环境变量 HTTPS_PROXY",
    )  # fmt: skip


def check_clock(theirs: float | None, ours: float) -> Check:
    """Say whether the clock is right, by Telegram's, or at least later than this program is."""
    if theirs is not None and abs(ours - theirs) > MOST_SKEW:
        return Check("错误", "时钟", f"与 Telegram 相差 {abs(ours - theirs):.0f} 秒", "请校准时间")
    if ours < BUILT:
        return Check("错误", "时钟", "比安装本程序的时间还早", "请校准时间")
    return Check("正常", "时钟", time.strftime("%Y-%m-%d %H:%M", time.localtime(ours)))


def reach(address: str, seconds: float = SECONDS) -> Reached:
    """Ask a server for anything, within a time that holds for names that are not found as well."""
    outcome = [Reached(reason=f"{seconds:.0f} 秒没有回应")]

    def ask() -> None:
        outcome[0] = request(address, seconds)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    return outcome[0]


def request(address: str, seconds: float) -> Reached:
    """Ask a server by way of the proxy that the bot would use; whatever it answers, it answers."""
    asked = Request(address.rstrip("/") + NOWHERE, method="HEAD")  # noqa: S310 - as it is set
    try:
        with urlopen(asked, timeout=seconds) as answer:  # noqa: S310 - as it is set
            return Reached(clock=date_to_clock(answer.headers.get("Date")))
    except HTTPError as error:
        return Reached(clock=date_to_clock(error.headers.get("Date")))
    except (OSError, HTTPException, ValueError) as error:
        return Reached(reason=error_to_reason(error))


def date_to_clock(said: str | None) -> float | None:
    """Return the time of a `Date` header in seconds since 1970, None where it tells none."""
    try:
        return parsedate_to_datetime(said).timestamp() if said else None
    except ValueError:
        return None


def error_to_reason(error: BaseException) -> str:
    """Return why a server was not reached, in a few words."""
    cause = getattr(error, "reason", error)  # what the library of addresses wraps
    known = (said for kind, said in UNREACHED if isinstance(cause, kind))
    return next(known, str(cause))


def nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(one for one in (folder, *folder.parents) if os.path.lexists(one))
