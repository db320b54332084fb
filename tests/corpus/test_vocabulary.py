"""The vocabulary: terms found in labels, in reports and in questions."""

import pytest

from corpus.lexicon.term_matcher import Term, Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


@pytest.mark.parametrize(
    ("label", "term"),
    [
        ("公务用车购置及运行维护费", "公务用车购置及运行维护费"),
        ("公务用车购置及运行费", "公务用车购置及运行维护费"),
        ("（一）因公出国（境）费用", "因公出国（境）费"),
        ("因 公 出 国 （ 境 ） 费\n用", "因公出国（境）费"),
        ("“三公”经费支出决算", "三公经费"),
        ("机关事业单位基本养老保险缴费支出", "机关事业单位基本养老保险缴费支出"),
        ("机关事业单位基本养老保险缴费", "机关事业单位基本养老保险缴费"),
        ("一、一般公共服务支出", "一般公共服务支出"),
        ("30113 住房公积金", "住房公积金"),
        ("208 05 05 机关事业单位基本养老保险缴费支出", "机关事业单位基本养老保险缴费支出"),
        ("行政运行（项）", "行政运行"),
        ("其中：政府采购货物预算", "政府采购货物"),
        ("维修(护)费", "维修（护）费"),
        ("公务接待费（万元）", "公务接待费"),
        ("年初财政拨款结转和结余", "年初财政拨款结转和结余"),
        ("总计", "收支总计"),
        ("公安", "公安"),
        ("合计", None),
        ("某某专项工作", None),
    ],
)
def test_term_of_a_row_label(vocabulary: Vocabulary, label: str, term: str | None) -> None:
    assert vocabulary.term_of(label) == term


def test_mentions_keep_their_places(vocabulary: Vocabulary) -> None:
    text = "“三公”经费2万元，其中：公务接待 费1万元"
    found = vocabulary.mentions(text)
    assert [(mention.term, mention.words) for mention in found] == [
        ("三公经费", "“三公”经费"),
        ("公务接待费", "公务接待 费"),
    ]
    assert all(text[each.start : each.end] == each.words for each in found)


def terms_in(vocabulary: Vocabulary, text: str, *, asked: bool = False) -> list[str]:
    return [mention.term for mention in vocabulary.mentions(text, asked=asked)]


def test_the_longest_term_wins(vocabulary: Vocabulary) -> None:
    assert terms_in(vocabulary, "其他社会保障和就业支出3万元") == ["其他社会保障和就业支出"]
    assert terms_in(vocabulary, "公务用车购置及运行维护费") == ["公务用车购置及运行维护费"]


def test_another_item_is_not_the_item(vocabulary: Vocabulary) -> None:
    assert terms_in(vocabulary, "其他会议费5万元") == []


def test_a_total_is_not_found_inside_something_smaller(vocabulary: Vocabulary) -> None:
    assert terms_in(vocabulary, "2024年支出预算100万元") == ["支出合计"]
    assert terms_in(vocabulary, "项目支出预算100万元") == ["项目支出"]
    assert terms_in(vocabulary, "年初预算为5万元，支出决算为4万元") == []


def test_a_common_word_counts_as_a_subject_only(vocabulary: Vocabulary) -> None:
    assert terms_in(vocabulary, "加强小学教育工作") == []
    text = "教育支出（类）普通教育（款）小学教育（项）12万元"
    assert terms_in(vocabulary, text) == ["教育支出", "普通教育", "小学教育"]


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("吃喝接待花了多少", ["公务接待费"]),
        ("公车费用多少", ["公务用车购置及运行维护费"]),
        ("出国花销有多少", ["因公出国（境）费"]),
        ("水电花了多少", ["水电费"]),
        ("养老交了多少", ["机关事业单位基本养老保险缴费支出"]),
        ("工资发了多少", ["工资福利支出"]),
        ("公积金多少", ["住房公积金"]),
        ("编制有多少", ["编制人数"]),
        ("有几辆公务车", ["车辆"]),
        ("财政局有多少人？", ["在职人员"]),
        ("2024年一共花了多少钱", ["支出合计"]),
        ("总预算是多少", ["支出合计"]),
        ("三公经费一共花了多少", ["三公经费"]),
        ("项目支出占总支出的比例", ["项目支出", "支出合计"]),
        ("政府采购里工程预算是多少", ["政府采购工程"]),
        ("培训花了多少钱", ["培训费"]),
        ("培训了多少人", []),
        ("教育局三公经费", ["三公经费"]),
        ("平均得分多少", ["绩效自评得分"]),
        ("2024年支出是多少？", ["支出合计"]),
        ("2024年支出预算呢", ["支出合计"]),
        ("那2024年预算呢", []),
    ],
)
def test_terms_of_a_question(vocabulary: Vocabulary, question: str, terms: list[str]) -> None:
    assert terms_in(vocabulary, question, asked=True) == terms


