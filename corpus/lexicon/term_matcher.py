"""The finding of the terms of public finance in labels, reports and questions. No figures.

The terms are `corpus.lexicon.terms`; `aspects.toml` has the aspects (预算, 决算, 增减额) and their
words.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from typing import NamedTuple

from corpus.lexicon.counters import Counters, counts_what_follows
from corpus.lexicon.data_files import read_data_as
from corpus.lexicon.normalise import Folded, fold, fold_with_places
from corpus.lexicon.spelling import Correction, Typos
from corpus.lexicon.terms import (
    SUBJECT,
    Claim,
    Role,
    Term,
    holds,
    load_subjects_everywhere,
    load_terms,
    terms_to_claims,
    terms_to_question_claims,
)
from corpus.model.types import Aspect, Noun

__all__ = [
    "AspectMention",
    "AspectWords",
    "Correction",
    "Mention",
    "Term",
    "Vocabulary",
    "load_vocabulary",
]


class Mention(Noun):
    """A term named in a text: `words` is `text[start:end]` as it stands there."""

    term: str
    start: int
    end: int
    words: str


class AspectMention(Noun):
    """An aspect named in a text: `words` is `text[start:end]` as it stands there."""

    aspect: Aspect
    start: int
    end: int
    words: str


class AspectWords(Noun):
    """The words that say which aspect is meant, as reports write and as people ask."""

    written: dict[Aspect, tuple[str, ...]]
    asked: dict[Aspect, tuple[str, ...]]


class _Hit(NamedTuple):
    claim: Claim
    first: int
    last: int


# What stands around the name in a row label: numbering, 其中, codes; （类）; 预算数, 金额.
_LEAD = re.compile(
    r"^\s*(?:其中\s*[:：]|[加减]\s*[:：]|[（(]\s*[一二三四五六七八九十\d]{1,3}\s*[)）]\s*[、.．]?"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．]|\d{1,2}\s*[、.．)）](?!\d)"
    r"|\d{3}(?:\s*\d\d){0,2}(?=\s*\D)|[*★▲●-])\s*"
)
_TAIL = re.compile(
    r"(?:预算数|决算数|执行数|年初预算|预算|决算|支出|金额|总额|合计|小计|情况|数|万元|元)$"
)
# Claims that give way to any other term of the question, unless they are listed beside it.
_YIELDING: frozenset[Role] = frozenset({"alone", "sole"})
_LISTED = re.compile(r"^(?:和|与|及|以及|、|跟)")


class Vocabulary:
    """The terms and aspects with all the words for them. Built once, searched often."""

    def __init__(self, terms: Iterable[Term], aspects: AspectWords) -> None:
        """Take the terms and the words of the aspects.

        Raises ValueError where two terms claim one phrase or a part is no term.
        """
        self.terms = tuple(terms)
        self.aspects = aspects
        self._terms = {term.name: term for term in self.terms}
        self._mentions = lru_cache(maxsize=1024)(self._find_mentions)  # a text is looked at often
        self._labels = _labels(self.terms)
        self._codes = {code: term.name for term in self.terms for code in term.codes}
        self._everywhere = load_subjects_everywhere()
        self._wholes = {part: term.name for term in self.terms for part in term.parts}
        self.counters = Counters(self.terms)
        missing = [part for part in self._wholes if part not in self._terms]
        if missing:
            raise ValueError(f"parts that are no terms: {missing}")
        self._claims = {
            False: terms_to_claims(self.terms, asked=False),
            True: terms_to_question_claims(self.terms),
        }
        self._phrases = {asked: Phrases(claims) for asked, claims in self._claims.items()}
        said = _aspect_words(aspects.written)
        self._aspects = {False: said, True: _aspect_words(aspects.asked) | said}
        self._aspect_phrases = {asked: Phrases(words) for asked, words in self._aspects.items()}

    def term(self, name: str) -> Term | None:
        """Return the term of that name."""
        return self._terms.get(name)

    def fits(self, name: str, kind: str) -> bool:
        """Tell whether a figure that counts `kind` can be the level of a term; of no term any."""
        known = self._terms.get(name)
        return known is None or kind == known.kind or (known.kind == "count" and kind == "people")

    def whole_of(self, name: str) -> str | None:
        """Return the term that `name` is a part of."""
        return self._wholes.get(name)

    def parts_of(self, name: str) -> tuple[str, ...]:
        """Return the terms that add up to `name`; none where it is not divided."""
        term = self._terms.get(name)
        return term.parts if term else ()

    def sister_of(self, name: str, words: str) -> str | None:
        """Return the one term named like `name` but for `words`: 事业 of 行政编制 is 事业编制."""
        known = self._terms.get(name)
        found = [
            term.name
            for term in self.terms
            if known and term.group == known.group and _differs_by(known.name, term.name, words)
        ]
        if len(found) > 1:  # 行政 for 事业, and not before it: 行政单位医疗, 行政事业单位医疗
            found = [sister for sister in found if len(sister) == len(name)]
        return found[0] if len(found) == 1 else None

    def term_of_code(self, code: str) -> str | None:
        """Return the term of a subject's code: "2080505", "208 05 05", "30217"."""
        return self._codes.get(re.sub(r"\s", "", code))

    def subjects_of_code(self, code: str) -> tuple[str, ...]:
        """Return the subject of a code, after the one that it is under where it needs that.

        行政运行 and 住房公积金 stand under several codes: "2010601" is 财政事务, 行政运行.
        """
        digits = re.sub(r"\D", "", code)
        above = self._codes.get(digits[:-2])
        name = self._codes.get(digits)
        if name is None and above:
            # 2129901 is all of 21299, 其他城乡社区支出, under the same name.
            rest = above.startswith("其他") and digits[5:] in ("01", "99")
            name = above if rest else self._everywhere.get(digits[5:])
        if name is None:
            return ()
        several = len(self._terms[name].codes) != 1
        return (above, name) if several and above and above != name else (name,)

    def term_of(self, words: str) -> str | None:
        """Return the term that a whole row label or phrase of a report names, else None.

        Numbering, 其中：, codes, （类） and what follows of the kind of 预算数 do not matter.
        """
        label = words
        while (shorter := _LEAD.sub("", label, count=1)) != label:
            label = shorter
        label = fold(SUBJECT.sub("", label))
        while label not in self._labels:
            shorter = _TAIL.sub("", label)
            if shorter == label:
                return None
            label = shorter
        return self._labels[label]

    def mentions(self, text: str, *, asked: bool = False) -> tuple[Mention, ...]:
        """Return the terms that `text` names, in reading order, longest first, none overlapping.

        With `asked`, the ways in which people ask count as well as those of reports.
        """
        return self._mentions(text, asked=asked)

    def _find_mentions(self, text: str, *, asked: bool) -> tuple[Mention, ...]:
        folded = fold_with_places(text)
        hits = list(self._hits(text, folded, asked=asked))
        if any(hit.claim.role not in _YIELDING for hit in hits):
            hits = [
                hit for hit in hits if hit.claim.role not in _YIELDING or _is_listed(hit, folded)
            ]
        if asked:
            hits = self._with_counted(hits, folded)
        return tuple(
            Mention(term=hit.claim.term, start=start, end=end, words=text[start:end])
            for hit in hits
            for start, end in [_balanced(text, *folded.original(hit.first, hit.last))]
        )

    def _hits(self, text: str, folded: Folded, *, asked: bool) -> Iterator[_Hit]:
        phrases, claims = self._phrases[asked], self._claims[asked]
        first = 0
        while first < len(folded.text):
            for phrase in phrases.at(folded.text, first):
                last = first + len(phrase)
                rest = text[folded.original(first, last)[1] :]
                claim = claims[phrase]
                counted = not claim.people and counts_what_follows(phrase, rest)
                if not counted and holds(claim, folded.text[:first], folded.text[last:], rest):
                    yield _Hit(claim, first, last)
                    first = last
                    break
            else:
                first += 1

    def _with_counted(self, hits: list[_Hit], folded: Folded) -> list[_Hit]:
        """Let 公务用车 be the cars where it is asked how many 辆, and not the money for them."""
        counted = {
            (item.first, item.last): _Hit(Claim(item.term, "plain", people=True), *item[1:])
            for item in self.counters.find(folded.text, [(hit.first, hit.last) for hit in hits])
        }
        if not counted:
            return hits
        kept = [hit for hit in hits if (hit.first, hit.last) not in counted]
        return sorted((*kept, *counted.values()), key=lambda hit: hit.first)

    def aspect_mentions(self, text: str, *, asked: bool = False) -> tuple[AspectMention, ...]:
        """Return the aspects that `text` names, found as `mentions` finds terms."""
        folded = fold_with_places(text)
        found: list[AspectMention] = []
        first = 0
        while first < len(folded.text):
            phrase = next(self._aspect_phrases[asked].at(folded.text, first), "")
            if phrase:
                start, end = folded.original(first, first + len(phrase))
                aspect = self._aspects[asked][phrase]
                found.append(
                    AspectMention(aspect=aspect, start=start, end=end, words=text[start:end])
                )
            first += len(phrase) or 1
        return tuple(found)

    def correct(self, text: str) -> tuple[Correction, ...]:
        """Return the mistyped terms of a question: 三工经费 for 三公经费. Conservative.

        Nothing that is understood as it stands is corrected, nor what could be two terms.
        """
        taken = [(mention.start, mention.end) for mention in self.mentions(text, asked=True)]
        return self._typos.corrections(text, taken=taken)

    @cached_property
    def _typos(self) -> Typos:
        plain = ((phrase, claim) for phrase, claim in self._claims[True].items())
        return Typos({phrase: claim.term for phrase, claim in plain if claim.role == "plain"})


