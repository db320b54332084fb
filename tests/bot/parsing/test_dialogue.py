"""Filling up a message from the talk so far: what it names wins, what it does not name stays."""

from datetime import date

from bot.parsing.dialogue import fill_up, merge_asks, says_what
from bot.parsing.parser import Reading, words_to_reading
from bot.types import Ask, Memory, Question
from corpus.lexicon.term_matcher import load_vocabulary
from scripts.toy_reports import FINANCE, UNION

PUBLIC = Ask(kind="金额", terms=("三公经费",), said=("三公经费",))


def reading(words: str) -> Reading:
    return words_to_reading(
        words, known=(UNION, FINANCE), vocabulary=load_vocabulary(), today=date(2026, 3, 1)
    )


def filled(*turns: str) -> Question:
    """Return the last question of a talk, filled up."""
    memory = Memory()
    for turn in turns:
        memory = Memory(question=fill_up(reading(turn), memory))
    assert memory.question is not None
    return memory.question


def terms(question: Question) -> tuple[str, ...]:
    return tuple(term for ask in question.asks for term in ask.terms)


FIRST = "总工会2024年三公经费实际支出多少"


def test_the_other_side_is_that_of_the_budget_that_was_talked_of() -> None:
    assert terms(filled("2025年一般公共预算收入完成多少", "支出呢")) == (
        "一般公共预算财政拨款支出",
    )
    assert terms(filled("2024年三公经费多少", "支出呢")) == ("支出合计",)


def test_the_first_message_stands_as_it_is() -> None:
    alone = reading("那2023年呢")
    assert fill_up(alone, Memory()) == alone.question


def test_another_year() -> None:
    asked = filled(FIRST, "那2023年呢")
    assert (asked.organisations, asked.years, asked.aspects) == ((UNION,), (2023,), ("决算",))
    assert terms(asked) == ("三公经费",)


def test_another_body() -> None:
    asked = filled(FIRST, "那财政局呢")
    assert (asked.organisations, asked.years, terms(asked)) == ((FINANCE,), (2024,), ("三公经费",))


def test_another_aspect() -> None:
    asked = filled(FIRST, "年初预算呢")
    assert (asked.organisations, asked.years, asked.aspects) == ((UNION,), (2024,), ("预算",))
    assert terms(asked) == ("三公经费",)


def test_another_thing() -> None:
    asked = filled(FIRST, "那人员经费呢")
    assert (asked.organisations, asked.years, asked.aspects) == ((UNION,), (2024,), ("决算",))
    assert terms(asked) == ("人员经费",)


def test_an_aspect_that_is_news_is_not_carried_to_another_thing() -> None:
    assert filled("总工会2024年三公经费人均多少", "那人员经费呢").aspects == ()


def test_a_whole_question_carries_its_body_and_year_alone() -> None:
    asked = filled(FIRST, "人员经费预算是多少")
    assert (asked.organisations, asked.years, asked.aspects) == ((UNION,), (2024,), ("预算",))
    assert terms(asked) == ("人员经费",)


def test_the_reason_for_what_was_talked_of() -> None:
    asked = filled("总工会2024年人员经费多少", "为什么")
    assert (asked.operation, asked.organisations, asked.years) == ("原因", (UNION,), (2024,))
    assert terms(asked) == ("人员经费",)


def test_a_way_of_asking_lasts_over_another_year() -> None:
    assert filled("总工会2024年有没有项目支出", "2023年呢").operation == "是否"
    assert filled("总工会2024年三公经费比上年多多少", "那财政局呢").operation == "差额"


def test_a_body_stays_until_another_is_named() -> None:
    asked = filled(FIRST, "那财政局呢", "那2023年呢", "人均呢")
    assert (asked.organisations, asked.years, asked.aspects) == ((FINANCE,), (2023,), ("人均",))


def test_an_unknown_body_is_not_replaced_by_the_one_before() -> None:
    asked = filled(FIRST, "那教育局呢")
    assert (asked.organisations, asked.unknown_organisation) == ((), "教育局")


def test_a_level_is_dropped_with_its_body() -> None:
    assert filled("财政局本级2024年三公经费多少", "那2023年呢").levels == ("单位",)
    assert filled("财政局本级2024年三公经费多少", "那总工会呢").levels == ()


def test_a_named_document_is_dropped_with_a_year() -> None:
    assert filled("财政局25年预算书里三公经费多少", "公务接待费呢").documents == (2025,)
    assert filled("财政局25年预算书里三公经费多少", "2024年呢").documents == ()


def test_a_part_of_what_was_talked_of_is_named_by_its_own_word() -> None:
    assert terms(filled("财政局2024年政府采购多少", "货物呢")) == ("政府采购货物",)


def test_the_kind_that_a_message_says_replaces_the_kind_before() -> None:
    assert merge_asks((Ask(),), (PUBLIC,)) == (PUBLIC,)
    (merged,) = merge_asks((Ask(kind="百分比"),), (PUBLIC,))
    assert (merged.kind, merged.terms) == ("百分比", ("三公经费",))


def test_a_message_says_what_it_asks_about_by_a_term_or_by_words() -> None:
    assert says_what(Question(words="", asks=(PUBLIC,)))
    assert says_what(Question(words="", asks=(Ask(words="消费券"),)))
    assert not says_what(Question(words="", asks=(Ask(kind="金额"),)))


def test_a_sister_of_the_thing_talked_of_is_that_thing() -> None:
    asked = filled("财政局2024年授予中小企业合同金额多少", "小微的呢")
    assert terms(asked) == ("授予小微企业合同金额",)
    assert asked.organisations == (FINANCE,)


def test_the_same_subject_of_another_body_is_the_old_thing() -> None:
    asked = filled("财政局经济分类30112，2024决算数", "总工会同一科目呢")
    assert (asked.organisations, terms(asked)) == ((UNION,), ("其他社会保障缴费",))
    assert (asked.years, asked.aspects) == ((2024,), ("决算",))


def test_a_body_that_is_compared_with_joins_that_of_the_talk() -> None:
    for words in ("比财政局多多少", "跟财政局比呢", "和财政局比一下"):
        asked = filled(FIRST, words)
        assert asked.organisations == (UNION, FINANCE)
        assert asked.operation in ("差额", "比较")


def test_a_year_that_is_compared_with_is_a_base() -> None:
    for words in ("跟上一年比呢", "比上年怎么样", "跟2023年比"):
        asked = filled(FIRST, words)
        assert (asked.operation, asked.years) == ("差额", (2024,))


def test_a_part_is_of_what_was_talked_of() -> None:
    asked = filled("财政局2024年住房保障支出多少", "其中项目支出呢")
    assert terms(asked) == ("项目支出", "住房保障支出")
    assert asked.asks[0].carried == ("住房保障支出",)
    assert terms(filled("财政局2024年三公经费多少", "其中公务接待费呢")) == ("公务接待费",)
    assert terms(filled("财政局2024年住房保障支出多少", "项目支出呢")) == ("项目支出",)


def test_the_sister_of_a_part_is_of_the_same_whole() -> None:
    asked = filled("财政局2024年住房保障支出多少", "其中项目支出呢", "基本支出呢")
    assert terms(asked) == ("基本支出", "住房保障支出")
    assert terms(filled("财政局2024年住房保障支出多少", "其中项目支出呢", "培训费呢")) == (
        "培训费",
    )
