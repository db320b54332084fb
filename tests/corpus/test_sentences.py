"""Sentences of the running text: where they end, where they stand, what is left out."""

from corpus.model.types import Draft, Grid, GridCell, Paragraph, Report, Segment
from corpus.structure.outline import draft_to_report
from corpus.structure.segmentation import text_to_sentence_cuts
from corpus.structure.sentences import report_to_sentences


def texts_of(*paragraphs: str) -> list[str]:
    return [sentence.text for sentence in report_to_sentences(report_of(*paragraphs))]


def report_of(*paragraphs: str) -> Report:
    pieces = tuple(Paragraph(segments=(Segment(page=1, text=text),)) for text in paragraphs)
    draft = Draft(pages=1, pieces=pieces)
    return draft_to_report(draft, name="toy.txt", digest="0" * 64)


def test_a_sentence_ends_at_its_mark_and_with_its_paragraph() -> None:
    found = texts_of("办公费为2万元。差旅费为3万元；会议费呢？没有！", "无标点的一行12万元")
    assert found == [
        "办公费为2万元。",
        "差旅费为3万元；",
        "会议费呢？",
        "没有！",
        "无标点的一行12万元",
    ]


def test_a_mark_inside_a_bracket_or_a_quotation_does_not_end_a_sentence() -> None:
    found = texts_of("评为优（其中一级1个；二级2个）的项目3个。口号是“快办。办好”的活动2次。")
    assert found == ["评为优（其中一级1个；二级2个）的项目3个。", "口号是“快办。办好”的活动2次。"]


def test_a_bracket_that_never_closes_shelters_nothing() -> None:
    assert texts_of("得分99分（其中优4个。发现问题0个。") == [
        "得分99分（其中优4个。",
        "发现问题0个。",
    ]


def test_a_sentence_is_quoted_verbatim_with_its_blanks() -> None:
    report = report_of("年初预算为 12.50 万元。 决算为 9 万元。")
    sentences = report_to_sentences(report)
    assert [each.text for each in sentences] == ["年初预算为 12.50 万元。", "决算为 9 万元。"]
    assert all(report.quote(each.span) == each.text for each in sentences)
    assert sentences[0].span.page == 1


def test_tables_hold_no_sentences() -> None:
    rows = [("项目", "决算数"), ("办公费。", "1.50"), ("会议费。", "0.50"), ("合计", "2.00")]
    cells = tuple(
        GridCell(row=row, column=column, text=text)
        for row, words in enumerate(rows)
        for column, text in enumerate(words)
    )
    words = Paragraph(segments=(Segment(page=1, text="办公费见下表，共计2万元。"),))
    draft = Draft(pages=1, pieces=(words, Grid(page=1, cells=cells)))
    report = draft_to_report(draft, name="toy.txt", digest="0" * 64)
    assert [each.text for each in report_to_sentences(report)] == ["办公费见下表，共计2万元。"]


def test_sentences_can_be_cut_at_full_stops_alone() -> None:
    assert text_to_sentence_cuts("甲1人；乙2人。丙3人", ends="。") == ((0, 8), (8, 11))


def test_a_sentence_of_a_form_whose_figures_are_blank_says_nothing() -> None:
    found = texts_of(
        "某局政府采购支出XX万元。共有车辆__辆；会议费××万元，培训费2万元。培训费3万元。"
    )
    assert found == ["培训费3万元。"]
