"""Claims of terms on phrases, and under which condition a phrase stands for its term. No search."""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from corpus.lexicon.normalise import fold
from corpus.lexicon.terms import Term

Role = Literal["plain", "bare", "opening", "loose", "alone", "sole", "subject"]


class Claim(NamedTuple):
    """A term's claim on a phrase, and under which condition the phrase stands for the term."""

    term: str
    role: Role
    people: bool


SUBJECT = re.compile(r"\s*[（(]\s*[类款项]\s*[)）]")
# 2024年支出预算 and 本部门总支出 are totals; 人员支出预算 is one of 人员 only.
_TOTAL_AFTER = re.compile(
    r"(?:^|[^㐀-鿿]|[年度门位局委会院办处所队站校心总级本共中际的和及与是为占]|街道)$"
)
# 支出决算 after a comma is an aspect of what the sentence is about, and no total.
_OPENING_AFTER = re.compile(
    r"(?:^|[.!?]|[年度门位局委会院办处所队站校心总级本共中际的]|街道|单位)$"
)
_ALONE_AFTER = re.compile(
    r"(?:^|[^㐀-鿿]|[年度门位局委会院办处所队站校心总级本共中里那它您你]|街道|分别)$"
)
_ALONE_BEFORE = re.compile(r"(?:[了是]?(?:多少|几)?(?:钱|元|万元|人)?)?[了的吗呢啊呀吧]?[?!.,;]*$")
_SPENDING = re.compile(
    r"(?:方面|这块|这项|一项|上面|上|总共|一共|都|各|实际|到底|年初|全年|今年|去年|20\d\d年|的"
    r"|准备了?|打算|计划|预备了?|留了?|拿出|拨了?|要)*"
    r"(?:[花费钱缴呢]|用了|用掉|支出|开支|多少钱|经费|预算|决算|金额|安排|交了|是多少|有?多少$|[?]*$)"
)
_COUNTING = re.compile(
    r"(?:的|人员|单位|职工)?(?:[一总]?共)?(?:有|是)?(?:多少|几|哪|人数)|呢|[?]*$"
    r"|(?:加上?|[和与跟])[㐀-鿿]{2,6}(?:一?共|合计|多少|几|哪|谁)"
)
_NAMES_A_TABLE = re.compile(r"(?:[总明情]?[细况]?)?表(?!示|明|决)")
_ANOTHER = re.compile(r"(?:其[他它]|非)$")


def holds(claim: Claim, before: str, after: str, rest: str) -> bool:
    """Tell whether a phrase between `before` and `after` (folded) stands for its term here.

    `rest` is the original text after the phrase, whose brackets folding has dropped.
    """
    if _ANOTHER.search(before[-2:]):
        return False
    if claim.role in ("bare", "opening", "sole") and _NAMES_A_TABLE.match(after):
        return False
    if claim.role == "bare":
        return bool(_TOTAL_AFTER.search(before[-2:]))
    if claim.role == "opening":
        return bool(_OPENING_AFTER.search(before[-2:]))
    if claim.role == "alone":
        return bool(_ALONE_AFTER.search(before[-2:]) and _ALONE_BEFORE.match(after))
    if claim.role == "subject":
        return bool(SUBJECT.match(rest))
    if claim.role == "loose":
        cue = _COUNTING if claim.people else _SPENDING
        return bool(cue.match(after) or SUBJECT.match(rest))
    return True


def terms_to_claims(terms: Iterable[Term], *, asked: bool) -> dict[str, Claim]:
    """Map folded phrases to the terms they stand for: as reports write, or as people ask."""
    claims: dict[str, Claim] = {}
    for term in terms:
        people = term.kind not in ("money", "percent")
        for role, words in _asked_words(term) if asked else _written_words(term):
            for word in words:
                claim = Claim(term.name, role, people)
                if claims.setdefault(fold(word), claim).term != term.name:
                    raise ValueError(f"{word}: {claims[fold(word)].term} and {term.name}")
    return claims


def terms_to_question_claims(terms: Iterable[Term]) -> dict[str, Claim]:
    """Join both ways for a question: written words come first, save those that stand alone."""
    given = tuple(terms)
    written, asked = terms_to_claims(given, asked=False), terms_to_claims(given, asked=True)
    firm = {phrase: claim for phrase, claim in written.items() if claim.role != "subject"}
    sole = {phrase: claim for phrase, claim in asked.items() if claim.role == "sole"}
    return written | asked | firm | sole


def _written_words(term: Term) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    named: Role = "plain" if term.running else "subject"
    opening = tuple(word for word in term.bare if word.endswith(("预算", "决算")))
    bare = tuple(word for word in term.bare if word not in opening)
    return ((named, (term.name,)), ("plain", term.aliases), ("bare", bare), ("opening", opening))


def _asked_words(term: Term) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    loose = term.loose if term.running else (term.name, *term.loose)
    return (("plain", term.asked), ("loose", loose), ("alone", term.alone), ("sole", term.sole))
