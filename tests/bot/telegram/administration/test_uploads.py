"""Reports that are sent to the bot over real HTTP: progress, what was understood, undo."""

import asyncio
import re
import shutil

from scripts.tgrig import BOT, Json, labels
from scripts.tgstage import Stage, report_text, title_of
from scripts.toy_library import CULTURE, FINANCE

LATER = report_text(FINANCE, 2025, "1.00", "0.99").encode()
FILE = report_text(FINANCE, 2025, "1.00", "0.88").encode()
TITLE = title_of(FINANCE, 2025)
QUESTION = f"{FINANCE}2025年三公经费实际支出多少"


async def test_report_is_taken_in_and_answers_at_once(stage: Stage) -> None:
    async with stage.bot():
        admin, person = stage.rig.person(900), stage.rig.person(1)
        assert "不能回答" in (await person.asks(QUESTION))["text"]
        await person.asks("/subscribe 财政局")
        status = await _send(stage, FILE)
        call = await admin.next()
        assert call.method == "editMessageText"
        assert call.result["message_id"] == status["message_id"]
        assert call.text == (
            f"已收录，现在就可以问：《{TITLE}》\n"
            f"单位：{FINANCE}（部门）\n年度：2025　类型：绩效自评\n5 段，7 个数\n"
            "没有发现对不上的数。\n认得不对请撤销。"
        )
        assert labels(call.result) == [["确认", "撤销"]]
        assert "0.88" in (await person.asks(QUESTION))["text"]  # nothing was restarted
        await admin.press(status, "确认")
        assert (await admin.reply())["text"] == f"已确认《{TITLE}》。"
        assert (await person.reply())["text"].startswith(f"您订阅的{FINANCE}有新报告")


async def test_undo_takes_the_report_away(stage: Stage) -> None:
    async with stage.bot():
        admin, person = stage.rig.person(900), stage.rig.person(1)
        status = await _send(stage, FILE)
        await admin.reply()
        await admin.press(status, "撤销")
        assert (await admin.reply())["text"].startswith("已撤销")
        assert "不能回答" in (await person.asks(QUESTION))["text"]


