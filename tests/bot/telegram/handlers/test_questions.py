"""Talking to the bot over real HTTP: questions, follow-ups, groups, topics, edits, asking back."""

import re

from bot.telegram.views.rich_text import units
from bot.types import Answer, Choice, Citation
from scripts.tgrig import BOT, Json, html_to_text, labels
from scripts.tgstage import Stage, title_of
from scripts.toy_library import CULTURE, FINANCE

GROUP: Json = {"id": -1001234567890, "type": "supergroup", "title": "办公室", "is_forum": True}
QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


def choice(organisation: str) -> str:
    return f"{organisation[-3:]} 2024年三公经费实际支出"


def fact_id(stage: Stage) -> str:
    facts = stage.library.facts.find(
        organisations=(FINANCE,), years=(2024,), measures=("三公经费",)
    )
    return next(fact.id for fact in facts if fact.aspect == "决算")


async def test_answer_is_figure_then_statement_then_passage(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.send(QUESTION)
        call = await person.next()
        fact = fact_id(stage)
        assert call.params["text"] == (
            "<code>1.95</code> 万元\n"
            f"{FINANCE}2024年三公经费实际支出<code>1.95</code>万元。[1]\n"
            f"<blockquote expandable>[1]《{title_of(FINANCE, 2024)}.txt》\n"
            "2024年“三公”经费预算2.50万元，实际支出1.95万元&lt;含税&amp;费&gt;。\n"
            "二、部门整体支出情况 › （一）“三公”经费支出情况</blockquote>\n"
            f'<a href="https://t.me/{BOT["username"]}?start=f_{fact}">此数的链接</a>'
        )
        assert labels(call.result) == [
            ["原文", "出处图"],
            ["对比上年", "趋势图", "各单位对比图"],
            ["换单位", "换口径"],
            ["复制答复", "👍", "👎"],
            ["问：财政局2023年三公经费"],
            ["问：财政局2024年三公经费预算"],
            ["问：财政局2024年基本支出"],
        ]
    assert not stage.rig.refused()


async def test_longest_answer_is_cut_where_telegram_and_the_reader_can_bear_it(
    stage: Stage,
) -> None:
    quote = "支出1,234.56万元<含税&费>😀。" * 40
    citations = tuple(
        Citation(n=n, document="甲.pdf", title="甲", section="一", page=n, quote=quote)
        for n in range(1, 12)
    )
    stage.assistant.says = Answer(status="answered", text="支出1,234.56万元。", citations=citations)
    async with stage.bot():
        call = await stage.rig.person(1).asks("都有哪些支出")
        read = html_to_text(call["text"])
        assert 4000 < units(read) <= 4096
        assert re.search(r"(?:\d万元|[^\d.,])…$", read)
        assert not stage.rig.refused()


async def test_follow_up_leans_on_the_talk_until_new(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.asks(QUESTION)
        assert "2.60" in (await person.asks("那2023年呢"))["text"]
        assert "不再作数" in (await person.asks("/new"))["text"]
        assert "不能回答" in (await person.asks("那2023年呢"))["text"]


async def test_talk_goes_on_after_a_restart_and_expires(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        await person.asks(QUESTION)
    async with stage.bot():
        assert "2.60" in (await person.asks("那2023年呢"))["text"]
    async with stage.bot(memory_minutes=0.0001):
        assert "不能回答" in (await person.asks("那2024年呢"))["text"]


async def test_group_hears_only_what_is_meant_for_it(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1, chat=GROUP)
        await person.send("大家好，三公经费")
        await person.silence()
        mention = await person.asks(f"@{BOT['username']} {QUESTION}")
        assert "1.95" in mention["text"]
        assert mention["reply_to_message"]["from"]["id"] == 1
        follow = await person.asks("那2023年呢", reply_to_message=mention)
        assert "2.60" in follow["text"]
        asked = await person.asks(f"/ask@{BOT['username']} {CULTURE}2024年三公经费")
        assert "2" in asked["text"]
        await person.send("/ask@another_bot 三公经费")
        await person.silence()


async def test_two_people_in_one_group_do_not_mix(stage: Stage) -> None:
    async with stage.bot():
        one, other = stage.rig.person(1, chat=GROUP), stage.rig.person(2, chat=GROUP)
        await one.asks(f"/ask {QUESTION}")
        assert "不能回答" in (await other.asks("/ask 2023年呢"))["text"]
        assert "2.60" in (await one.asks("/ask 2023年呢"))["text"]


async def test_topics_of_one_forum_do_not_mix(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1, chat=GROUP)
        first = {"is_topic_message": True, "message_thread_id": 5}
        second = {"is_topic_message": True, "message_thread_id": 6}
        answer = await person.asks(f"/ask {QUESTION}", **first)
        assert answer["message_thread_id"] == 5
        assert "不能回答" in (await person.asks("/ask 2023年呢", **second))["text"]
        assert "2.60" in (await person.asks("/ask 2023年呢", **first))["text"]


async def test_topics_of_a_private_chat_do_not_mix(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        first = {"is_topic_message": True, "message_thread_id": 5}
        second = {"is_topic_message": True, "message_thread_id": 6}
        answer = await person.asks(QUESTION, **first)
        assert answer["message_thread_id"] == 5
        assert "不能回答" in (await person.asks("2023年呢", **second))["text"]
        assert (await person.asks("/help", **second))["message_thread_id"] == 6
        assert (await person.asks("boom", **second))["message_thread_id"] == 6
        await person.press(answer, "原文")
        assert (await person.reply())["message_thread_id"] == 5
        assert "message_thread_id" not in await person.asks(QUESTION)


async def test_edited_question_edits_its_answer(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        question = await person.send(QUESTION)
        answer = await person.reply()
        await person.edit(question, f"{FINANCE}2023年三公经费")
        call = await person.next()
        assert call.method == "editMessageText"
        assert call.result["message_id"] == answer["message_id"]
        assert "2.60" in call.result["text"]


async def test_edited_follow_up_is_answered_after_the_same_talk(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.asks(QUESTION)
        follow = await person.send("那2019年呢")
        assert "不能回答" in (await person.reply())["text"]
        await person.edit(follow, "那2023年呢")
        assert "2.60" in (await person.reply())["text"]


async def test_long_work_says_so_and_becomes_the_answer(stage: Stage) -> None:
    stage.assistant.seconds = 0.3
    async with stage.bot(slow_seconds=0.05):
        person = stage.rig.person(1)
        waiting = await person.asks(f"慢{QUESTION}")
        assert waiting["text"] == "正在查…"
        answer = await person.next()
        assert answer.method == "editMessageText"
        assert answer.result["message_id"] == waiting["message_id"]
        assert "1.95" in answer.result["text"]
        await person.silence()


async def test_asking_back_is_answered_in_place(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        asked_back = await person.asks("2024年三公经费")
        assert labels(asked_back) == [[choice(FINANCE)], [choice(CULTURE)]]
    async with stage.bot():  # the buttons outlive a restart
        await person.press(asked_back, choice(CULTURE))
        call = await person.next()
        assert call.method == "editMessageText"
        assert call.result["message_id"] == asked_back["message_id"]
        assert f"{CULTURE}2024年" in call.result["text"]
        assert "2.60" not in call.result["text"]
        assert "不能回答" in (await person.asks("那2023年呢"))["text"]  # the talk goes on from it


async def test_choice_pressed_twice_chooses_nothing_of_what_is_asked_back_then(
    stage: Stage,
) -> None:
    again = Choice(label="财政局 决算", question=f"{FINANCE}2024年三公经费实际支出多少")
    further = Answer(status="clarify", text="要哪个口径？", choices=(again, again))
    async with stage.bot():
        person = stage.rig.person(1)
        asked_back = await person.asks("2024年公用经费")
        press = person.pressed(asked_back, labels(asked_back)[0][0])
        stage.assistant.says = further
        await person.update(callback_query=press)
        assert (await person.reply())["text"] == "要哪个口径？"
        stage.assistant.says = None
        twice = await person.press(asked_back, "财政局 决算")
        assert twice.params.get("text") is None
        assert "1.95" in (await person.reply())["text"]
        await person.update(callback_query={**press, "id": "late"})
        assert (await person.answer_to("late")).params["text"] == "已经选过了。"
        await person.silence()


async def test_group_that_the_bot_is_added_to_is_told_how_to_ask(stage: Stage) -> None:
    def member(status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"status": status, "user": BOT, **until}

    async with stage.bot():
        person = stage.rig.person(1, chat=GROUP)
        change: Json = {"chat": GROUP, "from": person.who, "date": 1}
        for before, after in (("left", "member"), ("member", "left"), ("kicked", "member")):
            await person.update(
                my_chat_member={
                    **change,
                    "old_chat_member": member(before),
                    "new_chat_member": member(after),
                }
            )
            if after == "member":
                assert "在群里这样问：/ask" in (await person.reply())["text"]
            else:
                await person.silence(0.1)


async def test_bare_ask_in_reply_to_an_answer_asks_what_is_meant(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        assert "/ask 后面" in (await person.asks("/ask", reply_to_message=answer))["text"]


async def test_choice_is_for_the_one_who_asked(stage: Stage) -> None:
    async with stage.bot():
        one, other = stage.rig.person(1, chat=GROUP), stage.rig.person(2, chat=GROUP)
        asked_back = await one.asks("/ask 2024年三公经费")
        refusal = await other.press(asked_back, choice(FINANCE))
        assert refusal.params["text"] == "这是别人的问题，请您自己再问一次。"
        await one.silence()
        await one.press(asked_back, choice(FINANCE))
        assert "1.95" in (await one.reply())["text"]


async def test_failure_is_one_sentence_with_a_number(stage: Stage, caplog: object) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        text = (await person.asks("boom"))["text"]
        assert text.startswith("抱歉，这一步没有办成，已记下（编号 ")
        assert "secret" not in text
        assert "1.95" in (await person.asks(QUESTION))["text"]


async def test_failure_is_told_to_guests_and_over_the_cards_too(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        guest = await person.ask_as_guest(f"@{BOT['username']} boom")
        text = guest.params["result"]["input_message_content"]["message_text"]
        assert re.search(r"这一步没有办成，已记下（编号 [0-9a-f]{6}）", text)
        inline = await person.inline("boom")
        assert inline.params["results"] == []
        assert "这一步没有办成" in inline.params["button"]["text"]


async def test_unknown_command_points_to_help(stage: Stage) -> None:
    async with stage.bot():
        assert "/help" in (await stage.rig.person(1).asks("/nonsense"))["text"]


async def test_reply_to_an_older_answer_goes_on_from_that_one(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        older = await person.asks(QUESTION)
        await person.asks(f"{CULTURE}2024年三公经费实际支出多少")
    async with stage.bot():
        answer = await person.asks("那2023年呢", reply_to_message=older)
        assert f"{FINANCE}2023年三公经费实际支出<code>2.60" in answer["text"]


async def test_reply_to_the_answer_of_another_goes_on_from_that_one(stage: Stage) -> None:
    async with stage.bot():
        one, other = stage.rig.person(1, chat=GROUP), stage.rig.person(2, chat=GROUP)
        answer = await one.asks(f"/ask {QUESTION}")
        assert "2.60" in (await other.asks("那2023年呢", reply_to_message=answer))["text"]


async def test_bare_mention_in_reply_asks_what_was_said(stage: Stage) -> None:
    async with stage.bot():
        one, other = stage.rig.person(1, chat=GROUP), stage.rig.person(2, chat=GROUP)
        said = await one.send(QUESTION)
        mention = f"@{BOT['username']}"
        assert "1.95" in (await other.asks(mention, reply_to_message=said))["text"]
        assert "/ask" in (await other.asks(mention))["text"]


async def test_command_and_question_may_be_parted_by_any_space(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        for space in ("\u3000", "\n", "  "):
            assert "1.95" in (await person.asks(f"/ask{space}{QUESTION}"))["text"]
        assert FINANCE in (await person.asks("/home\u3000财政局"))["text"]


async def test_question_to_go_on_with_is_answered_in_a_message_of_its_own(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        await person.press(answer, "问：财政局2024年三公经费预算")
        reply = await person.reply()
        assert reply["message_id"] != answer["message_id"]
        assert reply["text"].startswith(
            f"<code>2.50</code> 万元\n{FINANCE}2024年三公经费预算<code>2.50</code>万元。[1]"
        )
        again = await person.press(answer, "问：财政局2024年三公经费预算")
        assert again.params["text"] == "这个问题已经答过，就在前面。"
        refused = await person.asks(f"{FINANCE}2019年三公经费实际支出多少")
        assert "不能回答" in refused["text"]
        assert labels(refused)[1:] == [
            ["问：财政局2024年三公经费预算"],
            ["问：财政局2023年三公经费预算"],
            ["问：财政局2024年三公经费"],
        ]