def test_colloquial_words_are_for_questions(vocabulary: Vocabulary) -> None:
    assert terms_in(vocabulary, "公车改革后") == []


def test_the_three_public_expenses_and_no_other(vocabulary: Vocabulary) -> None:
    assert vocabulary.parts_of("三公经费") == (
        "因公出国（境）费",
        "公务用车购置及运行维护费",
        "公务接待费",
    )
    assert vocabulary.whole_of("公务用车购置费") == "公务用车购置及运行维护费"
    assert vocabulary.whole_of("会议费") is None
    assert vocabulary.whole_of("培训费") is None


def test_one_name_under_two_codes_is_one_term(vocabulary: Vocabulary) -> None:
    housing = vocabulary.term("住房公积金")
    assert housing is not None
    assert housing.codes == ("2210201", "30113")
    assert vocabulary.term_of_code("229") == vocabulary.term_of_code("399") == "其他支出"
    assert vocabulary.term_of_code("208 05 05") == "机关事业单位基本养老保险缴费支出"


def test_what_is_near_is_another_term(vocabulary: Vocabulary) -> None:
    public = vocabulary.term("公用经费")
    assert public is not None
    assert "商品和服务支出" in public.near
    assert vocabulary.term_of("商品和服务支出") == "商品和服务支出"


def test_every_reference_is_a_term(vocabulary: Vocabulary) -> None:
    for term in vocabulary.terms:
        for name in (*term.parts, *term.near):
            assert vocabulary.term(name) is not None, (term.name, name)


@pytest.mark.parametrize(
    ("typed", "words", "term"),
    [
        ("三工经费多少", "三工经费", "三公经费"),
        ("2024年政府采构是多少", "政府采构", "政府采购"),
        ("机关运经费", "机关运经费", "机关运行经费"),
        ("公物用车花了多少", "公物用车", "公务用车购置及运行维护费"),
    ],
)
def test_corrections(vocabulary: Vocabulary, typed: str, words: str, term: str) -> None:
    (correction,) = vocabulary.correct(typed)
    assert (correction.words, correction.term) == (words, term)
    assert typed[correction.start : correction.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "公务用车和公务接待",
        "三公经费多少",
        "办公经费",
        "年末结转和结余",
        "下级补助收入",
        "三大经费",
    ],
)
def test_what_is_understood_or_far_off_is_not_corrected(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.correct(text) == ()


@pytest.mark.parametrize(
    ("text", "asked", "aspects"),
    [
        ("年初预算3万元，支出决算2万元，完成年初预算的66.67%", False, ["预算", "决算", "完成率"]),
        ("比上年增加1万元，增长5%", False, ["增减额", "增减率"]),
        ("预算执行数", False, ["执行数"]),
        ("花了多少", True, ["决算"]),
        ("花了多少", False, []),
        ("涨了多少", True, ["增减额"]),
        ("打算花多少", True, ["预算"]),
        ("涨了百分之几", True, ["增减率"]),
        ("平均每人多少", True, ["人均"]),
        ("占百分之几", True, ["占比"]),
        ("规划主要花在哪里", True, []),
    ],
)
def test_aspects(vocabulary: Vocabulary, text: str, asked: bool, aspects: list[str]) -> None:
    found = [mention.aspect for mention in vocabulary.aspect_mentions(text, asked=asked)]
    assert list(dict.fromkeys(found)) == aspects


def test_two_terms_cannot_claim_one_phrase(vocabulary: Vocabulary) -> None:
    terms = (
        Term(name="办公费", group="经济分类"),
        Term(name="邮电费", group="经济分类", aliases=("办公 费",)),
    )
    with pytest.raises(ValueError, match="办公费 and 邮电费"):
        Vocabulary(terms, vocabulary.aspects)


def test_a_part_must_be_a_term(vocabulary: Vocabulary) -> None:
    whole = Term(name="水电费", group="经济分类", parts=("水费",))
    with pytest.raises(ValueError, match="水费"):
        Vocabulary((whole,), vocabulary.aspects)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("2024年部门预算是多少", ["支出合计"]),
        ("2024年部门预算里机关运行经费是多少", ["机关运行经费"]),
        ("基本支出的预算总数", ["基本支出"]),
        ("两年三公经费实际支出合计", ["三公经费"]),
        ("城市低保和农村低保合计支出", ["城市最低生活保障金支出", "农村最低生活保障金支出"]),
        ("支出合计和三公经费各多少", ["支出合计", "三公经费"]),
        ("收入决算表里其他收入多少", ["其他收入"]),
        ("谁的公务用车多，各几辆", ["车辆"]),
        ("公务用车有多少辆", ["车辆"]),
        ("公务用车花了多少", ["公务用车购置及运行维护费"]),
        ("买车和养车各多少", ["公务用车购置费", "公务用车运行维护费"]),
        ("公车加油花了多少", ["公务用车燃料费"]),
        ("预算执行率多少", ["部门预算执行率"]),
        ("信息化项目执行率多少", []),
        ("年底还结余多少没花完", ["年末结转和结余"]),
    ],
)
def test_what_a_question_names(vocabulary: Vocabulary, text: str, terms: list[str]) -> None:
    assert terms_in(vocabulary, text, asked=True) == terms


