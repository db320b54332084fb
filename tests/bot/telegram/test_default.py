"""`wenshu serve` as it comes, over HTTP: every button of every kind of answer, every command.

The reports are added and the bot is started as the README says, with nothing set but the token, the
folder and where Telegram is; what is judged is what a person gets to see.
"""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from bot.telegram.routes import ADMINISTRATION, COMMANDS
from bot.telegram.views.buttons import NEXT
from scripts.ports import free_port
from scripts.tgrig import TOKEN, Call, Json, Person, Rig, labels

pytestmark = [pytest.mark.model, pytest.mark.asyncio(loop_scope="module")]

SAMPLES = Path(__file__).parents[3] / "corpus" / "reports"
FINANCE = "上海市普陀区财政局"
QUESTIONS = {
    "figure": "万里街道2025年三公经费预算多少",
    "figure of a document without pages": "财政局2024年三公经费决算多少",
    "figure of an appraisal": "总工会2024年三公经费多少",
    "computed": "万里街道2025年和2024年三公经费预算合计多少",
    "narrative": "财政局的主要职责是什么",
    "reason": "万里街道2025年三公经费预算为什么减少",
    "clarify": "2024年三公经费多少",
    "not found": "财政局2019年三公经费决算多少",
    "not there": "总工会2024年信访件数是多少",
    "list": "各单位2024年三公经费分别多少",
    "card of a body": "财政局",
    "card of two years": "万里街道对比24和25年",
}
OF_CARS = "公务用车购置及运行维护费预算"
BUREAU, STREET, UNION = "问：财政局2024年", "问：万里街道办事处202", "问：总工会202"
OFFERED = {
    "figure": "原文 出处图 对比上年 趋势图 组成图 换单位 复制答复 👍 👎 "
    f"{STREET}4年三公经费预算 问：2025年三公经费预算为什么减少 问：2025年{OF_CARS}",
    "figure of a document without pages": "原文 出处图 各单位对比图 换口径 复制答复 👍 👎 "
    f"{BUREAU}三公经费预算 {BUREAU}支出合计决算 {BUREAU}收入合计决算",
    "figure of an appraisal": "原文 出处图 对比上年 趋势图 各单位对比图 换单位 换口径 "
    f"复制答复 👍 👎 {UNION}3年三公经费 {UNION}4年支出合计 {UNION}4年基本支出",
    "computed": "原文 出处图 复制答复 👍 👎 "
    f"问：2025年三公经费预算为什么减少 问：2025年{OF_CARS} {STREET}5年支出合计预算",
    "narrative": "原文 出处图 复制答复 👍 👎 "
    f"{BUREAU}三公经费预算 {BUREAU}三公经费决算 {BUREAU}支出合计决算",
    "reason": "原文 出处图 复制答复 👍 👎 "
    f"问：2024年{OF_CARS} 问：2025年{OF_CARS}为什么减少 问：2025年公务用车运行维护费预算",
    "clarify": "财政局2024年三公经费决算 总工会2024年三公经费实际支出 "
    "万里街道办事处2024年三公经费预算",
    "not found": f"👍 👎 {BUREAU}三公经费预算 {BUREAU}三公经费决算 {BUREAU}支出合计决算",
    "not there": f"👍 👎 {UNION}4年三公经费预算 {UNION}4年三公经费 {UNION}4年支出合计",
    "list": "原文 出处图 各单位对比图 复制答复 👍 👎 "
    f"{STREET}5年三公经费预算 {STREET}5年支出合计预算 {BUREAU}支出合计决算",
    "card of a body": "原文 出处图 复制答复 👍 👎 "
    f"{BUREAU}机关运行经费决算 {BUREAU}人员经费决算 {BUREAU}公用经费决算",
    "card of two years": "原文 出处图 复制答复 👍 👎 "
    f"问：2025年机关运行经费预算 {STREET}5年人员经费预算 {STREET}5年公用经费预算",
}
DEAD = re.compile(
    "撤下|被替换|没有可以这样查看|没有办成|没有查成|过保存期|已经选过|没有可与|别人的问题"
)
LINK = re.compile(r"https://t\.me/\w+\?start=(f_[0-9a-f]{16})")
CODE = re.compile(r"<code>(.*?)</code>")
SECONDS = 60.0  # the first answer of a process loads the vocabulary

Start = Callable[[], Awaitable[tuple[Person, Json]]]


