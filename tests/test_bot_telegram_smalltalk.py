"""What is no question: small talk, voices and stickers, texts as long as a page; over HTTP."""

import pytest

from bot.telegram.smalltalk import SmallTalk, small_talk
from scripts.tgrig import BOT, Json, labels
from scripts.tgstage import Stage
from scripts.toy_library import FINANCE

GROUP: Json = {"id": -1001234567890, "type": "supergroup", "title": "办公室"}
QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("谢谢", "thanks"), ("好的，谢谢您！", "thanks"), ("非常感谢🙏", "thanks"),
        ("Thank you very much", "thanks"), ("你好", "greeting"), ("Hello!", "greeting"),
        ("问数老师，早上好", "greeting"), ("在吗？", "greeting"), ("好的", "nod"), ("👍", "nod"),
        ("😀😀", "nod"), ("？", "puzzled"), ("", None), ("ok", "nod"), ("知道了", "nod"),
        ("你", None),
        ("好的，那2023年呢", None), ("不对", None), ("2023", None), ("预算呢", None),
        ("谢谢，文化局呢", None), ("1+1", None), ("人均", None),
    ],
)  # fmt: skip
def test_only_what_asks_nothing_is_small_talk(text: str, kind: SmallTalk | None) -> None:
    assert small_talk(text) == kind


async def test_small_talk_gets_a_word_and_never_the_answer_again(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.asks(QUESTION)
        for said, word in (("谢谢", "不客气"), ("好的", "好的"), ("👍", "好的")):
            reply = await person.asks(said)
            assert reply["text"] == f"{word}，随时可以再问。"
            assert labels(reply) == []
        assert "/help" in (await person.asks("？？"))["text"]
        assert "2.60" in (await person.asks("那2023年呢"))["text"]  # the talk goes on
        assert "没有 0" in (await stage.rig.person(900).asks("/stats"))["text"]


async def test_greeting_gets_the_questions_to_begin_with(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        greeting = await person.asks("你好")
        assert len(labels(greeting)) == 3
        await person.press(greeting, labels(greeting)[1][0])
        assert "1.95" in (await person.reply())["text"]
        assert "反问 0" in (await stage.rig.person(900).asks("/stats"))["text"]


async def test_suggestion_pressed_again_flashes_a_word(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        greeting = await person.asks("/start")
        await person.press(greeting, labels(greeting)[1][0])
        await person.reply()
        again = await person.press(greeting, labels(greeting)[1][0])
        assert again.params["text"] == "这个问题已经答过，就在前面。"
        await person.silence()


async def test_text_as_long_as_a_page_is_asked_to_be_shorter(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        started = stage.desk.started
        for text in ("9" * 4000, f"/ask {'a1' * 1900}", f"/compare {'三公' * 200}"):
            assert (await person.asks(text))["text"].startswith("这一问太长了")
        call = await person.ask_as_guest(f"@{BOT['username']} {'三公' * 200}")
        assert "太长" in call.params["result"]["input_message_content"]["message_text"]
        assert stage.desk.started == started
        assert "谢谢" in (await person.asks(f"/feedback {'长' * 500}"))["text"]


async def test_voice_and_sticker_get_a_word_in_private_only(stage: Stage) -> None:
    sticker = {
        "file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    }  # fmt: skip
    place = {"latitude": 1.0, "longitude": 2.0}
    async with stage.bot():
        person, member = stage.rig.person(1), stage.rig.person(1, chat=GROUP)
        for content in ({"sticker": sticker}, {"location": place}):
            await person.update(message=person.compose(**content))
            assert (await person.reply())["text"].startswith("我只看得懂文字")
            await member.update(message=member.compose(**content))
            await member.silence(0.1)


async def test_caption_of_a_picture_is_a_question(stage: Stage) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    async with stage.bot():
        person = stage.rig.person(1)
        await person.update(message=person.compose(photo=photo, caption=QUESTION))
        assert "1.95" in (await person.reply())["text"]
        await person.update(message=person.compose(photo=photo))
        assert (await person.reply())["text"].startswith("我只看得懂文字")


async def test_own_card_sent_to_the_bot_is_no_question(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.send(QUESTION, via_bot=BOT)
        await person.silence()


async def test_guest_is_told_whom_one_can_ask_about(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1, chat=GROUP)
        call = await person.ask_as_guest(f"@{BOT['username']} 2024年三公经费")
        text = call.params["result"]["input_message_content"]["message_text"]
        assert f"\n· {FINANCE} 2024年三公经费实际支出" in text
        call = await person.ask_as_guest(f"@{BOT['username']} 谢谢")
        text = call.params["result"]["input_message_content"]["message_text"]
        assert text == "不客气，随时可以再问。"
