"""Small talk: what counts as such, and what is said back, the same for every way of asking."""

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.smalltalk import SmallTalk, kind_of, load_small_talk, opens_a_talk, small_talk
from bot.types import Memory
from corpus.lexicon.data_files import read_toml, validate
from corpus.model.errors import BadData
from index.library import Library
from scripts.toy_library import ToyEncoder
from scripts.toy_reports import FINANCE, REPORTS, open_reports, open_texts


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with open_reports(tmp_path_factory.mktemp("talk")) as library:
        yield Assistant(library)


def said(assistant: Assistant, words: str) -> str:
    """Return what the assistant says; it is to be no answer about a figure."""
    answer = assistant.answer(words).answer
    assert (answer.status, answer.figures, answer.citations) == ("answered", (), ())
    return answer.text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("谢谢", "thanks"), ("好的，谢谢您！", "thanks"), ("非常感谢🙏", "thanks"),
        ("Thank you very much", "thanks"), ("你好", "greeting"), ("Hello!", "greeting"),
        ("问数老师，早上好", "greeting"), ("在吗？", "greeting"), ("好的", "nod"), ("👍", "nod"),
        ("😀😀", "nod"), ("？", "puzzled"), ("", "empty"), ("  ", "empty"), ("ok", "nod"),
        ("知道了", "nod"), ("不用谢", "nod"), ("再见", "bye"), ("你是谁？", "who"),
        ("你能做什么", "who"), ("怎么用", "who"), ("help", "who"), ("你是AI吗", "machine"),
        ("你是不是机器人啊", "machine"), ("转人工", "machine"), ("准不准", "reliable"),
        ("你的数据准确吗？", "reliable"), ("真的吗", "reliable"), ("有哪些单位", "units"),
        ("请问收录了哪些单位呢", "units"), ("你好，有哪些单位？", "units"),
        ("有哪些报告", "reports"), ("现在能查什么", "reports"), ("哪些数字对不上", "findings"),
        ("有没有对不上的数吗", "findings"),
        ("帮我导出", "export"), ("导出成Excel", "export"), ("我要投诉", "complaint"),
        ("你答错了", "complaint"), ("How much did the bureau spend in 2024?", "english"),
        ("/units", "command"), (" ／单位", "command"), ("/2024年三公经费", "command"),
        ("你", None), ("好的，那2023年呢", None), ("不对", None), ("2023", None), ("预算呢", None),
        ("谢谢，文化局呢", None), ("1+1", None), ("人均", None), ("有哪些单位超支", None),
        ("投诉了多少件", None), ("czj 2024 sg", None), ("哪些项目的数字对不上", None),
        ("你们单位有多少人", None), ("导出2024年三公经费", None),
        ("有哪些部门的报告", "units"), ("都收录了哪些局", "units"), ("帮我把数据导出来", "export"),
        ("导出成excel发给我", "export"), ("能导出成PDF吗", "export"), ("这数据哪来的", "reliable"),
        ("今天天气怎么样", "elsewhere"), ("讲个笑话", "elsewhere"), ("123", "puzzled"),
        ("1", "puzzled"), ("23", None), ("数据", None), ("打印费", None),
    ],
)  # fmt: skip
def test_only_what_asks_for_no_figure_is_small_talk(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


def test_text_that_almost_fits_takes_no_time() -> None:
    assert kind_of("好的" * 140) is None
    assert kind_of("好的" * 19 + "三") is None


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("你好", "您好，我是问数："),
        ("你是谁", "我是问数，帮您查政府公开的部门报告"),
        ("你是AI吗", "我是程序，不是真人，也不用大模型写答复："),
        ("准不准", "数字照报告原样给出，不改也不估算；"),
        ("谢谢", "不客气，随时可以再问。"),
        ("👍", "好的，随时可以再问。"),
        ("帮我导出", "可以导出成表格，每个数都带单位、年份、口径和出处。"),
        ("我要投诉", "很抱歉让您不满意。"),
        ("", "请写上要问的，例如：石桥市林业局2025年三公经费预算是多少"),
    ],
)
def test_what_is_said_back(assistant: Assistant, words: str, begins: str) -> None:
    assert said(assistant, words).startswith(begins)


def test_who_writes_in_english_is_told_in_english(assistant: Assistant) -> None:
    line = (
        "I answer questions about Chinese government reports, with the exact figure and its "
        "source. Please ask in Chinese, for example: 石桥市林业局2025年三公经费预算是多少"
    )
    assert said(assistant, "How much did the finance bureau spend?") == line
    assert said(assistant, "hello").endswith(f"\n{line}")
    assert "answer questions" not in said(assistant, "你好，hello")


def test_example_is_a_question_that_is_answered(assistant: Assistant) -> None:
    example = said(assistant, "").removeprefix("请写上要问的，例如：")
    assert [figure.value for figure in assistant.answer(example).answer.figures][:1] == ["6"]


