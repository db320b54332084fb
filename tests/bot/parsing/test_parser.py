"""From words to slots: whose, when, which aspect, what is compared with, what is left over."""

from datetime import date

import pytest

from bot.parsing.grammar import load_cues, stop_pattern
from bot.parsing.parser import Reading, words_to_reading
from bot.types import Operation, Question
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Aspect, Level
from scripts.toy_reports import FINANCE, FOREST, UNION, WATER

KNOWN = (UNION, FINANCE, WATER, FOREST)
TODAY = date(2026, 3, 1)


def reading(words: str, *, talk_year: int | None = None) -> Reading:
    return words_to_reading(
        words, known=KNOWN, vocabulary=load_vocabulary(), today=TODAY, talk_year=talk_year
    )


def question(words: str) -> Question:
    return reading(words).question


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("河口县总工会2024年三公经费多少", (UNION,)),
        ("总工会三公经费多少", (UNION,)),
        ("临江区财政局三公经费多少", (FINANCE,)),
        ("财政局和水务局谁的三公经费多", (FINANCE, WATER)),
        ("石桥市2025年三公经费多少", (FOREST,)),  # the only body of its region
        ("石桥那边三公经费多少", (FOREST,)),
        ("石桥和河口哪个三公经费多", (UNION, FOREST)),  # each the only one of its region
        ("石桥教育局三公经费多少", ()),  # another body of it
        ("三公经费多少", ()),
        ("你好隔壁临山县总工会三公经费多少", ()),
        ("我们县总工会三公经费多少", (UNION,)),
        ("返还工会经费多少", ()),  # 工会 inside a term is no body
    ],
)
def test_bodies_are_named_in_full_in_short_or_by_their_region(
    words: str, names: tuple[str, ...]
) -> None:
    assert question(words).organisations == names


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("河东全市教育支出多少", ("河东市人民政府",)),
        ("河东市本级教育支出多少", ("河东市人民政府",)),
        ("河东财政收入多少", ("河东市人民政府",)),
        ("河东的教育支出多少", ()),
        ("河东市这份预算报告里讲的困难有哪些", ("河东市人民政府",)),
        ("河东政府债务表里2024年末余额多少", ("河东市人民政府",)),
    ],
)
def test_a_whole_region_is_its_government(words: str, names: tuple[str, ...]) -> None:
    known = ("河东市水务局", "河东市人民政府")
    read = words_to_reading(words, known=known, vocabulary=load_vocabulary(), today=TODAY)
    assert read.question.organisations == names


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("教育局2024年三公经费多少", "教育局"),
        ("临江区2024年三公经费多少", "临江区"),  # two bodies of it, neither named
        ("财政局2024年三公经费多少", ""),
        ("2024年三公经费多少", ""),
        ("财政局下属的东港管理处2024年在职多少人", "东港管理处"),
        ("财政局下属单位有几家", ""),
        ("临江区博物馆2024年三公经费多少", "临江区博物馆"),
        ("全区图书馆2024年三公经费多少", ""),
    ],
)
def test_a_body_without_reports_is_noticed(words: str, name: str) -> None:
    assert question(words).unknown_organisation == name


@pytest.mark.parametrize("words", ["青山市图书馆2024年预算多少", "图书馆2024年预算多少"])
def test_a_body_named_as_a_subject_is_asked_for_its_budget(words: str) -> None:
    known = ("青山市图书馆", "青山市水务局")
    read = words_to_reading(words, known=known, vocabulary=load_vocabulary(), today=TODAY)
    assert read.question.organisations == ("青山市图书馆",)
    assert [term for ask in read.question.asks for term in ask.terms] == []


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("2024年三公经费多少", (2024,)),
        ("24年三公经费多少", (2024,)),
        ("二〇二四年三公经费多少", (2024,)),
        ("２０２４年三公经费多少", (2024,)),
        ("2023年和2024年三公经费合计多少", (2023, 2024)),
        ("今年三公经费多少", (2026,)),
        ("去年三公经费多少", (2025,)),
        ("今年（2025年）三公经费多少", (2025,)),
        ("三公经费多少", ()),
        ("本年支出合计多少", ()),  # part of the name
        ("2024年三公经费比2023年少多少", (2024,)),  # 2023 is only compared with
    ],
)
def test_years(words: str, years: tuple[int, ...]) -> None:
    assert question(words).years == years


