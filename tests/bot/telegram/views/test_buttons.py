"""The buttons under an answer over real HTTP: what each shows, alive after a restart."""

import re

from scripts.tgrig import html_to_text, labels
from scripts.tgstage import Stage, report_text, title_of
from scripts.toy_library import CULTURE, FINANCE
from scripts.toy_reports import REPORTS

QUESTION = f"{FINANCE}2024年三公经费实际支出多少"


async def test_passage_has_its_neighbours_and_marks_what_is_cited(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        answer = await person.asks(QUESTION)
    async with stage.bot():  # alive after a restart
        await person.press(answer, "原文")
        call = await person.next()
    assert "编制人数10人" in call.text
    assert "<b>1.95</b>" in call.text
    assert "基本支出100.00万元" in call.text
    assert call.result["reply_to_message"]["message_id"] == answer["message_id"]


async def test_year_before_is_computed_with_its_formula(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks(QUESTION), "对比上年")
        text = html_to_text((await person.reply())["text"])
        assert "2.6 - 1.95 = 0.65" in text
        assert "\n比上年下降25%（按公式计算：(2.6 - 1.95) / 2.6 × 100 = 25）" in text
        assert "2023年三公经费实际支出2.60万元。[2]" in text


async def test_what_stands_beside_an_answer_has_buttons_of_its_own(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        await person.press(await person.asks(QUESTION), "对比上年")
        beside = await person.reply()
        assert labels(beside) == [["原文", "出处图"], ["复制答复", "👍", "👎"]]
    async with stage.bot():
        await person.press(beside, "复制答复")
        copy = html_to_text((await person.reply())["text"])
        assert "比上年减少0.65万元（按公式计算：2.6 - 1.95 = 0.65万元）。" in copy
        assert title_of(FINANCE, 2023) in copy
        await person.press(beside, "👎")
        await person.reply()
        stats = (await stage.rig.person(900).asks("/stats"))["text"]
        assert "答出 1，" in stats  # it is no further question
        assert f"👎 /对比上年 {QUESTION}" in stats
        assert "2.60" in (await person.asks("那2023年呢", reply_to_message=beside))["text"]


async def test_other_years_are_offered_only_where_there_are_some(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        only = await person.asks(f"{CULTURE}2024年三公经费实际支出多少")
        assert labels(only)[:2] == [["原文", "出处图"], ["各单位对比图", "换单位", "换口径"]]
        first = await person.asks(f"{FINANCE}2023年三公经费实际支出多少")
        assert labels(first)[1] == ["趋势图", "换单位", "换口径"]


async def test_year_before_that_is_missing_is_said(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        _take_away(stage, FINANCE, 2023)
        await person.press(answer, "对比上年")
        assert "没有可与" in (await person.reply())["text"]


async def test_trend_is_a_picture_with_the_figures_as_printed(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks(QUESTION), "趋势图")
        call = await person.next(seconds=15)
        (picture,) = call.files.values()
        assert call.method == "sendPhoto"
        assert picture.startswith(b"\x89PNG")
    assert call.text.splitlines() == [
        f"{FINANCE}三公经费",
        f"2023年实际 2.60万元《{title_of(FINANCE, 2023)}》",
        f"2023年预算 2.80万元《{title_of(FINANCE, 2023)}》",
        f"2024年实际 1.95万元《{title_of(FINANCE, 2024)}》",
        f"2024年预算 2.50万元《{title_of(FINANCE, 2024)}》",
    ]


async def test_parts_are_a_picture_with_the_whole_above_them(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks(f"{FINANCE}2024年基本支出实际多少"), "组成图")
        call = await person.next(seconds=15)
    (picture,) = call.files.values()
    assert (call.method, picture[:4]) == ("sendPhoto", b"\x89PNG")
    place = f"《{title_of(FINANCE, 2024)}》"
    assert call.text.splitlines()[1:] == [
        f"基本支出 100.00万元{place}", f"人员经费 80.00万元{place}", f"公用经费 20.00万元{place}",
    ]  # fmt: skip


async def test_parts_that_do_not_add_up_are_no_picture(stage: Stage) -> None:
    path = stage.folder / f"{title_of(FINANCE, 2025)}.txt"
    path.write_text(report_text(FINANCE, 2025, "1.00", "0.88").replace("80.00", "70.00"))
    stage.library.add([path])
    async with stage.bot():
        answer = await stage.rig.person(1).asks(f"{FINANCE}2025年基本支出实际多少")
    assert "100.00" in answer["text"]
    assert not any("组成图" in row for row in labels(answer))


async def test_bodies_are_a_picture_side_by_side_the_largest_first(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks(QUESTION), "各单位对比图")
        call = await person.next(seconds=15)
    assert call.method == "sendPhoto"
    assert call.text.splitlines() == [
        "2024年三公经费实际支出",
        f"{CULTURE} 2.00万元《{title_of(CULTURE, 2024)}》",
        f"{FINANCE} 1.95万元《{title_of(FINANCE, 2024)}》",
    ]


async def test_trend_of_one_year_is_declined(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        _take_away(stage, FINANCE, 2023)
        await person.press(answer, "趋势图")
        assert "只有一年" in (await person.reply())["text"]


async def test_other_units_stand_under_the_answer_in_place(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        await person.press(answer, "换单位")
        call = await person.next()
        assert call.method == "editMessageText"
        assert call.result["message_id"] == answer["message_id"]
        assert call.text.endswith(
            "换算（原数在前文）：\n19500 元 = 1.95 万元 × 10000\n0.000195 亿元 = 1.95 万元 ÷ 10000"
        )
        assert labels(call.result)[2] == ["换单位", "换口径"]
        await person.press(answer, "换单位")  # Telegram refuses the same edit: nothing happens
        await person.silence()


async def test_other_aspects_are_listed_with_their_proofs(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks(QUESTION), "换口径")
        text = (await person.reply())["text"]
        assert "实际支出：<code>1.95</code>万元[1]" in text
        assert "预算：<code>2.50</code>万元[1]" in text


async def test_department_beside_its_own_office_is_another_aspect(stage: Stage) -> None:
    for name in ("林业部门2025.txt", "林业单位2025.txt"):
        path = stage.folder / name
        path.write_text(REPORTS[name], encoding="utf-8")
        stage.library.add([path])
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks("林业局部门2025年三公经费预算多少"), "换口径")
        lines = html_to_text((await person.reply())["text"]).split("\n")
        assert lines[1:3] == [
            "石桥市林业局2025年三公经费预算：6万元[1]",
            "石桥市林业局（单位）2025年三公经费预算：2万元[2]",
        ]


async def test_copy_is_formal_and_dated(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks(QUESTION), "复制答复")
        text = (await person.reply())["text"]
        assert re.fullmatch(
            r"<pre>经查公开报告，青山市临江区财政局2024年三公经费实际支出为1.95万元。\n"
            r"来源：《青山市临江区财政局2024年度部门整体支出绩效自评报告》"
            r"“二、部门整体支出情况 › （一）“三公”经费支出情况”。\n"
            r"答复日期：20\d\d年\d+月\d+日。</pre>",
            text,
        )


async def test_thumbs_are_kept_and_the_reason_is_asked_for(stage: Stage) -> None:
    async with stage.bot():
        person, admin = stage.rig.person(1), stage.rig.person(900, name="管理员")
        answer = await person.asks(QUESTION)
        assert (await person.press(answer, "👍")).params["text"] == "谢谢！"
        await person.press(answer, "👎")
        prompt = await person.reply()
        assert "哪里不对" in prompt["text"]
        thanks = await person.asks("单位写错了", reply_to_message=prompt)
        assert thanks["text"] == "收到，谢谢您的意见。"
        stats = (await admin.asks("/stats"))["text"]
        assert "👍 0，👎和意见 1" in stats  # the second mark took the place of the first
        assert f"👎 {QUESTION}（单位写错了）" in stats


async def test_question_why_comes_although_it_was_late(stage: Stage) -> None:
    async with stage.bot(retries=0, again_seconds=0.3):
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        stage.rig.refuse("sendMessage", 502, "Bad Gateway")
        await person.update(callback_query=person.pressed(answer, "👎"))
        assert "哪里不对" in (await person.reply())["text"]
        await person.silence(0.5)


async def test_reason_is_given_with_a_tap(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        await person.press(await person.asks(QUESTION), "👎")
        prompt = await person.reply()
        assert labels(prompt) == [["数不对", "单位或年份不对"], ["不是我问的", "出处不对"]]
    async with stage.bot():  # alive after a restart
        await person.press(prompt, "单位或年份不对")
        thanks = await person.reply()
        assert thanks["message_id"] == prompt["message_id"]
        assert (thanks["text"], labels(thanks)) == ("收到，谢谢您的意见。（单位或年份不对）", [])
        stats = (await stage.rig.person(900).asks("/stats"))["text"]
        assert f"👎 {QUESTION}（单位或年份不对）" in stats


async def test_button_of_a_forgotten_answer_says_so(stage: Stage) -> None:
    async with stage.bot() as app:
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        other = stage.rig.person(2)
        stage.rig.messages[2, answer["message_id"]] = {**answer, "chat": other.chat}
        refused = await other.press(answer, "原文")  # an id from another chat opens nothing
        assert "过保存期" in refused.params["text"]
        assert app.running


async def test_report_that_was_taken_away_is_said_to_be_gone(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(QUESTION)
        _take_away(stage, FINANCE, 2024)
        await person.press(answer, "对比上年")
        assert (await person.reply())["text"] == "这个数所在的报告已经撤下。"
        for button in ("原文", "出处图"):
            await person.press(answer, button)
            text = (await person.reply())["text"]
            assert text.startswith("这份报告已经撤下或被替换，只留有当时的引文：")
            assert "实际支出1.95万元" in text


def _take_away(stage: Stage, organisation: str, year: int) -> None:
    (report,) = (
        r for r in stage.library.reports() if (r.organisation, r.year) == (organisation, year)
    )
    stage.library.remove(report.id)


async def test_reason_is_kept_whatever_was_pressed_in_between(stage: Stage) -> None:
    async with stage.bot():
        person, admin = stage.rig.person(1), stage.rig.person(900, name="管理员")
        answer = await person.asks(QUESTION)
        await person.press(answer, "👎")
        prompt = await person.reply()
        await person.press(answer, "👎")  # asked why already
        await person.silence()
        await person.press(answer, "👍")
        thanks = await person.asks("后来看懂了", reply_to_message=prompt)
        assert thanks["text"] == "收到，谢谢您的意见。"
        assert f"👍 {QUESTION}（后来看懂了）" in (await admin.asks("/stats"))["text"]


async def test_somebody_else_in_the_group_may_say_why(stage: Stage) -> None:
    group = {"id": -1001234567890, "type": "supergroup", "title": "办公室"}
    async with stage.bot():
        one, other = (stage.rig.person(number, chat=group) for number in (1, 2))
        await one.press(await one.asks(f"/ask {QUESTION}"), "👎")
        prompt = await one.reply()
        thanks = await other.asks("口径不对", reply_to_message=prompt)
        assert thanks["text"] == "收到，谢谢您的意见。"
        stats = (await stage.rig.person(900).asks("/stats"))["text"]
        assert f"👎 {QUESTION}\n· 💬 {QUESTION}（口径不对）" in stats


async def test_every_proof_of_an_answer_is_shown(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks("财政局和文化局2024年三公经费实际支出分别多少")
        await person.press(answer, "原文")
        shown = [(await person.reply())["text"] for _ in range(2)]
        assert ["1.95</b>" in shown[0], "2.00</b>" in shown[1]] == [True, True]
        await person.silence()
        await person.press(answer, "出处图")
        cards = [await person.next() for _ in range(2)]
        assert FINANCE in cards[0].text
        assert CULTURE in cards[1].text
        source = await person.asks("/source", reply_to_message=answer)
        assert FINANCE in source["text"]
        assert CULTURE in (await person.reply())["text"]
