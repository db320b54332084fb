"""The commands over real HTTP: looking around, setting up, menus by scope."""

import asyncio
import io
import re
import sqlite3

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from bot.telegram.app import App
from index.store import Reports
from scripts.tgrig import Json, Person, labels
from scripts.tgstage import Stage, report_text, title_of
from scripts.toy_library import CULTURE, FINANCE
from scripts.toy_reports import REPORTS

GROUP: Json = {"id": -1001234567890, "type": "supergroup", "title": "办公室"}
BUDGET = """临江区2025年区级部门预算
预算主管部门：{organisation}

一、部门主要职能
负责区里的有关工作。
二、部门预算编制说明
2025年，{organisation}支出预算总额100.00万元。
"""


async def test_start_greets_with_questions_that_are_answered(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        greeting = await person.asks("/start")
        offered = [row[0] for row in labels(greeting)]
        assert len(offered) == 3
        assert offered[:2] == [f"{unit} 2024年三公经费实际支出" for unit in ("文化局", "财政局")]
        await person.press(greeting, offered[1])
        answer = await person.reply()
        assert "1.95" in answer["text"]
        assert answer["message_id"] != greeting["message_id"]


async def test_menus_differ_by_scope(stage: Stage) -> None:
    async with stage.bot():
        menus = {
            scope: [command["command"] for command in commands]
            for scope, commands in stage.rig.menus.items()
        }
        assert set(menus) == {"default", "all_group_chats", "all_private_chats", "chat"}
        assert "export" in menus["all_private_chats"]
        assert "export" not in menus["all_group_chats"]
        assert menus["chat"][-5:] == ["add", "remove", "users", "stats", "health"]


async def test_help_tells_administrators_more(stage: Stage) -> None:
    async with stage.bot():
        assert "/remove" not in (await stage.rig.person(1).asks("/help"))["text"]
        assert "/remove" in (await stage.rig.person(900).asks("/help"))["text"]


async def test_home_is_the_unit_meant_in_this_chat(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        assert "还没有默认单位" in (await person.asks("/home"))["text"]
        assert FINANCE in (await person.asks("/home 财政局"))["text"]
    async with stage.bot():
        assert "1.95" in (await person.asks("2024年三公经费实际支出多少"))["text"]
        assert "哪" in (await stage.rig.person(2).asks("2024年三公经费实际支出多少"))["text"]
        assert (await person.asks("/home 清除"))["text"] == "已清除本会话的默认单位。"
        await person.asks("/new")
        assert "哪" in (await person.asks("2024年三公经费实际支出多少"))["text"]


async def test_home_and_subscription_are_picked_by_a_button(stage: Stage) -> None:
    person = stage.rig.person(1)
    async with stage.bot():
        offered = await person.asks("/home")
        assert labels(offered) == [["文化局"], ["财政局"]]
        named = await person.asks("/subscribe 局")
        assert labels(named) == [["文化局"], ["财政局"]]
    async with stage.bot():  # the buttons outlive a restart
        await person.press(offered, "财政局")
        picked = await person.reply()
        assert (picked["message_id"], labels(picked)) == (offered["message_id"], [])
        assert picked["text"] == f"本会话没有说单位时，指的是：{FINANCE}"
        assert "1.95" in (await person.asks("2024年三公经费实际支出多少"))["text"]
        stage.rig.messages[1, named["message_id"]] = named
        for _ in range(2):  # tapped twice, it is not taken back
            await person.press(named, "文化局")
            stage.rig.messages[1, named["message_id"]] = named
            assert (await person.reply())["text"].startswith(f"好，{CULTURE}有新报告时")
        assert CULTURE in (await person.asks("/subscribe"))["text"]
        assert "没有 0，反问 0" in (await stage.rig.person(900).asks("/stats"))["text"]


async def test_group_that_becomes_a_supergroup_keeps_its_home(stage: Stage) -> None:
    async with stage.bot():
        old = stage.rig.person(1, chat={"id": -55, "type": "group", "title": "办公室"})
        new = stage.rig.person(1, chat=GROUP)
        await old.asks("/home 财政局")
        await old.update(message=old.compose(migrate_to_chat_id=GROUP["id"]))
        await new.silence(0.1)
        assert FINANCE in (await new.asks("/home"))["text"]


async def test_units_by_name_short_name_and_initials(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        both = (await person.asks("/units"))["text"]
        assert both == f"找到 2 个单位：\n{CULTURE}\n{FINANCE}" or both.count("\n") == 2
        for name in (FINANCE, "财政局", "czj", "CZJ", "财政"):
            assert (await person.asks(f"/units {name}"))["text"] == f"找到 1 个单位：\n{FINANCE}"
        assert "没有找到" in (await person.asks("/units 水利局"))["text"]


async def test_list_that_is_too_long_says_how_many_more(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"青山市临江区第{number}街道办事处" for number in range(1, 301)]
    like = stage.library.reports()[0]
    many = Reports(like.model_copy(update={"organisation": name}) for name in names)
    monkeypatch.setattr(stage.library, "reports", lambda: many)
    async with stage.bot():
        person = stage.rig.person(1)
        for command, first in (
            ("/units", "找到 300 个单位："),
            ("/coverage", "已收录 300 份报告："),
        ):
            lines = (await person.asks(command))["text"].split("\n")
            assert lines[0] == first
            left = re.fullmatch(r"……还有 (\d+) 行列不下，请在命令后面写上单位名称。", lines[-1])
            assert left
            assert len(lines) - 2 + int(left[1]) == (300 if command == "/units" else 600)
        assert "写全一点" in (await person.asks("/home 街道"))["text"]
    assert not stage.rig.refused()


async def test_coverage_shows_years_and_gaps(stage: Stage) -> None:
    stage.add((FINANCE, 2021, "3.00", "2.90"))
    async with stage.bot():
        text = (await stage.rig.person(1).asks("/coverage 财政局"))["text"]
        assert text == (f"已收录 3 份报告：\n{FINANCE}\n　绩效自评：2021、2023、2024（缺 2022）")


async def test_audit_without_findings_says_so(stage: Stage) -> None:
    async with stage.bot():
        assert "没有发现" in (await stage.rig.person(1).asks("/audit 财政局"))["text"]


async def test_audit_names_the_body_where_the_title_does_not(stage: Stage) -> None:
    text = BUDGET.format(organisation=FINANCE) + "会议费支出8.50万元，增长13.95。\n"
    path = stage.folder / "预算.txt"
    path.write_text(text, encoding="utf-8")
    stage.library.add([path])
    async with stage.bot():
        found = (await stage.rig.person(1).asks("/audit 财政局"))["text"]
        assert found == (
            f"发现 1 处需要核对：\n1. {FINANCE}《临江区2025年区级部门预算》"
            "正文中“增长13.95”没有单位，可能漏印“%”。"
        )


async def test_compare_lists_every_unit_largest_first(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        text = (await person.asks("/compare 2024年三公经费实际支出"))["text"]
        assert text.index(f"{CULTURE} <code>2.00万元</code>") < text.index(
            f"{FINANCE} <code>1.95万元</code>"
        )
        assert "/compare" in (await person.asks("/compare"))["text"]


async def test_trend_and_source_go_on_from_an_answer(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        answer = await person.asks(f"{FINANCE}2024年三公经费实际支出多少")
        await person.send("/trend", reply_to_message=answer)
        assert (await person.next(seconds=15)).method == "sendPhoto"
        source = await person.asks("/source", reply_to_message=answer)
        assert "编制人数10人" in source["text"]
        await person.send(f"/trend {FINANCE}2024年三公经费实际支出")
        assert (await person.next(seconds=15)).method == "sendPhoto"
        other = stage.rig.person(2)
        for command in ("/trend", "/source"):
            assert command in (await other.asks(command))["text"]  # nothing to go on from
            assert command in (await person.asks(command, reply_to_message=source))["text"]


async def test_bare_command_goes_on_from_the_latest_answer_of_the_talk(stage: Stage) -> None:
    person = stage.rig.person(1, chat=GROUP)
    async with stage.bot():
        await person.asks(f"/ask {FINANCE}2023年三公经费实际支出多少")
        await person.asks(f"/ask {FINANCE}2024年三公经费实际支出多少")
    async with stage.bot():
        await person.send("/trend")
        call = await person.next(seconds=15)
        assert call.method == "sendPhoto"
        assert "2.60万元" in call.text
        assert "1.95</b>" in (await person.asks("/source"))["text"]
        table = (await person.asks("/compare"))["text"]
        assert table.startswith("<b>2024年三公经费实际支出</b>")
        assert "2.60</b>" in (await person.asks("/source 2023年呢"))["text"]


async def test_bare_command_does_not_go_on_from_the_talk_of_another_or_of_before(
    stage: Stage,
) -> None:
    person, other = stage.rig.person(1, chat=GROUP), stage.rig.person(2, chat=GROUP)
    async with stage.bot():
        await person.asks(f"/ask {FINANCE}2024年三公经费实际支出多少")
        assert "请回复某条答复" in (await other.asks("/source"))["text"]
        assert "1.95</b>" in (await person.asks("/source"))["text"]
        await person.asks("/new")
        assert "请回复某条答复" in (await person.asks("/source"))["text"]
    async with stage.bot(memory_minutes=0.0001):
        await person.asks(f"/ask {FINANCE}2024年三公经费实际支出多少")
        await asyncio.sleep(0.05)
        assert "请回复某条答复" in (await person.asks("/source"))["text"]


async def test_command_in_reply_to_somebody_elses_question_answers_that(stage: Stage) -> None:
    async with stage.bot():
        one, other = stage.rig.person(1, chat=GROUP), stage.rig.person(2, chat=GROUP)
        question = await one.send(f"{FINANCE}2024年三公经费实际支出多少")
        assert "1.95</b>" in (await other.asks("/source", reply_to_message=question))["text"]


async def test_compare_names_levels_and_says_what_is_contradicted(stage: Stage) -> None:
    text = report_text(CULTURE, 2024, "3.00", "2.00").replace(
        "三、存在的问题", "（三）其他情况\n2024年“三公”经费实际支出2.10万元。\n三、存在的问题"
    )
    path = stage.folder / f"{title_of(CULTURE, 2024)}.txt"
    path.write_text(text, encoding="utf-8")
    stage.library.add([path])
    async with stage.bot():
        table = (await stage.rig.person(1).asks(f"/compare {FINANCE}2024年三公经费实际支出"))[
            "text"
        ]
        first, second, third = table.split("\n")
        assert first == "<b>2024年三公经费实际支出</b>"
        assert second.startswith(f"{CULTURE} <code>2.00万元</code>")
        assert second.endswith("（注意：报告中另有与此不一致的数，请用“原文”核对。）")
        assert third == f"{FINANCE} <code>1.95万元</code>《{title_of(FINANCE, 2024)}》"


async def test_export_is_a_workbook_with_the_source_of_each_figure(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        await person.send("/export 财政局 2024 三公")
        call = await person.next(seconds=15)
        assert call.result["document"]["file_name"] == "问数导出.xlsx"
        assert call.text == "2 个数，来自 1 份报告，每个数都带出处。"
        (content,) = call.files.values()
        rows = list(load_workbook(io.BytesIO(content)).active.values)
        assert len(rows) == 3
        first = dict(zip(rows[0], rows[2], strict=True))
        assert (first["单位"], first["年份"], first["口径"]) == (FINANCE, 2024, "决算")
        assert (first["原文数字"], first["数值"], first["计量单位"]) == ("1.95", 1.95, "万元")
        assert first["文件"] == f"{title_of(FINANCE, 2024)}.txt"
        assert "没有符合" in (await person.asks("/export 2001"))["text"]


async def test_export_by_kind_and_aspect_says_what_it_leaves_out(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stage.folder / "财政2024.txt"
    path.write_text(REPORTS[path.name], encoding="utf-8")
    stage.library.add([path])

    async def exported(person: Person, words: str) -> list[dict[str, object]]:
        await person.send(f"/export {words}")
        call = await person.next(seconds=15)
        (content,) = call.files.values()
        names, *rows = load_workbook(io.BytesIO(content)).active.values
        assert call.text.startswith(f"{len(rows)} 个数，")
        return [dict(zip(names, row, strict=True)) for row in rows]

    async with stage.bot():
        person = stage.rig.person(1)
        rows = await exported(person, "财政局2024年决算")
        assert {row["类型"] for row in rows} == {"决算"}
        assert {row["口径"] for row in rows} > {"决算"}
        rows = await exported(person, "财政局2024年三公经费实际支出")
        assert {(row["项目"], row["口径"]) for row in rows} == {("三公经费", "决算")}
        monkeypatch.setattr("bot.telegram.handlers.browsing._MOST_ROWS", 3)
        await person.send("/export 财政局")
        call = await person.next(seconds=15)
        assert re.match(r"3 个数，.+符合条件的有 \d+ 个，一张表放不下", call.text)


async def test_feedback_reaches_the_administrators(stage: Stage) -> None:
    async with stage.bot():
        assert "谢谢" in (await stage.rig.person(1).asks("/feedback 想要2022年的"))["text"]
        assert "想要2022年的" in (await stage.rig.person(900).asks("/stats"))["text"]


async def test_feedback_may_be_the_reply_to_how_it_is_given(stage: Stage) -> None:
    async with stage.bot():
        person, admin = stage.rig.person(1), stage.rig.person(900)
        how = await person.asks("/feedback")
        assert "回复这条消息" in how["text"]
        thanks = await person.asks("想要2022年的", reply_to_message=how)
        assert thanks["text"] == "收到，谢谢您的意见。"
        assert "· 💬 想要2022年的" in (await admin.asks("/stats"))["text"]


async def test_administration_is_for_administrators(stage: Stage) -> None:
    async with stage.bot():
        person, admin = stage.rig.person(1), stage.rig.person(900)
        for command in ("/add", "/remove x", "/users", "/stats", "/health"):
            assert (await person.asks(command))["text"] == "这件事只有管理员可以做。"
        assert (await admin.asks("/health"))["text"].startswith("运行正常")
        assert "把报告文件" in (await admin.asks("/add"))["text"]


async def test_remove_asks_once_more(stage: Stage) -> None:
    async with stage.bot():
        admin = stage.rig.person(900)
        offered = await admin.asks("/remove 文化局")
        await admin.press(offered, title_of(CULTURE, 2024))
        sure = await admin.reply()
        assert labels(sure) == [["确定撤下", "取消"]]
        await admin.press(sure, "确定撤下")
        assert (await admin.reply())[
            "text"
        ] == f"已撤下《{CULTURE}2024年度部门整体支出绩效自评报告》。"
        assert CULTURE not in (await admin.asks("/units"))["text"]


async def test_unanswered_questions_are_in_the_daily_digest(stage: Stage) -> None:
    async with stage.bot() as app:
        person, admin = stage.rig.person(1), stage.rig.person(900)
        await person.asks(f"{FINANCE}2019年三公经费")
        assert app.job_queue
        (job,) = app.job_queue.get_jobs_by_name("digest")
        await job.run(app)
        text = (await admin.reply())["text"]
        assert f"· {FINANCE}2019年三公经费" in text
        assert "没有 1" in text


async def test_digest_goes_on_from_the_one_that_was_sent_last(stage: Stage) -> None:
    async def digest(app: App) -> None:
        assert app.job_queue
        (job,) = app.job_queue.get_jobs_by_name("digest")
        await job.run(app)

    person, admin = stage.rig.person(1), stage.rig.person(900)
    async with stage.bot(retries=0) as app:
        await person.asks(f"{FINANCE}2019年三公经费")
        stage.rig.refuse("sendMessage", 502, "Bad Gateway")
        await digest(app)
        await admin.silence()
        await digest(app)  # the one that did not arrive is made up for
        assert "没有 1" in (await admin.reply())["text"]
        await person.asks(f"{FINANCE}2018年三公经费")
    state = sqlite3.connect(stage.folder / "telegram.sqlite")
    with state:  # the computer was off for three days
        state.execute("UPDATE answers SET at = at - 259200")
        state.execute("UPDATE times SET at = at - 259200")
    state.close()
    async with stage.bot() as app:
        await digest(app)
        text = (await admin.reply())["text"]
        assert "没有 1" in text
        assert f"· {FINANCE}2018年三公经费" in text


async def test_digest_has_room_for_marks_beside_many_questions(stage: Stage) -> None:
    async with stage.bot():
        person, admin = stage.rig.person(1), stage.rig.person(900)
        for number in range(20):
            await person.asks(f"{FINANCE}2019年三公经费{'的具体情况' * 40}之{number}")
        await person.press(await person.asks(f"{FINANCE}2024年三公经费"), "👎")
        await person.reply()
        lines = (await admin.asks("/stats"))["text"].split("\n")
        assert "没有 20" in lines[0]
        assert sum(line.startswith(f"· {FINANCE}2019年") for line in lines) == 15
        assert lines[-4:] == ["……还有 5 条", "", "👎和意见：", f"· 👎 {FINANCE}2024年三公经费"]


async def test_reports_with_one_title_are_told_apart_before_removal(stage: Stage) -> None:
    admin = stage.rig.person(900)
    stage.add(*((CULTURE, year, "3.00", "2.00") for year in range(2010, 2022)))
    for name, organisation in (("甲.txt", FINANCE), ("乙.txt", CULTURE)):
        path = stage.folder / name
        path.write_text(BUDGET.format(organisation=organisation), encoding="utf-8")
        stage.library.add([path])
    async with stage.bot():
        offered = await admin.asks("/remove 临江区2025年区级部门预算")
        (one,), (other,) = labels(offered)
        assert {one, other} == {
            "文化局：临江区2025年区级部门预算", "财政局：临江区2025年区级部门预算",
        }  # fmt: skip
        await admin.press(offered, "财政局：临江区2025年区级部门预算")
        sure = (await admin.reply())["text"]
        assert f"单位：{FINANCE}\n文件：甲.txt" in sure
        many = await admin.asks("/remove 文化局")
        assert many["text"].startswith("要撤下哪一份？（有 13 份，先列 10 份")


async def test_audit_of_a_unit_that_is_not_loaded_says_so(stage: Stage) -> None:
    async with stage.bot():
        assert "没有找到这个单位" in (await stage.rig.person(1).asks("/audit 火星局"))["text"]


async def test_trend_and_source_without_a_unit_ask_whose(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        for command in ("/trend", "/source"):
            asked = await person.asks(f"{command} 2024年三公经费")
            assert "哪" in asked["text"]
            assert labels(asked) == [
                ["财政局 2024年三公经费实际支出"], ["文化局 2024年三公经费实际支出"],
            ]  # fmt: skip
            await person.press(asked, "财政局 2024年三公经费实际支出")
            call = await person.next(seconds=15)
            assert call.method == ("sendPhoto" if command == "/trend" else "sendMessage")
            assert "1.95" in call.text
            await person.press(asked, "文化局 2024年三公经费实际支出")  # the other one too
            assert "只有一年" in (text := (await person.reply())["text"]) or "2.00</b>" in text
        assert "反问 0" in (await stage.rig.person(900).asks("/stats"))["text"]


async def test_home_of_the_settings_is_told_and_can_be_cleared(stage: Stage) -> None:
    async with stage.bot(home=FINANCE):
        person = stage.rig.person(1)
        assert FINANCE in (await person.asks("/home"))["text"]
        assert "1.95" in (await person.asks("2024年三公经费实际支出多少"))["text"]
        await person.asks("/home 清除")
        assert "还没有默认单位" in (await person.asks("/home"))["text"]
        await person.asks("/new")
        assert "哪" in (await person.asks("2024年三公经费实际支出多少"))["text"]


async def test_subscription_needs_a_name_of_a_body(stage: Stage) -> None:
    async with stage.bot():
        person = stage.rig.person(1)
        assert "不像一个单位的名称" in (await person.asks("/subscribe 随便"))["text"]
        assert "没有订阅" in (await person.asks("/subscribe"))["text"]
        assert "教育局有新报告" in (await person.asks("/subscribe 教育局"))["text"]


async def test_broken_link_is_not_said_to_be_a_report_taken_away(stage: Stage) -> None:
    async with stage.bot():
        assert "链接不完整" in (await stage.rig.person(1).asks("/start f_bad"))["text"]