def test_last_year_is_counted_from_the_year_that_was_talked_of() -> None:
    assert reading("那上一年呢", talk_year=2024).question.years == (2023,)


@pytest.mark.parametrize(
    ("words", "talked", "years"),
    [
        ("去年呢", 2025, (2024,)),
        ("去年呢", 2024, (2025,)),
        ("去年", None, (2025,)),
        ("去年决算呢", 2025, (2025,)),
        ("去年会议费呢", 2025, (2025,)),
    ],
    ids=["刚说过的就是去年", "刚说的是别的年份", "没有上文", "另问决算", "另问一项"],
)
def test_nobody_asks_twice_for_the_year_that_was_just_told(
    words: str, talked: int | None, years: tuple[int, ...]
) -> None:
    assert reading(words, talk_year=talked).question.years == years


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        ("与2025年执行数相比，增幅为何？", "增长率"),
        ("減少的原因為何？", "原因"),
        ("為何減少", "原因"),
        ("机关运行经费怎么解释", "定义"),
    ],
)
def test_what_an_amount_is_is_no_question_for_its_reason(words: str, operation: Operation) -> None:
    assert question(words).operation == operation
    assert reading("那上一年呢").question.years == (2025,)


def test_a_document_is_no_year_of_the_figure() -> None:
    asked = question("财政局25年预算书里三公经费多少")
    assert (asked.documents, asked.years, asked.aspects) == ((2025,), (), ())


def test_each_body_with_a_year_of_its_own() -> None:
    asked = question("财政局2023年和水务局2024年三公经费谁多")
    assert asked.pairs == ((FINANCE, 2023), (WATER, 2024))
    assert question("财政局和水务局2024年三公经费谁多").pairs == ()


@pytest.mark.parametrize(
    ("words", "aspects"),
    [
        ("三公经费多少", ()),
        ("三公经费预算多少", ("预算",)),
        ("三公经费年初预算多少", ("预算",)),
        ("三公经费决算多少", ("决算",)),
        ("三公经费实际支出多少", ("决算",)),
        ("三公经费预算和决算分别多少", ("预算", "决算")),
        ("三公经费人均多少", ("人均",)),
        ("一般公共预算财政拨款支出多少", ()),  # a name that holds 预算
        ("2024年人员经费决算比预算多多少", ("决算",)),  # 预算 is only compared with
    ],
)
def test_aspects(words: str, aspects: tuple[Aspect, ...]) -> None:
    assert tuple(a for a in question(words).aspects if a != "增减额") == aspects


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("林业局部门2025年三公经费预算多少", ("部门",)),
        ("林业局本级2025年三公经费预算多少", ("单位",)),
        ("林业局2025年单位预算三公经费多少", ("单位",)),
        ("林业局三公经费预算多少", ()),
        ("部门和本级分别是多少", ("单位", "部门")),
        ("哪个部门三公经费最多", ()),
    ],
)
def test_levels(words: str, levels: tuple[Level, ...]) -> None:
    assert question(words).levels == levels


@pytest.mark.parametrize(
    ("words", "operation"),
    [
        ("2024年三公经费多少", "查数"),
        ("三公经费比上年少多少", "差额"),
        ("三公经费超预算多少", "差额"),
        ("三公经费增长了百分之几", "增长率"),
        ("三公经费降幅是多少", "增长率"),
        ("公务接待费占三公经费的比例", "占比"),
        ("财政局是水务局的几倍", "比较"),
        ("财政局和水务局谁的三公经费多", "比较"),
        ("哪个单位三公经费最多", "排名"),
        ("三公经费历年是多少", "趋势"),
        ("三公经费为什么增加", "原因"),
        ("什么是三公经费", "定义"),
        ("有没有项目支出", "是否"),
        ("三公经费超预算了吗", "是否"),
        ("政府采购分哪几类", "列举"),
        ("绩效管理开展得怎么样", "说明"),
    ],
)
def test_operations(words: str, operation: Operation) -> None:
    assert question(words).operation == operation


def test_a_question_word_that_ends_in_a_particle_asks_no_yes_or_no() -> None:
    assert question("总工会的主要职责是什么").operation != "是否"