# ------------------------------------------------------------ what a person does


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the samples, added as the README says."""
    folder = tmp_path_factory.mktemp("default")
    asyncio.run(_run_to_the_end(folder, "add", str(SAMPLES)))
    return folder


async def _run_to_the_end(folder: Path, *arguments: str) -> None:
    process = await _wenshu(folder, {}, *arguments)
    assert await process.wait() == 0


async def _wenshu(
    folder: Path, settings: dict[str, str], *arguments: str
) -> asyncio.subprocess.Process:
    """Start `wenshu` with these settings and no others: nobody's `.env`."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("WENSHU_")}
    env["WENSHU_ENV"] = os.devnull
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from bot.cli.app import main; main()", *arguments,
        env=env | {"WENSHU_DATA": str(folder)} | settings, cwd=folder,
        stderr=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip


@asynccontextmanager
async def serving(folder: Path, rig: Rig, more: dict[str, str]) -> AsyncIterator[None]:
    """Run `wenshu serve` until the block ends."""
    settings = {"WENSHU_TOKEN": TOKEN, "WENSHU_API_URL": rig.url}
    process = await _wenshu(folder, settings | more, "serve")
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["polling", "webhook"])
async def rig(request: pytest.FixtureRequest, data: Path) -> AsyncIterator[Rig]:
    """A Telegram that the bot is connected with, in both of the ways that there are."""
    _forget_updates(data)
    port = free_port()
    webhook = {
        "WENSHU_WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WENSHU_WEBHOOK_PORT": str(port),
        "WENSHU_WEBHOOK_SECRET": "geheim",
    }
    more = webhook if request.param == "webhook" else {}
    async with Rig(max_assets=400).serve() as rig, serving(data, rig, more):
        if more:
            await _listening(port)  # Telegram tries for a day to deliver, the emulator once
        yield rig


def _forget_updates(folder: Path) -> None:
    """Drop the state: every emulator numbers updates from the start, the bot knows these."""
    for left in folder.glob("telegram.sqlite*"):
        left.unlink()


async def _listening(port: int) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)


_NUMBERS = count(1)


def somebody(rig: Rig) -> Person:
    """Return a person of their own for each talk: nobody asks more than the bot puts up with."""
    return rig.person(next(_NUMBERS))


async def ask(rig: Rig, *messages: str) -> tuple[Person, Json]:
    """Write to the bot as somebody new; return them and the answer to the last message."""
    person, message = somebody(rig), Json()
    for text in messages:
        await person.send(text)
        message = await person.reply(seconds=SECONDS)
        while message.get("text") == "正在查…":
            message = await person.reply(seconds=SECONDS)
    return person, message


async def press(rig: Rig, person: Person, message: Json, label: str) -> tuple[str, list[Call]]:
    """Press a button; return the word that flashes, and what the person sees in the chat."""
    flash = await person.press(message, label, seconds=SECONDS)
    seen, chat = [], rig.arrived[person.chat_id]
    while not chat.empty():
        seen.append(chat.get_nowait())
    return str(flash.params.get("text", "")), [call for call in seen if "正在查…" not in call.text]


def buttons(message: Json) -> list[str]:
    """Return the labels of a message's buttons, one after the other."""
    return [label for row in labels(message) for label in row]


# ------------------------------------------------------------ what a label promises


def is_photo(call: Call) -> bool:
    """Whether a picture came as one, not as a file or a word in its place."""
    return call.method == "sendPhoto" and any(
        content.startswith((b"\x89PNG", b"\xff\xd8")) for content in call.files.values()
    )


def is_passage(call: Call) -> bool:
    """Whether a message begins with the place of a passage that follows."""
    return call.method == "sendMessage" and bool(re.match(r"\[\d+\].*《.+》.*\n.", call.text))


def shows_pictures(calls: list[Call]) -> bool:
    """Whether every proof is seen as a picture."""
    return bool(calls) and all(map(is_photo, calls))


def is_chart(calls: list[Call]) -> bool:
    """Whether one picture came, and each of its figures is said with its source."""
    _, *lines = calls[0].text.split("\n")
    return (
        len(calls) == 1
        and len(lines) > 1
        and is_photo(calls[0])
        and all("《" in line for line in lines)
    )


def becomes_answer(calls: list[Call]) -> bool:
    """Whether a choice became an answer with its proof."""
    return [call.method for call in calls] == ["editMessageText"] and is_answer(calls[0])


def is_answer(call: Call) -> bool:
    """Whether a message has its proof under it."""
    return "[1]《" in call.text


