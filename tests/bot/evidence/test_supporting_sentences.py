"""Answers quoted from passages: what bears a question out is quoted, what only resembles is not."""

from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.evidence.support import Phrase, bears, piece_to_phrase, share
from index.library import Library
from scripts.toy_library import ToyEncoder
from scripts.toy_reports import talk

SPORTS = """云麓区体育局2024年度部门决算
一、主要职能
（一）负责本区体育场馆的行业管理。
（二）牵头做好本区服务保障东湖国际帆船公开赛工作。
（三）处理群众来信来访，反映社情民意，化解矛盾纠纷。
二、部门决算单位构成
序号 | 单位名称 | 备注
1 | 云麓区体育局（本级） |
2 | 云麓区游泳馆 | 预算不单列，并入本级
三、工作情况
全面建成北山足球场，开展青少年足球联赛。
游泳馆改造工程未按期完成。原因是地下管线复杂。
2024年度办公用房支出增加20万元，主要原因是训练楼屋面翻修。
本工程为多层建筑，设计使用年限为60年，抗震设防烈度为7度。
四、其他重要事项说明
公用经费90万元，主要包括：办公费、水电费、维修（护）费、退休人员活动费、办公设备购置。
截至2024年12月31日，单价100万元以上设备3台。
2024年发放老年人健身补贴30万元，发放残疾人健身补贴12万元。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("narrated")
    path = folder / "体育2024.txt"
    path.write_text(SPORTS, encoding="utf-8")
    encoder = ToyEncoder()
    with Library.open(folder / "library", encoder=lambda: encoder) as opened:
        opened.add([path])
        yield opened


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("体育场馆的行业管理归哪个部门管", "（一）负责本区体育场馆的行业管理。"),
        (
            "邻里矛盾、来信来访这些事你们管不管",
            "（三）处理群众来信来访，反映社情民意，化解矛盾纠纷。",
        ),
        ("游泳馆是自己单独做预算的吗", "2 | 云麓区游泳馆 | 预算不单列，并入本级"),
        ("北山足球场建好了吗", "全面建成北山足球场，开展青少年足球联赛。"),
        ("帆船赛的服务保障由谁牵头", "（二）牵头做好本区服务保障东湖国际帆船公开赛工作。"),
    ],
)
def test_the_sentence_that_says_so_is_quoted(
    assistant: Assistant, question: str, quoted: str
) -> None:
    answer = talk(assistant, question)
    assert answer.status == "answered", answer.text
    assert answer.citations[0].quote == quoted


def test_a_count_in_prose_is_told_by_its_sentence(assistant: Assistant) -> None:
    answer = talk(assistant, "这栋楼设计能用多少年")
    assert [figure.value + figure.unit for figure in answer.figures][:1] == ["60年"]


def test_a_reason_may_stand_in_the_next_sentence(assistant: Assistant) -> None:
    answer = talk(assistant, "游泳馆改造咋没按期完成")
    assert "地下管线复杂" in answer.text


def test_a_reason_explains_what_stands_before_it(assistant: Assistant) -> None:
    """The roof is why the spending rose; why the roof was mended is not said."""
    assert talk(assistant, "办公用房支出为什么增加").status == "answered"
    assert talk(assistant, "训练楼屋面为什么翻修").status == "not_found"


@pytest.mark.parametrize(
    "turns",
    [
        ["足球联赛花了多少钱"],  # a passage without the amount
        ["北山足球场什么时候建好的"],  # without a date
        ["北山足球场是哪家公司建的"],  # without a firm
        ["体育局局长是谁"],
        ["休护费"],  # near the letters of other words
        ["相亲活动归谁管"],  # another 活动
        ["100万元以上的设备有几台", "是什么设备"],
        ["100万元以上的设备有几台", "是什么设备、值多少钱"],
    ],
)
def test_a_passage_that_only_shares_words_is_no_answer(
    assistant: Assistant, turns: list[str]
) -> None:
    answer = talk(assistant, *turns)
    assert answer.status == "not_found", answer.text


def test_a_follow_up_names_a_sister_figure_by_the_word_that_differs(assistant: Assistant) -> None:
    answer = talk(assistant, "2024年发放老年人健身补贴多少", "残疾人的呢")
    assert [figure.value for figure in answer.figures] == ["12"]


# ---------------------------------------------------------------- bearing out


@pytest.mark.parametrize(
    ("piece", "text", "expected"),
    [
        ("青运会", "承办省青年运动会", 1.0),  # spelled out
        ("足球场竣工", "全面建成足球场", 1.0),  # in other words
        ("修护费", "退休人员活动费", 0.0),
        ("相亲活动", "文艺活动", 0.0),  # 活动 alone is no 相亲活动
        ("健身补贴", "健身器材", 0.5),
    ],
)
def test_the_share_of_a_phrase_in_a_text(piece: str, text: str, expected: float) -> None:
    assert share(piece_to_phrase(piece), text) == expected


def test_one_short_word_of_three_may_be_missing() -> None:
    phrases = tuple(Phrase(ways=(word,), least=1.0) for word in ("驿站", "大桥", "奖项"))
    assert bears(phrases, "大桥驿站评为先进")
    assert not bears(phrases[1:], "大桥驿站评为先进")
