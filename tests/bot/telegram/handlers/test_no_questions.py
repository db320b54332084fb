"""What is no question: small talk, voices and stickers, texts as long as a page; over HTTP."""

from scripts.tgrig import BOT, Json, html_to_text, labels
from scripts.tgstage import Stage
from scripts.toy_library import CULTURE, FINANCE

GROUP: Json = {"id": -1001234567890, "type": "supergroup", "title": "办公室"}
QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


async def test_small_talk_gets_a_word_and_never_the_answer_again(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.asks(QUESTION)
        for said, word in (("谢谢", "不客气"), ("好的", "好的"), ("👍", "好的")):
            reply = await person.asks(said)
            assert reply["text"] == f"{word}，随时可以再问。"
            assert labels(reply) == []
        assert "换个说法再问一次" in (await person.asks("？？"))["text"]
        assert "2.60" in (await person.asks("那2023年呢"))["text"]  # the talk goes on
        assert "没有 0" in (await stage.rig.person(900).asks("/stats"))["text"]


async def test_what_there_is_to_ask_about_is_told(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        units = await person.asks("有哪些单位")
        assert units["text"] == (
            "收录了 2 个单位的报告：\n青山市临江区文化局：绩效自评 2024\n"
            "青山市临江区财政局：绩效自评 2023、2024"
        )
        assert labels(units) == []
        assert (await person.asks("财政局有哪些报告"))["text"].startswith("收录了 2 份报告：\n")
        assert (await person.asks("哪些数字对不上"))["text"] == "没有发现合计不符、前后矛盾的数字。"
        assert "/export 文化局" in (await person.asks("帮我导出"))["text"]
        assert "点答复下面的 👎" in (await person.asks("我要投诉"))["text"]
        stats = (await stage.rig.person(900).asks("/stats"))["text"]
        assert "答出 0，没有 0，反问 0" in stats


async def test_question_edited_into_thanks_gets_them_in_place(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        question = await person.send(QUESTION)
        answer = await person.reply()
        await person.edit(question, "谢谢")
        edited = await person.reply()
        assert (edited["message_id"], edited["text"]) == (
            answer["message_id"], "不客气，随时可以再问。",
        )  # fmt: skip
        assert labels(edited) == []


async def test_who_writes_in_english_is_told_so_in_english(stage: Stage) -> None:
    async with stage.bot():
        reply = await stage.rig.person(1).asks("How much did the finance bureau spend?")
        assert reply["text"].startswith("I answer questions about Chinese government reports")


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
        started = stage.assistant.started
        for text in ("9" * 4000, f"/ask {'a1' * 1900}", f"/compare {'三公' * 200}"):
            assert (await person.asks(text))["text"].startswith("这一问太长了")
        call = await person.ask_as_guest(f"@{BOT['username']} {'三公' * 200}")
        assert "太长" in call.params["result"]["input_message_content"]["message_text"]
        assert stage.assistant.started == started
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


async def test_a_bodys_name_alone_gets_its_card_and_the_talk_goes_on_from_it(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        card = await person.asks("文化局")
        assert html_to_text(card["text"]).startswith(
            f"{CULTURE}2024年绩效自评概况：\n"
            "· 基本支出100.00万元[1]\n"
            "· 三公经费实际支出2.00万元（预算3.00万元）[2]\n"
            "· 编制10人，在职人员9人[3]\n[1]《"
        )
        assert labels(card)[0] == ["原文", "出处图"]
        assert "2.00" in (await person.asks("三公经费实际支出呢"))["text"]
        asked = await stage.rig.person(2).asks("总结一下")
        assert labels(asked) == [["文化局"], ["财政局"]]
        await stage.rig.person(2).press(asked, "文化局")
