"""Everyday words for a subject are the report's own where it prints a figure under them."""

from bot.parsing.entity_linking import in_own_words
from bot.types import Ask, Question
from corpus.lexicon.term_matcher import load_vocabulary
from scripts.toy_reports import toy_fact

VOCABULARY = load_vocabulary()
SPORT = Question(
    words="体育活动花了多少", asks=(Ask(terms=("群众体育",), said=("体育活动",), words="社区"),)
)


def test_the_words_of_a_name_that_a_report_prints_are_no_term() -> None:
    facts = (toy_fact("1.2", measure="职工体育活动补贴"),)
    (ask,) = in_own_words(SPORT, facts, VOCABULARY).asks
    assert (ask.terms, ask.said, ask.words) == ((), (), "体育活动 社区")


def test_without_such_a_name_the_words_stand_for_the_subject() -> None:
    facts = (toy_fact("1.2", measure="群众体育"), toy_fact("1.2", measure="体育场地租金"))
    assert in_own_words(SPORT, facts, VOCABULARY) is SPORT


def test_the_name_of_a_subject_itself_always_stands_for_it() -> None:
    named = Question(words="群众体育多少", asks=(Ask(terms=("群众体育",), said=("群众体育",)),))
    assert in_own_words(named, (toy_fact("1.2", measure="群众体育设施"),), VOCABULARY) is named


REPAIR = Question(
    words="仓库维修安排多少钱", asks=(Ask(terms=("维修（护）费",), said=("维修",), words="仓库"),)
)


def test_a_term_that_is_part_of_a_longer_name_gives_way_to_the_name() -> None:
    facts = (toy_fact("5", measure="维修（护）费"), toy_fact("8", measure="仓库维修改造"))
    (ask,) = in_own_words(REPAIR, facts, VOCABULARY).asks
    assert (ask.terms, ask.said, ask.words) == ((), (), "维修 仓库")


def test_a_term_stays_where_no_name_holds_the_words_beside_it() -> None:
    facts = (toy_fact("5", measure="维修（护）费"), toy_fact("8", measure="冷库维修改造"))
    assert in_own_words(REPAIR, facts, VOCABULARY) is REPAIR
