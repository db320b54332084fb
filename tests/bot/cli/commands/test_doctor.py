"""`wenshu doctor`: what it says of what is there and of what is not, and what to do."""

import re
import sqlite3
import time
from collections.abc import Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pydantic import SecretStr

from bot.cli.commands import doctor
from bot.settings.environment import Settings
from scripts.terminal import Terminal
from scripts.toy_library import FINANCE, open_toys, write_toy

TOKEN = "123456789:" + "a" * 35
NOWHERE = "http://127.0.0.1:9"  # nothing listens there
ADVICE = "检查网络、DNS、防火墙；要用代理，请设环境变量 HTTPS_PROXY"


class Answering(BaseHTTPRequestHandler):
    """Knows no address, as the Bot API knows none without a token; its clock is an hour behind."""

    asked: list[str] = []  # noqa: RUF012 - the server makes a handler for each request

    def do_HEAD(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def date_time_string(self, timestamp: float | None = None) -> str:
        return formatdate(time.time() - 3600, usegmt=True)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_is_wrong_is_said_with_what_to_do_and_the_token_is_not(terminal: Terminal) -> None:
    terminal.data.write_text("", encoding="utf-8")
    env = {"WENSHU_TOKEN": "1234:secret", "WENSHU_API_URL": NOWHERE, "NO_PROXY": "127.0.0.1"}
    code, out, err = terminal.type("doctor", env=env)
    said = dict(re.findall(r"^\S+　(\S+)　(.*)$", out, re.MULTILINE))
    assert (code, err) == (1, "")
    assert list(said) == [
        "设置", "令牌", "数据文件夹", "报告", "模型", "磁盘", "LibreOffice", "网络", "时钟",
    ]  # fmt: skip
    assert said["令牌"] == "格式不对：向 @BotFather 核对，整行复制，不要带空格和引号"
    assert said["数据文件夹"] == (
        f"{terminal.data} 写不进去（是文件，不是文件夹）：检查权限，或用 WENSHU_DATA 换一个文件夹"
    )
    assert said["报告"] == "还没有：用 wenshu add 添加"
    assert said["网络"] == f"127.0.0.1:9 连不上（拒绝连接）：{ADVICE}"
    assert "secret" not in out


def test_a_server_that_refuses_is_reached_and_its_clock_is_compared(telegram: str) -> None:
    settings = Settings(_env_file=None, token=SecretStr(TOKEN), api_url=telegram)
    reached = doctor.reach(settings.api_url)
    host = telegram.removeprefix("http://")
    assert doctor.check_token(settings).line() == "正常　令牌　格式对"
    assert doctor.check_network(settings, reached).line() == f"正常　网络　{host} 连得上"
    assert reached.clock is not None
    assert doctor.check_clock(reached.clock, reached.clock + 3600).line() == (
        "错误　时钟　与 Telegram 相差 3600 秒：请校准时间"
    )
    assert abs(time.time() - 3600 - reached.clock) < 60
    assert Answering.asked == [doctor.NOWHERE]  # the token stays here


@pytest.mark.parametrize(
    ("address", "reason"),
    [(NOWHERE, "拒绝连接"), ("http://nowhere.invalid", "域名解析不了")],
)
def test_a_server_that_is_not_there_is_told_from_a_name_that_is_none(
    address: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    assert doctor.request(address, 5) == doctor.Reached(reason=reason)


def test_without_a_token_nothing_needs_the_net() -> None:
    settings = Settings(_env_file=None)
    unreached = doctor.check_network(settings, doctor.Reached(reason="没有回应"))
    assert unreached.line() == f"注意　网络　api.telegram.org 连不上（没有回应）：{ADVICE}"
    assert doctor.check_clock(None, 0).line() == "错误　时钟　比安装本程序的时间还早：请校准时间"


def test_settings_that_others_can_read_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.env"
    path.write_text("", encoding="utf-8")
    monkeypatch.setenv("WENSHU_ENV", str(path))
    path.chmod(0o644)
    assert doctor.check_env().line() == f"注意　设置　{path} 别的用户也能读：chmod 600 {path}"
    path.chmod(0o600)
    assert doctor.check_env().line() == f"正常　设置　{path}"


def large_model(url: str, model: str = "any") -> list[str]:
    settings = Settings(llm_url=url, llm_model=model, llm_key=SecretStr("k-1"))
    return [check.line() for check in doctor.check_large_model(settings)]


def test_a_large_model_is_looked_for_where_one_is_set(telegram: str) -> None:
    host = telegram.removeprefix("http://")
    unset = "错误　大模型　设得不全：WENSHU_LLM_URL 要是 http(s) 地址，再写 WENSHU_LLM_MODEL"
    assert large_model("") == []
    assert large_model(f"{telegram}/v1") == [f"正常　大模型　any，{host} 连得上"]
    assert large_model(f"{telegram}/v1", "") == [unset]
    assert large_model(host) == [unset]
    assert large_model(f"{NOWHERE}/v1") == [
        "注意　大模型　127.0.0.1:9 连不上（拒绝连接）：答题照常，只是没有它帮忙；检查地址和网络"
    ]


def test_every_row_and_original_of_the_library_is_looked_at(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path)
    file = write_toy(tmp_path / "a.txt", f"{FINANCE}|2024|决算|甲", "车1万元")
    with open_toys(settings.library) as library:
        library.add([file])
    whole = "正常　报告　已收录 1 份，每一条都核对过"
    assert doctor.check_library(settings).line() == whole
    (original,) = (settings.library / "files").rglob("a.txt")
    original.write_text("别的", encoding="utf-8")
    assert doctor.check_library(settings).line() == (
        "注意　报告　已收录 1 份，1 份的原件缺失或已损坏：请移除后重新添加：a.txt"
    )
    connection = sqlite3.connect(settings.library / "library.sqlite")
    connection.execute("UPDATE facts SET content = replace(content, '1', '2')")
    connection.commit()
    connection.close()
    assert doctor.check_library(settings).line() == (
        f"错误　报告　索引已损坏：请把文件夹 {settings.library} 改名为 {settings.library}.damaged，"
        f"再运行 wenshu add {settings.library}.damaged/files，报告的原件都在里面。"
    )
