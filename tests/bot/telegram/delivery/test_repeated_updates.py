"""The same update once more, and work that fails on the way, over real HTTP: once, and in place."""

import json
import sqlite3
from pathlib import Path

from bot.telegram.state.database import open_state
from bot.telegram.state.serialisation import from_wire
from bot.types import Answer, Citation, Figure
from scripts.tgrig import BOT, Json, Rig, labels
from scripts.tgstage import Stage, report_text, title_of
from scripts.toy_library import FINANCE

FILE = report_text(FINANCE, 2025, "1.00", "0.88").encode()
TITLE = title_of(FINANCE, 2025)
QUESTION = f"{FINANCE}2024年三公经费实际支出多少"
FIGURE = Figure(
    value="5", unit="万元", label="三公", organisation="甲局", year=2024, aspect="决算", citation=1,
    fact="f1",
)  # fmt: skip
CITATION = Citation(
    n=1,
    document="甲.pdf",
    title="甲",
    section="",
    page=3,
    quote="5万元",
    report="r1",
    start=3,
    end=9,
)
ANSWER = Answer(status="answered", text="5万元", figures=(FIGURE,), citations=(CITATION,))


def bad_gateways(rig: Rig, method: str, count: int = 2) -> None:
    for _ in range(count):
        rig.refuse(method, 502, "Bad Gateway")


def standing(rig: Rig, chat: int) -> list[str]:
    """Return what stands in a chat from the bot."""
    return [m["text"] for (place, _), m in rig.messages.items() if place == chat and _is_bots(m)]


def _is_bots(message: Json) -> bool:
    return bool(message["from"]["is_bot"])


async def test_subscription_that_is_told_late_is_one(stage: Stage) -> None:
    async with stage.bot(retries=1, again_seconds=0.3):
        person = stage.rig.person(1)
        bad_gateways(stage.rig, "sendMessage")
        assert (await person.asks("/subscribe 财政局"))["text"].startswith("好，")
        assert FINANCE in (await person.asks("/subscribe"))["text"]


async def test_feedback_that_is_thanked_for_late_is_kept_once(stage: Stage) -> None:
    async with stage.bot(retries=1, again_seconds=0.3):
        bad_gateways(stage.rig, "sendMessage")
        await stage.rig.person(1).asks("/feedback 想要2022年的")
        assert "👎和意见 1" in (await stage.rig.person(900).asks("/stats"))["text"]


async def test_outcome_of_a_file_that_is_told_late_can_be_confirmed(stage: Stage) -> None:
    async with stage.bot(retries=1, again_seconds=0.3):
        admin, person = stage.rig.person(900), stage.rig.person(1)
        await person.asks("/subscribe 财政局")
        bad_gateways(stage.rig, "editMessageText")
        await admin.send_file("报告.txt", FILE)
        status = await admin.reply()
        outcome = await admin.reply()
        assert outcome["message_id"] == status["message_id"]
        assert outcome["text"].startswith("已收录")
        await admin.press(outcome, "确认")
        assert (await admin.reply())["text"] == f"已确认《{TITLE}》。"
        assert (await person.reply())["text"].startswith("您订阅的")
        assert len(standing(stage.rig, 900)) == 1


async def test_decision_on_a_file_that_is_told_late_is_told(stage: Stage) -> None:
    async with stage.bot(retries=1, again_seconds=0.3):
        admin, person = stage.rig.person(900), stage.rig.person(1)
        await person.asks("/subscribe 财政局")
        await admin.send_file("报告.txt", FILE)
        outcome = [await admin.reply() for _ in range(2)][-1]
        bad_gateways(stage.rig, "editMessageText")
        await admin.press(outcome, "确认")
        assert (await admin.reply())["text"] == f"已确认《{TITLE}》。"
        await person.reply()
        await person.silence()  # subscribers are told once