def test_a_typo_behind_the_start_of_a_term_is_corrected(vocabulary: Vocabulary) -> None:
    (correction,) = vocabulary.correct("三公京费多少")
    assert (correction.term, correction.words) == ("三公经费", "三公京费")


@pytest.mark.parametrize(
    ("typed", "words", "term"),
    [
        ("财政局劳务废25预算", "劳务废", "劳务费"),  # three characters by themselves
        ("2025年油电费多少", "油电费", "邮电费"),  # 电费 is only the end of what is meant
        ("绩校工资预算", "绩校工资", "绩效工资"),
        ("贷物采购预算", "贷物采购预算", "政府采购货物"),  # alike to look at, not to hear
    ],
)
def test_slips_of_short_terms(vocabulary: Vocabulary, typed: str, words: str, term: str) -> None:
    (correction,) = vocabulary.correct(typed)
    assert (correction.words, correction.term) == (words, term)


@pytest.mark.parametrize(
    "text",
    [
        "2025年有电费吗",  # 有 sounds like 邮 and is a word of the sentence
        "老劳务废料处理",  # part of other words
        "其他环境监测与监察支出",  # right as it stands
    ],
)
def test_three_characters_are_left_alone_in_other_words(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.correct(text) == ()


@pytest.mark.parametrize(
    ("code", "subjects"),
    [
        ("2080505", ("机关事业单位基本养老保险缴费支出",)),
        ("208 05 99", ("其他行政事业单位养老支出",)),
        ("2010601", ("财政事务", "行政运行")),
        ("30113", ("工资福利支出", "住房公积金")),
        ("2129901", ("其他城乡社区支出",)),
        ("2019907", ()),
        ("999", ()),
    ],
)
def test_the_subjects_of_a_code(
    vocabulary: Vocabulary, code: str, subjects: tuple[str, ...]
) -> None:
    assert vocabulary.subjects_of_code(code) == subjects


@pytest.mark.parametrize(
    ("name", "words", "sister"),
    [
        ("行政编制", "事业", "事业编制"),
        ("授予中小企业合同金额", "小微", "授予小微企业合同金额"),
        ("公务用车购置费", "运行维护", "公务用车运行维护费"),
        ("行政编制", "宣传", None),
        ("三公经费", "培训", None),
    ],
)
def test_the_sister_of_a_term(
    vocabulary: Vocabulary, name: str, words: str, sister: str | None
) -> None:
    assert vocabulary.sister_of(name, words) == sister


def test_what_is_left_over_of_a_subject_is_named_without_its_spending(
    vocabulary: Vocabulary,
) -> None:
    (mention,) = vocabulary.mentions("其他工资福利是多少", asked=True)
    assert (mention.term, mention.words) == ("其他工资福利支出", "其他工资福利")


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("公务接待多少人次", ["国内公务接待人次"]),
        ("多少批公务接待", ["国内公务接待批次"]),
        ("公务接待多少钱", ["公务接待费"]),
        ("出国几个团", ["因公出国（境）团组数"]),
        ("国有资产有多少辆车", ["车辆"]),
        ("接待游客多少人次", []),  # no official reception
    ],
)
def test_a_counter_tells_the_count_from_the_money(
    vocabulary: Vocabulary, question: str, terms: list[str]
) -> None:
    assert [mention.term for mention in vocabulary.mentions(question, asked=True)] == terms
