"""The terms of Chinese public finance, read from data.

How they are found is `corpus.lexicon.term_matcher`.
`vocabulary.toml` has the terms and the words for them, `subjects.toml` the subjects of the budget
with their codes.
"""

from collections.abc import Iterable
from typing import Literal

from corpus.lexicon.data_files import read_data_as
from corpus.lexicon.normalise import fold
from corpus.model.types import Noun

TermKind = Literal["money", "people", "count", "percent", "score", "area", "text"]


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