def _is_listed(hit: _Hit, folded: Folded) -> bool:
    """Tell whether a hit stands in a list beside others: 支出合计和三公经费."""
    before, after = folded.text[: hit.first], folded.text[hit.last :]
    joined = _LISTED.match(after) or re.search(r"[和与及、跟]$", before)
    return hit.claim.role == "sole" and bool(joined)


def _differs_by(one: str, other: str, words: str) -> bool:
    """Tell whether `other` is `one` with a piece in its middle or at its head put as `words`."""
    one, other = fold(one), fold(other)
    if words not in other or words in one:
        return False
    head = _same_start(one, other)
    tail = _same_start(one[head:][::-1], other[head:][::-1])
    own = other[head : len(other) - tail]
    return (tail > 1 or (tail == 1 and head > 1)) and own in words


def _same_start(one: str, other: str) -> int:
    """Return how many characters two words have in common at their start."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the quotation mark or bracket whose partner stands inside: “三公”经费."""
    for opening, closing in ("“”", "（）", "()", "《》", "‘’"):
        inside = text[start:end].count(opening) - text[start:end].count(closing)
        if inside < 0 and text[max(start - 1, 0) : start] == opening:
            start -= 1
        elif inside > 0 and text[end : end + 1] == closing:
            end += 1
    return start, end