def test_an_amount_is_no_yes_or_no_whatever_it_ends_in() -> None:
    assert question("三公经费是多少吗").operation == "查数"


@pytest.mark.parametrize(
    ("words", "year", "aspect", "relative"),
    [
        ("三公经费比2023年少多少", 2023, None, False),
        ("三公经费比2023年预算少多少", 2023, "预算", False),
        ("三公经费比上年少多少", None, None, True),
        ("人员经费比预算多多少", None, "预算", False),
        ("人员经费超预算多少", None, "预算", False),
        ("三公经费与上年执行数相比增加多少", None, "执行数", True),
    ],
)
def test_what_is_compared_with(
    words: str, year: int | None, aspect: Aspect | None, relative: bool
) -> None:
    base = reading(words).base
    assert base is not None
    assert (base.year, base.aspect, base.relative) == (year, aspect, relative)


def test_a_share_is_compared_with_nothing() -> None:
    assert reading("公务接待费占三公经费的比例").base is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("截至2024年8月底有几辆车", date(2024, 8, 31)),
        ("截至2024年2月底有几辆车", date(2024, 2, 29)),
        ("截至2023年12月31日有几辆车", date(2023, 12, 31)),
        ("2024年有几辆车", None),
        ("截至2024年13月有几辆车", None),
    ],
)
def test_a_day_that_a_state_is_asked_of(words: str, day: date | None) -> None:
    assert question(words).as_of == day


def test_a_share_asks_for_the_part_and_the_whole() -> None:
    part, whole = question("财政局2024年公务接待费占三公经费的比例").asks
    assert (part.terms, whole.terms) == (("公务接待费",), ("三公经费",))


def test_two_things_of_one_message_are_two_asks() -> None:
    people, rate = question("参保人数多少，覆盖率多少").asks
    assert (people.kind, people.words) == ("人数", "参保")
    assert rate.kind == "百分比"


def test_the_kind_and_the_counter_asked_with() -> None:
    (cars,) = question("财政局有几辆车").asks
    assert (cars.kind, cars.counters) == ("数量", "辆")
    (money,) = question("发放消费券多少钱").asks
    assert (money.kind, money.words[-3:]) == ("金额", "消费券")


def test_words_that_carry_nothing_are_not_left_over() -> None:
    (ask,) = question("请问一下，河口县总工会2024年度的“三公”经费一共是多少钱呢？").asks
    assert (ask.terms, ask.words) == (("三公经费",), "")


def test_a_typo_is_corrected_and_said_back() -> None:
    asked = question("总工会2024年三工经费多少")
    assert asked.corrections == ("三公经费",)
    assert asked.asks[0].terms == ("三公经费",)
    assert asked.words == "总工会2024年三工经费多少"


@pytest.mark.parametrize(
    ("words", "follows"),
    [
        ("那2023年呢", True),
        ("人均呢？", True),
        ("那么财政局的是多少", True),
        ("财政局2024年三公经费多少", False),
        ("为什么", False),
    ],
)
def test_whether_a_message_leans_on_the_one_before(words: str, follows: bool) -> None:
    assert reading(words).follows is follows


@pytest.mark.parametrize(
    ("words", "terms", "years"),
    [
        ("财政局功能分类科目2080599，2024年多少", ("其他行政事业单位养老支出",), (2024,)),
        ("财政局2025年科目208 25 01的金额", ("其他城市生活救助",), (2025,)),
        ("财政局30217公务接待费24", ("公务接待费",), (2024,)),
        ("财政局20106 01决算", ("财政事务", "行政运行"), ()),
        ("财政局科目编码为208的预算", ("社会保障和就业支出",), ()),
    ],
)
def test_a_code_names_its_subject(
    words: str, terms: tuple[str, ...], years: tuple[int, ...]
) -> None:
    asked = question(words)
    assert (asked.asks[0].terms, asked.asks[0].words, asked.years) == (terms, "", years)


def test_a_code_is_said_back_unless_its_name_stands_beside_it() -> None:
    assert question("财政局30217多少").corrections == ("公务接待费",)
    assert question("财政局30217公务接待费多少").corrections == ()
    assert question("预算是208吗").asks[0].terms == ()