async def test_same_file_again_is_told_and_changes_nothing(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        for expected in ("已收录", f"《{TITLE}》已经收录过"):
            await _send(stage, FILE)
            assert (await admin.reply())["text"].startswith(expected)


async def test_file_that_is_no_report_gets_one_sentence(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        await _send(stage, b"%PDF-1.7 and no more", name="报告.pdf")
        text = (await admin.reply())["text"]
        assert re.fullmatch(r"报告\.pdf：这份PDF不完整[^。]+。（编号 [0-9a-f]{6}）", text)


async def test_file_from_others_is_refused(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.send_file("报告.txt", FILE)
        assert (await person.reply())["text"].startswith("收录报告只有管理员可以做。")
        assert len(stage.library.reports()) == 3


async def test_file_in_a_group_is_taken_in_only_where_it_is_meant_for_the_bot(
    stage: Stage,
) -> None:
    group: Json = {"id": -1001234567890, "type": "supergroup", "title": "办公室"}
    mention = f"@{BOT['username']}"
    marked = {"caption": f"{mention} 收一下", "caption_entities": [
        {"type": "mention", "offset": 0, "length": len(mention)},
    ]}  # fmt: skip
    async with stage.bot():
        admin, person = stage.rig.person(900, chat=group), stage.rig.person(1, chat=group)
        await admin.send_file("会议纪要.txt", FILE)
        await admin.silence()
        await person.send_file("报告.txt", FILE, **marked)
        assert (await person.reply())["text"].startswith("收录报告只有管理员可以做。")
        await admin.send_file("报告.txt", FILE, **marked)
        assert (await admin.reply())["text"] == "收到，正在读…"
        assert (await admin.reply())["text"].startswith("已收录")
        sent = await person.send_file("报告.txt", FILE)
        assert (await admin.asks("/add", reply_to_message=sent))["text"] == "收到，正在读…"
        assert "已经收录过" in (await admin.reply())["text"]


async def test_too_large_a_file_is_refused_before_it_is_fetched(stage: Stage) -> None:
    async with stage.bot(file_megabytes=1):
        admin = stage.rig.person(900)
        await admin.send_file("报告.txt", b"x" * 1_000_001)
        assert "超过 1 MB" in (await admin.reply())["text"]
        assert not stage.rig.made("getFile")


async def test_progress_is_shown_on_one_message_and_others_are_answered(stage: Stage) -> None:
    stage.encoder.delay = 2.4
    async with stage.bot():
        admin, person = stage.rig.person(900), stage.rig.person(1)
        status = await _send(stage, FILE)
        started = asyncio.get_running_loop().time()
        assert "1.95" in (await person.asks(f"{FINANCE}2024年三公经费实际支出多少"))["text"]
        await admin.send(
            f"{FINANCE}2024年三公经费实际支出多少"
        )  # the sender's own talk goes on too
        own = await admin.next()
        assert own.method == "sendMessage"
        assert "1.95" in own.text
        assert asyncio.get_running_loop().time() - started < 2.0
        progress = await admin.next()
        assert (progress.text, progress.result["message_id"]) == (
            "读取 1/1…", status["message_id"],
        )  # fmt: skip
        encoding = await admin.reply()  # the passages are done, the wordings are not
        assert encoding["text"].startswith("编码")
        assert (await admin.reply())["text"].startswith("已收录")


async def test_file_that_was_being_read_at_the_end_is_read_after_the_restart(stage: Stage) -> None:
    admin = stage.rig.person(900)
    message = admin.compose(document=admin.document("报告.txt", FILE))
    stage.note_as_unfinished(message=message)
    async with stage.bot():
        assert (await admin.reply())["text"] == "收到，正在读…"
        assert (await admin.reply())["text"].startswith("已收录")


async def _send(stage: Stage, content: bytes, *, name: str = "报告.txt") -> Json:
    admin = stage.rig.person(900)
    await admin.send_file(name, content)
    status = await admin.reply()
    assert status["text"] == "收到，正在读…"
    return status


async def _replace(stage: Stage) -> Json:
    """Have one file of a report take the place of another; return the message that says so."""
    stage.add((FINANCE, 2025, "1.00", "0.88"))
    second = await _send(stage, LATER, name="更正.txt")
    text = (await stage.rig.person(900).reply())["text"]
    assert "它替换了先前同一份报告的文件；按“撤销”会把先前那份放回来" in text
    return second


async def test_undo_of_what_replaced_another_file_puts_that_one_back(stage: Stage) -> None:
    async with stage.bot(again_seconds=0.2):
        admin, person = stage.rig.person(900), stage.rig.person(1)
        await person.asks("/subscribe 财政局")
        second = await _replace(stage)
        assert "0.99" in (await person.asks(QUESTION))["text"]
        await admin.press(second, "撤销")
        assert (await admin.reply())["text"] == "正在把先前那份放回来…"
        back = await admin.reply()
        assert back["message_id"] == second["message_id"]
        assert back["text"] == (
            f"已撤销《{TITLE}》，先前那份（{TITLE}.txt）已经放回来，问答里用的又是它。"
        )
        assert labels(back) == []
        assert "0.88" in (await person.asks(QUESTION))["text"]
        await person.silence(0.5)  # to who waits for the unit it is not new
        assert not list((stage.folder / "aside").iterdir())


async def test_file_before_is_let_go_of_when_the_new_one_is_kept(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        second = await _replace(stage)
        assert len(list((stage.folder / "aside").iterdir())) == 1
        await admin.press(second, "确认")
        assert (await admin.reply())["text"] == f"已确认《{TITLE}》。"
        assert not list((stage.folder / "aside").iterdir())
        assert "0.99" in (await stage.rig.person(1).asks(QUESTION))["text"]


async def test_undo_of_a_killed_run_is_finished_by_the_next(stage: Stage) -> None:
    admin, person = stage.rig.person(900), stage.rig.person(1)
    async with stage.bot():
        second = await _replace(stage)
    press = admin.pressed(second, "撤销")
    stage.note_as_unfinished(callback_query=press)
    async with stage.bot():
        assert (await admin.reply())["text"] == "正在把先前那份放回来…"
        assert "已经放回来" in (await admin.reply())["text"]
        assert "0.88" in (await person.asks(QUESTION))["text"]
    stage.note_as_unfinished(callback_query=press)  # killed once more, before it was crossed out
    async with stage.bot():
        await admin.silence()
        assert "0.88" in (await person.asks(QUESTION))["text"]


async def test_undo_that_breaks_is_told_in_place(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        second = await _replace(stage)
        stage.encoder.broken = True
        await admin.press(second, "撤销")
        texts = [(await admin.reply()) for _ in range(2)]
        assert [one["message_id"] for one in texts] == [second["message_id"]] * 2
        assert texts[1]["text"].startswith("抱歉，这一步没有办成")
        assert "0.99" in (await stage.rig.person(1).asks(QUESTION))["text"]


async def test_file_before_that_is_lost_is_said_to_be(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        second = await _replace(stage)
        shutil.rmtree(stage.folder / "aside")
        await admin.press(second, "撤销")
        assert "没能放回来，要用得重新收录" in (await admin.reply())["text"]
        assert "不能回答" in (await stage.rig.person(1).asks(QUESTION))["text"]


async def test_decision_that_was_made_is_not_turned_round(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        status = await _send(stage, FILE)
        offer = await admin.reply()
        await admin.press(status, "确认")
        await admin.reply()
        stage.rig.messages[900, status["message_id"]] = offer  # an old view of the message
        flash = await admin.press(status, "撤销")
        assert flash.params["text"] == "这个申请已经处理过了。"
        assert "0.88" in (await stage.rig.person(1).asks(QUESTION))["text"]


async def test_news_come_in_the_topic_where_they_were_asked_for(stage: Stage) -> None:
    forum: Json = {"id": -1001234567890, "type": "supergroup", "title": "办公室", "is_forum": True}
    topic = {"is_topic_message": True, "message_thread_id": 5}
    async with stage.bot(again_seconds=0.2):
        person = stage.rig.person(1, chat=forum)
        await person.asks("/subscribe 教育局", **topic)
        offered = await person.asks("/subscribe 局", **topic)
        await person.press(offered, "文化局")
        await person.reply()
        await asyncio.sleep(0.3)
        for unit in ("青山市临江区教育局", CULTURE):
            stage.add((unit, 2022, "3.00", "2.00"))
            news = await person.reply()
            assert news["text"].startswith(f"您订阅的{unit}有新报告")
            assert news["message_thread_id"] == 5


async def test_report_that_another_program_adds_is_told_to_who_waits(stage: Stage) -> None:
    async with stage.bot(again_seconds=0.2):
        person = stage.rig.person(1)
        await person.asks("/subscribe 教育局")
        await asyncio.sleep(0.3)
        stage.add(("青山市临江区教育局", 2024, "3.00", "2.00"))
        assert (await person.reply())["text"].startswith("您订阅的青山市临江区教育局有新报告")
        await person.silence(0.5)
