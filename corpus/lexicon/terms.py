"""The terms of Chinese public finance, read from data, and their claims on phrases.

`vocabulary.toml` has the terms and the words for them, `subjects.toml` the subjects of the budget
with their codes. A phrase stands for its term under a condition; how phrases are found is
`corpus.lexicon.term_matcher`.
"""

import re
from collections.abc import Iterable
from typing import Literal, NamedTuple

from corpus.lexicon.data_files import read_data_as
from corpus.lexicon.normalise import fold
from corpus.model.types import Noun

TermKind = Literal["money", "people", "count", "percent", "score", "area", "text"]
Role = Literal["plain", "bare", "opening", "loose", "alone", "sole", "subject"]


class Term(Noun):
    """A thing that reports give figures of, and the words for it.

    `aliases` are ways to write it, `asked` ways to ask for it. `loose` words ask for it only before
    words of spending or counting, `alone` words only at the end of a question that names nothing
    else, `sole` words only where the question names nothing else that they could be of, `counted`
    words (those of the term `counted_as`) only where it asks how many in the term's `counter`,
    `labels` name it only as a whole row label, `bare` words only where nothing stands before them
    that would make them the total of something smaller. `parts` add up to it; `near` is easily
    taken for it and is not it; `instead` is told, under its own name, where a report has none of
    it. `running` is False where the name is too common for text.
    """

    name: str
    group: str
    kind: TermKind = "money"
    aliases: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    sole: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    counted_as: str = ""
    counter: str = ""
    labels: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    running: bool = True


class _TermFile(Noun):
    term: tuple[Term, ...]


class _SubjectFile(Noun):
    function: dict[str, str]
    economy: dict[str, str]
    everywhere: dict[str, str]
    labels: tuple[str, ...]


def load_terms() -> tuple[Term, ...]:
    """Read the terms of both files; a subject that vocabulary.toml knows gets its codes there."""
    written = read_data_as(_TermFile, "vocabulary")
    subjects = read_data_as(_SubjectFile, "subjects")
    terms = {term.name: term for term in written.term}
    for term in written.term:
        if term.counted_as:
            counted = terms[term.counted_as].counted
            terms[term.name] = term.model_copy(update={"counted": counted})
    terms |= {
        name: Term(name=name, group="功能分类")
        for name in subjects.everywhere.values()
        if name not in terms
    }
    for group, names in (("功能分类", subjects.function), ("经济分类", subjects.economy)):
        for code, name in names.items():
            term = terms.get(name) or Term(name=name, group=group)
            terms[name] = term.model_copy(update={"codes": (*term.codes, code)})
    common = frozenset(subjects.labels)
    return _with_made_words(
        term.model_copy(update={"running": False}) if term.name in common else term
        for term in terms.values()
    )


def load_subjects_everywhere() -> dict[str, str]:
    """Return the subjects that most 款 have: the last two digits of the code to the name."""
    return read_data_as(_SubjectFile, "subjects").everywhere


def _with_made_words(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Add the words that follow by rule, where no term claims them in the data."""
    given = tuple(terms)
    claimed = {
        fold(word)
        for term in given
        for word in (term.name, *term.aliases, *term.asked, *term.bare, *term.loose, *term.labels)
    }
    return tuple(
        term.model_copy(
            update={
                "aliases": (*term.aliases, *_unclaimed(_longer_words(term), claimed)),
                "asked": (*term.asked, *_unclaimed(_rest_words(term), claimed)),
                "loose": (*term.loose, *_unclaimed(_short_words(term), claimed)),
                "labels": (*term.labels, *_unclaimed(_short_words(term), claimed)),
            }
        )
        for term in given
    )


def _unclaimed(words: Iterable[str], claimed: set[str]) -> list[str]:
    return [word for word in words if fold(word) not in claimed]


def _longer_words(term: Term) -> list[str]:
    """Lengthen the names that reports do: 办公费用 and 办公费支出, 工会经费支出."""
    if not term.running:
        return []
    words = [word for word in (term.name, *term.aliases) if word.endswith(("费", "金", "补贴"))]
    longer = [word + "支出" for word in words]
    longer += [word + "用" for word in words if word.endswith("费") and not word.endswith("经费")]
    return list(dict.fromkeys(longer))


def _rest_words(term: Term) -> list[str]:
    """Cut 支出 off what is left over of a subject: 其他工资福利, 其他城乡社区."""
    short = term.name.removesuffix("支出").removesuffix("等")
    rest = term.codes and term.name.startswith("其他") and short != term.name
    return [short] if rest and len(short) > 4 else []


def _short_words(term: Term) -> list[str]:
    """Cut 支出 off the 类 of the functional classification: 城乡社区, 农林水."""
    if not any(len(code) == 3 and code[0] == "2" for code in term.codes):
        return []
    short = term.name.removesuffix("支出").removesuffix("等")
    return [short] if len(short) > 2 and short != term.name else []


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