def test_slips_of_a_body_and_a_particle_in_letters() -> None:
    asked = reading("财证局劳务废ne")
    assert asked.question.organisations == (FINANCE,)
    assert asked.question.corrections == ("财政局", "劳务费")
    assert asked.follows


def test_more_than_another_year_is_a_difference() -> None:
    asked = reading("财政局会议费25年比24年多了吗")
    assert (asked.question.operation, asked.question.years) == ("差额", (2025,))
    assert asked.base is not None
    assert asked.base.year == 2024
    assert question("财政局会议费超预算了吗").operation == "是否"


def test_a_name_before_its_subject_in_brackets_is_not_asked_for_twice() -> None:
    (ask,) = question("财政局孤儿生活救助（其他城市生活救助）多少").asks
    assert (ask.terms, ask.words) == (("其他城市生活救助",), "")
    (ask,) = question("财政局云平台项目（其他财政事务支出）多少").asks
    assert ask.words == "云平台项目"


def test_an_empty_word_listed_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice: \\['请问'\\]"):
        stop_pattern([], ["请问", "多少", "请问"], "的")


def test_each_family_of_empty_words_leaves_the_words_beside_it() -> None:
    assert load_cues().stop.sub(" ", "哪个部门管不管锅炉").split() == ["锅炉"]
    assert load_cues().stop.sub(" ", "项目负责人").split() == ["项目负责人"]


def test_a_name_says_no_operation() -> None:
    assert question("财政局2024年结余分配是多少").operation == "查数"
    assert question("财政局2024年最低生活保障支出多少").operation == "查数"
    assert question("财政局内设哪几个科室").operation == "列举"


def test_what_is_counted_is_no_part_of_a_name() -> None:
    assert question("财政局2024年有多少项目支出").asks[0].counters == ""
    assert question("财政局2024年有多少项课题").asks[0].counters == "项"


@pytest.mark.parametrize(
    ("words", "year", "relative"),
    [
        ("2024年三公经费比前年少多少", 2022, False),
        ("三公经费比前年少多少", 2024, False),
        ("2024年三公经费比前一年少多少", None, True),
        ("2024年三公经费比去年少多少", None, True),
        ("2024年三公经费比2021年少多少", 2021, False),
    ],
    ids=["问的那年的前年", "今天的前年", "前一年", "去年", "写明的年份"],
)
def test_the_year_compared_with_is_counted_from_the_year_asked_of(
    words: str, year: int | None, *, relative: bool
) -> None:
    base = reading(words).base
    assert base is not None
    assert (base.year, base.relative) == (year, relative)


@pytest.mark.parametrize(
    ("words", "levels"),
    [
        ("财政局部门预算比单位预算多多少", ("单位", "部门")),
        ("财政局单位决算和部门决算的三公经费各多少", ("单位", "部门")),
    ],
)
def test_two_documents_beside_each_other_name_their_levels(
    words: str, levels: tuple[Level, ...]
) -> None:
    assert question(words).levels == levels


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("柳塘镇二一年跟二二年接待批次哪年多", (2021, 2022)),
        ("二三年项目支出多少", (2023,)),
        ("24年多少25年多少", (2024, 2025)),
        ("干了二三年，三公多少", ()),
        ("过了二三年还没建成", ()),
    ],
    ids=["两个年份", "一个年份", "年份后面是多少", "说的是多久", "过了多久"],
)
def test_a_year_said_by_its_last_two_digits(words: str, years: tuple[int, ...]) -> None:
    reading = words_to_reading(words, known=(), vocabulary=load_vocabulary(), today=TODAY)
    assert reading.question.years == years


@pytest.mark.parametrize(
    ("words", "terms"),
    [
        ("2024年水费、电费、物业费各多少", {"水费", "电费", "物业管理费"}),
        ("2024年水费、电费一共多少", {"水电费"}),
        ("2024年水电费多少", {"水电费"}),
    ],
    ids=["各多少", "一共多少", "一个名字"],
)
def test_what_one_name_joins_is_told_apart_where_each_is_asked_for(
    words: str, terms: set[str]
) -> None:
    reading = words_to_reading(words, known=(), vocabulary=load_vocabulary(), today=TODAY)
    assert {term for ask in reading.question.asks for term in ask.terms} == terms