PROMISES: dict[str, Callable[[list[Call]], bool]] = {
    "原文": lambda calls: bool(calls) and all(map(is_passage, calls)),
    "出处图": shows_pictures,
    "看整页": shows_pictures,
    "对比上年": lambda calls: "比上年" in calls[0].text and "按公式计算" in calls[0].text,
    "趋势图": lambda calls: [is_photo(call) for call in calls] == [True],
    "组成图": is_chart,
    "各单位对比图": is_chart,
    "换单位": lambda calls: "\n换算（原数在前文）：\n" in calls[0].text,
    "换口径": lambda calls: len(CODE.findall(calls[0].text)) > 2,
    "复制答复": lambda calls: calls[0].text.startswith("<pre>经查公开报告，"),
    "👍": lambda calls: not calls,
    "👎": lambda calls: (
        buttons(calls[0].result) == ["数不对", "单位或年份不对", "不是我问的", "出处不对"]
    ),
    **dict.fromkeys(
        ("数不对", "单位或年份不对", "不是我问的", "出处不对"),
        lambda calls: calls[0].text.startswith("收到，谢谢您的意见。"),
    ),
}


def keeps_promise(label: str, flash: str, calls: list[Call]) -> bool:
    """Whether a press gave what its label says; any other label is a choice, and gets an answer."""
    alive = not any(DEAD.search(text) for text in (flash, *(call.text for call in calls)))
    if label.startswith(NEXT):
        # A slow one is first a word that it is looked up, and then takes its place.
        return alive and not flash and len(calls) == 1 and is_answer(calls[0])
    return alive and PROMISES.get(label, becomes_answer)(calls)


async def press_every(rig: Rig, start: Start, path: tuple[str, ...] = ()) -> list[str]:
    """Press every button, and those of what comes of it; return the paths that lead nowhere."""
    broken: list[str] = []
    person, message = await start()
    for label in buttons(message):
        if label not in buttons(rig.messages[person.chat_id, message["message_id"]]):
            person, message = await start()  # another press took its place
        flash, calls = await press(rig, person, message, label)
        here = (*path, label)
        if not keeps_promise(label, flash, calls):
            broken.append(f"{' › '.join(here)}: {flash} {[call.text for call in calls]}")
        led_on = len(here) < 2 and not label.startswith(NEXT)  # its answer is one of these kinds
        for at, call in enumerate(calls if led_on else ()):
            if buttons(call.result) and buttons(call.result) != buttons(message):
                broken += await press_every(rig, partial(_go_on, rig, start, label, at), here)
    return broken


async def _go_on(rig: Rig, start: Start, label: str, at: int) -> tuple[Person, Json]:
    person, message = await start()
    _, calls = await press(rig, person, message, label)
    return person, dict(calls[at].result)


# ------------------------------------------------------------ answers


@pytest.mark.parametrize("kind", QUESTIONS)
async def test_buttons_of_an_answer_do_what_they_say(rig: Rig, kind: str) -> None:
    start = partial(ask, rig, QUESTIONS[kind])
    _, answer = await start()
    assert " ".join(label.replace(" ", "") for label in buttons(answer)) == OFFERED[kind]
    assert await press_every(rig, start) == []


@pytest.mark.parametrize("kind", ["figure", "figure of a document without pages", "reason", "list"])
async def test_permanent_link_opens_the_figure_for_anybody(rig: Rig, kind: str) -> None:
    _, answer = await ask(rig, QUESTIONS[kind])
    link = LINK.search(answer["text"])
    assert link is not None
    start = partial(ask, rig, f"/start {link[1]}")
    _, opened = await start()
    assert CODE.findall(opened["text"])[0] == CODE.findall(answer["text"])[0]
    assert "原文" in buttons(opened)
    assert await press_every(rig, start) == []


async def test_choice_becomes_an_answer_with_its_link(rig: Rig) -> None:
    person, asked_back = await ask(rig, QUESTIONS["clarify"])
    _, calls = await press(rig, person, asked_back, buttons(asked_back)[0])
    assert calls[0].method == "editMessageText"
    assert LINK.search(calls[0].text)


# ------------------------------------------------------------ commands

