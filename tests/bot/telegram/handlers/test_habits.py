"""What people are used to in Telegram: a page about the bot, a sign of typing, what is kept."""

import re

from bot.telegram.views.menus import private_menu
from scripts.tgrig import labels
from scripts.tgstage import Stage
from scripts.toy_library import FINANCE

QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


async def test_bot_introduces_itself_before_the_first_word(stage: Stage) -> None:
    async with stage.bot():
        await stage.rig.person(1).asks("/help")
    (long,), (short,) = (
        stage.rig.made(name) for name in ("setMyDescription", "setMyShortDescription")
    )
    assert long.params["description"].startswith("用平常的话问政府公开的部门报告")
    assert len(long.params["description"]) <= 512
    assert short.params["short_description"] == "查政府公开报告里的数字，每个都带出处。"
    assert (long.error, short.error) == ("", "")


async def test_descriptions_that_are_refused_keep_nobody_waiting(stage: Stage) -> None:
    stage.rig.refuse("setMyDescription", 400, "Bad Request: no")
    async with stage.bot():
        assert "1.95" in (await stage.rig.person(1).asks(QUESTION))["text"]


async def test_chat_shows_that_an_answer_is_coming(stage: Stage) -> None:
    stage.assistant.seconds = 0.6
    async with stage.bot():
        person = stage.rig.person(1)
        await person.asks("你好")
        assert stage.rig.made("sendChatAction") == []
        await person.asks(f"慢{QUESTION}")
        (shown,) = stage.rig.made("sendChatAction")
    assert (shown.params["action"], shown.error) == ("typing", "")


async def test_help_has_every_command_of_the_menu_on_a_line_of_its_own(stage: Stage) -> None:
    async with stage.bot():
        lines = (await stage.rig.person(900).asks("/help"))["text"].split("\n")
    listed = [line.split()[0][1:] for line in lines if re.match(r"/\w+ ", line)]
    assert sorted(listed) == sorted(
        name for name, _ in private_menu(administrator=True) if name != "help"
    )
    assert not [line for line in lines if len(re.findall(r"(?:^|　)/\w+ ", line)) > 1]


async def test_what_is_kept_is_said_and_forgotten_when_asked_to(stage: Stage) -> None:
    async with stage.bot():
        person, other = stage.rig.person(1), stage.rig.person(2)
        answer, kept = await person.asks(QUESTION), await other.asks(QUESTION)
        await person.asks("/feedback 希望收录2022年的决算")
        assert "90天后自动删除" in (await person.asks("/privacy"))["text"]
        assert (await person.asks("/forget"))["text"].startswith("已清除您的提问、答复和意见。")
        assert "过保存期" in (await person.press(answer, "原文")).params["text"]
        assert (await person.asks("那2023年呢"))["text"].count("2.60") == 0
        await other.press(kept, "原文")
        assert "1.95" in (await other.reply())["text"]
        stats = (await stage.rig.person(900).asks("/stats"))["text"]
        assert "希望收录" not in stats
        assert labels(answer)


async def test_emoji_on_an_answer_counts_as_the_button_of_the_same_mark(stage: Stage) -> None:
    async with stage.bot():
        person, admin = stage.rig.person(1), stage.rig.person(900)
        answer = await person.asks(QUESTION)
        await person.react(answer, "👎")
        prompt = await person.reply()
        assert labels(prompt) == [["数不对", "单位或年份不对"], ["不是我问的", "出处不对"]]
        await person.press(prompt, "出处不对")
        await person.reply()
        assert f"👎 {QUESTION}（出处不对）" in (await admin.asks("/stats"))["text"]
        await person.react(answer, "🔥", before="👎")  # says neither
        await person.react(prompt, "👎")  # no answer
        await person.silence()
        await person.react(answer, "👍", before="🔥")
        await person.silence()
        assert f"👎 {QUESTION}" not in (await admin.asks("/stats"))["text"]


async def test_feedback_opens_the_field_for_the_reply(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.send("/feedback")
        how = await person.next()
        assert how.params["reply_markup"] == {
            "force_reply": True,
            "selective": True,
            "input_field_placeholder": "写上您的意见",
        }
        thanks = await person.asks("想要2022年的", reply_to_message=how.result)
        assert thanks["text"] == "收到，谢谢您的意见。"