def test_bodies_are_named_with_kinds_and_years(assistant: Assistant) -> None:
    assert said(assistant, "有哪些单位") == (
        "收录了 4 个单位的报告：\n"
        "河口县总工会：绩效自评 2024\n"
        "石桥市林业局：预算 2025\n"
        "青山市临江区水务局：决算 2024\n"
        "青山市临江区财政局：决算 2023、2024"
    )


def test_reports_are_named_of_all_or_of_a_body(assistant: Assistant) -> None:
    assert said(assistant, "有哪些报告").startswith("收录了 6 份报告：\n《石桥市林业局2025年")
    assert said(assistant, "财政局有哪些报告") == (
        "收录了 2 份报告：\n《青山市临江区财政局2024年度部门决算》\n"
        "《青山市临江区财政局2023年度部门决算》"
    )


def test_a_complaint_of_a_body_and_its_table_are_no_questions_for_its_figures(
    assistant: Assistant,
) -> None:
    assert said(assistant, "我要投诉财政局").startswith("很抱歉让您不满意。")
    assert said(assistant, "财政局回答不对").startswith("很抱歉让您不满意。")
    assert "/export 水务局\n" in said(assistant, "帮我导出水务局的数据")
    assert small_talk("财政局信访", assistant.library) is None
    assert small_talk("财政局投诉了多少件", assistant.library) is None


def test_what_belongs_to_a_body_is_a_question_for_its_reports(assistant: Assistant) -> None:
    assert small_talk("财政局有哪些单位", assistant.library) is None


def test_what_does_not_add_up_is_listed(tmp_path: Path) -> None:
    wrong = REPORTS["财政2024.txt"].replace("| 10.00 | 5.00", "| 10.00 | 5.30")
    with open_texts(tmp_path, {"财政.txt": wrong, "水务.txt": REPORTS["水务2024.txt"]}) as library:
        assistant = Assistant(library)
        assert said(assistant, "哪些数字对不上") == (
            "有 1 处数字对不上，请核对原文：\n1. 《青山市临江区财政局2024年度部门决算》"
            "《财政拨款“三公”经费支出决算表》文中“合计·决算数”印为5.30万元，"
            "其2个分项之和为5万元（文中），相差0.3万元。"
        )
        assert said(assistant, "水务局哪些数字对不上") == "没有发现合计不符、前后矛盾的数字。"


def test_long_lists_keep_to_the_room_of_an_answer(tmp_path: Path) -> None:
    texts = {
        f"{name}.txt": REPORTS["林业部门2025.txt"].replace("林业局", f"{name}局")
        for name in (f"{a}{b}{c}管理" for a in "水电林农" for b in "东西南北" for c in "甲乙丙")
    }
    with open_texts(tmp_path, texts) as library:
        text = said(Assistant(library), "有哪些单位")
    assert len(text) <= 800
    assert text.startswith("收录了 48 个单位的报告：\n")
    listed = text.count("：预算 2025")
    assert text.endswith(f"……还有 {48 - listed} 个单位列不下，问的时候写上单位名称。")


def test_empty_library_says_that_nothing_is_loaded(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", encoder=ToyEncoder) as library:
        assert said(Assistant(library), "有哪些单位") == load_small_talk().no_reports
        assert "财政局去年的决算支出是多少" in said(Assistant(library), "你好")


def test_talk_goes_on_after_small_talk(assistant: Assistant) -> None:
    first = assistant.answer(f"{FINANCE}2024年三公经费决算多少")
    thanks = assistant.answer("谢谢", first.memory)
    assert thanks.memory == first.memory != Memory()
    assert [f.value for f in assistant.answer("那2023年呢", thanks.memory).answer.figures][:1] == [
        "8"
    ]


@pytest.mark.parametrize(
    ("words", "opens"), [("你好", True), ("", True), ("谢谢", False), ("1", False)]
)
def test_openings_may_be_shown_with_questions(words: str, opens: bool) -> None:
    assert opens_a_talk(words) is opens


def test_texts_print_no_figure() -> None:
    talk = load_small_talk()
    for text in (talk.english, talk.no_reports, *(kind.text for kind in talk.kinds)):
        assert not any(char.isdigit() for char in text)


def test_a_mistake_in_the_file_is_told_with_its_line() -> None:
    file = resources.files("bot").joinpath("smalltalk.toml")
    raw = read_toml(file)
    at = next(at for at, kind in enumerate(raw["kind"]) if kind["name"] == "thanks")
    raw["kind"][at]["text"] = 3
    lines = file.read_text(encoding="utf-8").splitlines()
    begins = lines.index('name = "thanks"')
    line = next(at for at in range(begins, len(lines)) if lines[at].startswith("text = ")) + 1
    with pytest.raises(
        BadData, match=f"^数据文件 smalltalk.toml 第 {line} 行写错了：kind.{at}.text"
    ):
        validate(SmallTalk, raw, file)