FIGURE = QUESTIONS["figure"]
SAID: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "start": [(("/start",), "^您好，我是问数")],
    "help": [(("/help",), "^直接发问")],
    "new": [(("/new",), "^好，前面的话不再作数")],
    "home": [
        (("/home",), "还没有默认单位"),
        (("/home 财政局",), f"^本会话没有说单位时，指的是：{FINANCE}$"),
        (("/home 财政局", "2024年三公经费决算多少"), "^<code>0.00</code> 万元"),
        (("/home 财政局", "/home 清除"), "^已清除"),
    ],
    "compare": [
        (("/compare",), "例如：/compare"),
        (("/compare 2024年三公经费决算",), "零陵区总工会 <code>1.95万元</code>"),
        (("财政局2024年三公经费决算多少", "/compare"), "零陵区总工会 <code>1.95万元</code>"),
    ],
    "trend": [
        (("/trend",), "例如：/trend"),
        (("/trend 万里街道三公经费预算",), "2024年 47.91万元《.*\n2025年 37.91万元《"),
        ((FIGURE, "/trend"), "2024年 47.91万元《.*\n2025年 37.91万元《"),
    ],
    "source": [
        (("/source",), "例如：/source"),
        ((f"/source {FIGURE}",), r"^\[1\].*<b>37.91</b>"),
        ((FIGURE, "/source"), r"^\[1\].*<b>37.91</b>"),
    ],
    "units": [
        (("/units",), "^找到 3 个单位"),
        (("/units czj",), f"^找到 1 个单位：\n{FINANCE}$"),
    ],
    "coverage": [
        (("/coverage",), "^已收录 4 份报告：\n"),
        (("/coverage 财政局",), f"^已收录 1 份报告：\n{FINANCE}\n　决算：2024$"),
    ],
    "audit": [
        (
            ("/audit",),
            "^发现 4 处需要核对：\n1. 《上海市普陀区人民政府万里街道办事处2024年部门预算》",
        )
    ],
    "export": [
        (("/export",), "例如：/export"),
        (("/export 财政局 2024",), "^134 个数，来自 1 份报告，每个数都带出处。$"),
    ],
    "subscribe": [
        (("/subscribe",), "还?没有订阅"),
        (("/subscribe 财政局",), f"^好，{FINANCE}有新报告时"),
        (("/subscribe 财政局", "/subscribe"), f"^本会话订阅了：\n{FINANCE}$"),
        (("/subscribe 财政局", "/subscribe 财政局"), "^已取消"),
    ],
    "privacy": [(("/privacy",), "^我保存的：.*90天")],
    "forget": [(("/forget",), "^已清除您的提问")],
    "ask": [(("/ask",), "例如：/ask"), ((f"/ask {FIGURE}",), "^<code>37.91</code> 万元")],
    "feedback": [(("/feedback",), "例如：/feedback"), (("/feedback 好用",), "^收到，谢谢")],
    **{name: [((f"/{name}",), "^这件事只有管理员可以做。$")] for name in ADMINISTRATION},
}


async def test_no_command_is_left_out() -> None:
    assert set(SAID) == {*COMMANDS, *ADMINISTRATION, "ask", "feedback"}


@pytest.mark.parametrize("command", SAID)
async def test_command_does_what_it_says(rig: Rig, command: str) -> None:
    for messages, expected in SAID[command]:
        _, reply = await ask(rig, *messages)
        text = str(reply.get("text", reply.get("caption", "")))
        assert re.search(expected, text, re.DOTALL), (messages, text)
        assert not DEAD.search(text)


@pytest.mark.parametrize(
    "messages", [("/start",), ("/home",), ("/compare 2024年三公经费",), ("/trend 三公经费预算",)]
)
async def test_buttons_of_a_command_lead_on(rig: Rig, messages: tuple[str, ...]) -> None:
    person, offered = await ask(rig, *messages)
    for label in buttons(offered):
        if label not in buttons(rig.messages[person.chat_id, offered["message_id"]]):
            person, offered = await ask(rig, *messages)
        flash, calls = await press(rig, person, offered, label)
        assert not DEAD.search(flash + "".join(call.text for call in calls))
        assert len(calls) == 1


async def test_trend_and_table_arrive_as_picture_and_file(rig: Rig) -> None:
    for text, method, begins in (
        ("/trend 万里街道三公经费预算", "sendPhoto", b"\x89PNG"),
        ("/export 财政局 2024", "sendDocument", b"PK"),
    ):
        person = somebody(rig)
        await person.send(text)
        call = await person.next(seconds=SECONDS)
        (content,) = call.files.values()
        assert (call.method, content[: len(begins)]) == (method, begins)