def _labels(terms: Iterable[Term]) -> dict[str, str]:
    """Map all folded words that name a term as a whole row label to the term."""
    return {
        fold(word): term.name
        for term in terms
        for word in (*term.labels, *term.bare, *term.aliases, term.name)
    }


def _aspect_words(words: dict[Aspect, tuple[str, ...]]) -> dict[str, Aspect]:
    return {fold(word): aspect for aspect, said in words.items() for word in said}


@cache
def load_vocabulary() -> Vocabulary:
    """Return the vocabulary of the data files; read once a process."""
    return Vocabulary(load_terms(), read_data_as(AspectWords, "aspects"))


class Phrases:
    """A set of phrases, built once and searched often.

    A dictionary from each first character to the lengths that phrases with it have, longest
    first, makes a search cost a few slices a character, however many phrases there are.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take the phrases, folded by the caller; an empty phrase is left out."""
        self._phrases = frozenset(phrases) - {""}
        lengths: dict[str, set[int]] = {}
        for phrase in self._phrases:
            lengths.setdefault(phrase[0], set()).add(len(phrase))
        self._lengths = {char: sorted(found, reverse=True) for char, found in lengths.items()}

    def at(self, text: str, place: int) -> Iterator[str]:
        """Yield the phrases that start at `place`, longest first."""
        for length in self._lengths.get(text[place], ()):
            phrase = text[place : place + length]
            if len(phrase) == length and phrase in self._phrases:
                yield phrase
