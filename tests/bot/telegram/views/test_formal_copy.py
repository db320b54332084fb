"""The copy that the inquiry desk pastes: all that the answer states, every source, over HTTP."""

from datetime import date

from bot.telegram.views.formal_copy import formal_reply
from bot.types import Answer, Citation
from scripts.tgrig import html_to_text
from scripts.tgstage import Stage, title_of
from scripts.toy_library import CULTURE, FINANCE
from scripts.toy_reports import REPORTS

ACCOUNTS = "《青山市临江区财政局2024年度部门决算》"


async def copied(stage: Stage, question: str, *, accounts: bool = True) -> list[str]:
    """Return the copy of an answer but for its date, line by line."""
    if accounts:
        path = stage.folder / "财政2024.txt"
        path.write_text(REPORTS[path.name], encoding="utf-8")
        stage.library.add([path])
    async with stage.bot():
        person = stage.rig.person(1)
        await person.press(await person.asks(question), "复制答复")
        *lines, last = html_to_text((await person.reply())["text"]).split("\n")
        assert last.startswith("答复日期：20")
        return lines


async def test_change_is_copied_as_a_change(stage: Stage) -> None:
    assert await copied(stage, f"{FINANCE}2024年机关运行经费比2023年减少多少") == [
        f"经查公开报告，{FINANCE}2024年机关运行经费比2023年决算减少4.5万元，下降6.92%。",
        "2024年机关运行经费决算60.5万元。",
        f"来源：{ACCOUNTS}“三、机关运行经费支出情况说明”。",
    ]


async def test_contradicted_figure_is_copied_with_its_warning(stage: Stage) -> None:
    assert await copied(stage, f"{FINANCE}2024年培训费支出多少") == [
        f"经查公开报告，{FINANCE}2024年培训费决算8.5万元。[1]",
        "注意：另一处文字写的是8.6万元[2]，两处不一致，请以原文核对。"
        "原文：“2024年度培训费支出8.6万元。”",
        "来源：",
        f"[1] {ACCOUNTS}“六、培训费支出情况说明”",
        f"[2] {ACCOUNTS}“七、其他重要事项说明”",
    ]


async def test_figures_of_two_units_are_both_copied(stage: Stage) -> None:
    lines = await copied(stage, "财政局和文化局2024年三公经费实际支出分别多少", accounts=False)
    section = "“二、部门整体支出情况 › （一）“三公”经费支出情况”"
    assert lines == [
        f"经查公开报告，2024年三公经费实际支出：{FINANCE}1.95万元[1]，{CULTURE}2.00万元[2]。",
        f"{CULTURE}比{FINANCE}多0.05万元（2 - 1.95 = 0.05万元）。",
        "来源：",
        f"[1] 《{title_of(FINANCE, 2024)}》{section}",
        f"[2] 《{title_of(CULTURE, 2024)}》{section}",
    ]


def test_sentence_that_ends_before_its_marks_is_not_ended_twice() -> None:
    citations = [
        Citation(n=n, document="甲.pdf", title="甲", section="", page=n, quote="1万元")
        for n in (1, 2)
    ]
    for said in ("预算1万元。[1][2]", "预算1万元[1][2]"):
        answer = Answer(status="answered", text=said, citations=tuple(citations))
        first = formal_reply(answer, None, {}, today=date(2026, 1, 2)).split("\n")[0]
        assert first.count("。") == 1


def test_source_names_the_body_where_its_title_does_not() -> None:
    citation = Citation(
        n=1, document="甲.pdf", title="临江区2025年区级部门预算", section="", page=3,
        quote="1.00万元", report="r1",
    )  # fmt: skip
    answer = Answer(status="answered", text="预算1.00万元。[1]", citations=(citation,))
    text = formal_reply(answer, None, {"r1": FINANCE}, today=date(2026, 1, 2))
    assert text == (
        "经查公开报告，预算1.00万元。\n"
        f"来源：{FINANCE}《临江区2025年区级部门预算》，第3页。\n答复日期：2026年1月2日。"
    )