async def test_file_is_fetched_through_a_fault(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        bad_gateways(stage.rig, "getFile")
        await admin.send_file("报告.txt", FILE)
        await admin.reply()
        assert (await admin.reply())["text"].startswith("已收录")


async def test_file_that_telegram_does_not_give_out_is_told_in_place(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        stage.rig.refuse("getFile", 400, "Bad Request: file is too big")
        await admin.send_file("报告.txt", FILE)
        status, outcome = await admin.reply(), await admin.reply()
        assert outcome["message_id"] == status["message_id"]
        assert outcome["text"].startswith("从 Telegram 取不到这个文件")
    async with stage.bot():  # it is dealt with: the next run does not begin anew
        await admin.silence()
        assert len(stage.library.reports()) == 3


async def test_reading_that_breaks_is_told_in_place_and_not_begun_anew(stage: Stage) -> None:
    admin = stage.rig.person(900)
    stage.encoder.broken = True
    async with stage.bot():
        await admin.send_file("报告.txt", FILE)
        status, outcome = await admin.reply(), await admin.reply()
        assert outcome["message_id"] == status["message_id"]
        assert outcome["text"].startswith("抱歉，这一步没有办成")
    stage.encoder.broken = False
    async with stage.bot():
        await admin.silence()
    assert standing(stage.rig, 900) == [outcome["text"]]


async def test_failure_after_a_long_search_is_told_in_its_place(stage: Stage) -> None:
    stage.assistant.seconds = 0.3
    async with stage.bot(slow_seconds=0.05):
        person = stage.rig.person(1)
        waiting = await person.asks("慢 boom")
        assert waiting["text"] == "正在查…"
        failed = await person.reply()
        assert failed["message_id"] == waiting["message_id"]
        assert failed["text"].startswith("抱歉，这一步没有办成")
        await person.silence()


async def test_edit_that_fails_leaves_the_good_answer(stage: Stage) -> None:
    stage.assistant.seconds = 0.3
    async with stage.bot(slow_seconds=0.05):
        person = stage.rig.person(1)
        question = await person.send(QUESTION)
        answer = await person.reply()
        if answer["text"] == "正在查…":
            answer = await person.reply()
        await person.edit(question, "慢 boom")
        texts = [(await person.reply())["text"] for _ in range(3)]
        assert texts[0] == "正在查…"
        assert texts[1] == answer["text"]
        assert texts[2].startswith("抱歉，这一步没有办成")


async def test_question_of_a_run_killed_while_searching_is_answered_in_place(stage: Stage) -> None:
    person = stage.rig.person(1)
    question = person.compose(text=QUESTION)
    said = {**person.compose(text="正在查…"), "from": BOT}
    waiting = said["message_id"]
    stage.rig.messages[1, waiting] = said
    stage.note_as_unfinished(message=question)
    state = sqlite3.connect(stage.folder / "telegram.sqlite")
    with state:
        row = (1, question["message_id"], waiting)
        state.execute("INSERT INTO waits VALUES (?, ?, ?)", row)
    state.close()
    async with stage.bot():
        answer = await person.next()
        assert (answer.method, answer.result["message_id"]) == ("editMessageText", waiting)
        assert "1.95" in answer.text


async def test_pressed_question_that_fails_says_so_in_its_place(stage: Stage) -> None:
    async with stage.bot(slow_seconds=0.05):
        person = stage.rig.person(1)
        greeting = await person.asks("/start")
        stage.add((FINANCE, 2022, "3.00", "2.90"))  # what was worked out before counts no longer
        stage.assistant.fails = True
        flash = await person.press(greeting, labels(greeting)[1][0])
        assert flash.params["text"].startswith("抱歉，这一步没有办成")
        assert (await person.reply())["text"] == "正在查…"
        assert (await person.reply())["text"] == "这一问没有查成，请再问一次。"


def test_state_of_the_version_before_is_taken_further(tmp_path: Path) -> None:
    path = tmp_path / "telegram.sqlite"
    before = sqlite3.connect(path)
    before.executescript(
        "CREATE TABLE answers (id INTEGER PRIMARY KEY, words TEXT, answer TEXT);"
        "CREATE TABLE uploads (id INTEGER PRIMARY KEY);"
        "CREATE TABLE subscriptions (chat INTEGER, organisation TEXT);"
        "PRAGMA user_version = 1;"
    )
    kept = json.dumps({"answer": ANSWER.model_dump(), "facts": ["f1"], "places": [("r1", 3, 9)]})
    before.execute("INSERT INTO answers VALUES (7, '三公', ?)", (kept,))
    before.commit()
    before.close()
    for _ in range(2):  # the second time there is nothing left to do
        state = open_state(path)
        assert tuple(state.execute("SELECT id, words, after FROM answers").fetchone()) == (
            7, "三公", "",
        )  # fmt: skip
        whole = from_wire(Answer, state.execute("SELECT answer FROM answers").fetchone()[0])
        assert whole == ANSWER
        assert state.execute("SELECT count(*) FROM waits").fetchone()[0] == 0
        state.close()
