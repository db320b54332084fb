"""The features by which a candidate is ranked: few, named, each a number that can be printed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.parsing.grammar import text_to_kind
from bot.query.forms import fact_to_select, selects_of
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import (
    fact_to_names,
    fits_aspect,
    fits_counter,
    fits_kind,
    names_to_terms,
)
from bot.query.selection import key_of
from bot.types import Answer, Figure, Question
from bot.understanding.candidates import KINDS, Candidate, Slots
from bot.understanding.found import Near, NearPassage, Recalled
from corpus.entities.quantities import parse_number
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Fact, Level
from index.encoder.operations import NONE, OPERATIONS
from index.wordings.wording import fact_to_wording

OF_RULES = "rules"  # what the rules answer is of no kind of form
PATTERNS = patterns("questions.features")
COUNTED, RECKONS = PATTERNS["counted"], PATTERNS["reckons"]
PAST = PATTERNS["past"]
RISE = PATTERNS["rise"]
FALL = PATTERNS["fall"]
REASON = PATTERNS["reason"]
JOINS = PATTERNS["joins"]
ASKING = PATTERNS["asking"]
NO_SUCH = 0.0
# What the rules are judged by before the reader has looked: nothing that needs a vector.
NEEDS_READER = re.compile(r"op_|top_|told_|p_kind|score|behind|as_rules|is_")


def without_reader(features: Mapping[str, float]) -> dict[str, float]:
    """Return the features that are known before the question is encoded."""
    return {name: value for name, value in features.items() if not NEEDS_READER.match(name)}


@dataclass(frozen=True)
class Asked:
    """What the features are taken against: the question, its slots and all that is near it."""

    question: Question
    wording: str
    slots: Slots
    operations: Mapping[str, float]
    recalled: Recalled
    open: bool
    follows: bool
    rules: Answer | None  # what the rules answer
    facts: Mapping[str, Fact]  # those of the scope, by their ids
    bodies: tuple[str, ...] = ()  # whose reports the message is asked of
    wanted: int = 0  # how many figures it asks for at least

    @property
    def near(self) -> Sequence[Near]:
        """The figures of the years asked for, the nearest first."""
        return self.recalled.near

    @property
    def passages(self) -> Sequence[NearPassage]:
        """The sentences, the nearest first."""
        return self.recalled.passages

    @property
    def top(self) -> float:
        """The score of the nearest figure of the years asked for."""
        return self.near[0].score if self.near else NO_SUCH

    @property
    def top_told(self) -> float:
        """The score of the nearest sentence."""
        return self.passages[0].score if self.passages else NO_SUCH


def question_features(asked: Asked) -> dict[str, float]:
    """Return what is the same for all candidates of a question."""
    near = asked.near
    second = next((one.score for one in near[1:] if one.fact.value != near[0].fact.value), NO_SUCH)
    row = {f"op_{name}": asked.operations.get(name, 0.0) for name in OPERATIONS if name != NONE}
    rules = asked.rules.status if asked.rules else "none"
    return row | {
        "q_length": float(len(asked.wording)),
        "q_years": float(len(asked.slots.years)),
        "q_bodies": float(len(asked.slots.bodies)),
        "q_aspects": float(len(asked.slots.aspects)),
        "q_base": float(asked.slots.base is not None),
        "q_terms": float(len(_terms(asked.question))),
        "q_joins": float(len(JOINS.findall(asked.wording))),
        "q_asking": float(len(ASKING.findall(asked.wording))),
        "q_open": float(asked.open),
        "q_follows": float(asked.follows),
        "q_stranger": float(bool(asked.question.unknown_organisation)),
        "top_near": asked.top,
        "top_wide": asked.recalled.wide[0].score if asked.recalled.wide else NO_SUCH,
        "q_pieces": float(sum(one.found == "piece" for one in asked.recalled.beside)),
        "q_wanted": float(asked.wanted),
        "top_gap": asked.top - second,
        "top_told": asked.top_told,
        "told_gap": asked.top_told
        - (asked.passages[1].score if len(asked.passages) > 1 else NO_SUCH),
        "rules_answered": float(rules == "answered"),
        "rules_clarify": float(rules == "clarify"),
    }


def _terms(question: Question) -> frozenset[str]:
    return frozenset(term for ask in question.asks for term in ask.terms)


def candidate_features(asked: Asked, candidate: Candidate, answer: Answer) -> dict[str, float]:
    """Return what speaks for and against one candidate, with the answer that it gives."""
    scores = candidate.scores
    row = {f"is_{kind}": float(candidate.kind == kind) for kind in (*KINDS, OF_RULES)}
    row |= {
        "p_kind": sum(asked.operations.get(one, 0.0) for one in KINDS[candidate.kind].operations),
        "score": scores[0],
        "score_least": min(scores),
        "behind": asked.top - scores[0],
        "behind_least": asked.top - min(scores),
        "behind_told": asked.top_told - scores[0],
        "clarifies": float(answer.status == "clarify"),
        "values": float(len(answer.figures)),
        "by_parts": float(
            bool(asked.recalled.parts) and candidate.operands == asked.recalled.parts
        ),
        "of_pieces": float(sum(one.found == "piece" for one in candidate.operands)),
        "of_talk": float(sum(one.found == "talk" for one in candidate.operands)),
        "of_sentence": float(
            len({(one.fact.report, one.fact.quote) for one in candidate.operands}) == 1
        ),
        "of_bodies": float(_bodies_in(candidate)),
        "left_out": float(max(0, asked.wanted - len({told_of(one) for one in answer.figures}))),
        "computed": float(any(figure.formula for figure in answer.figures)),
        "as_rules": _as_rules(asked.rules, answer),
    }
    row |= _whose_features(asked, _bodies_of(candidate))
    return row | _operand_features(asked, candidate) | _passage_features(asked, candidate)


def _bodies_in(candidate: Candidate) -> int:
    """Return how many bodies a form names."""
    return len({body for select in selects_of(candidate.form) for body in select.who})


def told_of(figure: Figure) -> tuple[str, str, str]:
    """Return what tells a figure of an answer from another."""
    return (figure.value, figure.unit, figure.label)


Whose = tuple[str, Level | None]


def _bodies_of(candidate: Candidate) -> tuple[Whose, ...]:
    if candidate.passage is not None:
        return ((candidate.passage.organisation, candidate.passage.level),)
    return tuple((one.fact.organisation, one.fact.level) for one in candidate.operands)


def _whose_features(asked: Asked, whose: Sequence[Whose]) -> dict[str, float]:
    """Return how much of the names of its bodies is said, and what of the nearest name is more.

    A name that no slot has taken, shortened or put otherwise, speaks all the same.
    """
    said = asked.question.words + "".join(asked.question.organisations)
    most = max((_said_of(name, said) for name in asked.bodies), default=0.0)
    own = min((_said_of(name, said) for name, _ in whose), default=0.0)
    levels = set(asked.question.levels)
    fits = all(level in levels for _, level in whose)
    return {
        "body_said": own,
        "body_behind": most - own,
        "level": _agreement(bool(levels), fits),
        "level_part": float(any(level == "单位" for _, level in whose)),
    }


@lru_cache(maxsize=4096)
def _said_of(name: str, said: str) -> float:
    """Return the share of the character pairs of a name that a message says."""
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    return sum(pair in said for pair in pairs) / max(1, len(pairs))


def rules_features(asked: Asked, answer: Answer) -> dict[str, float]:
    """Return the features of the answer that the rules give."""
    row = {f"is_{kind}": float(kind == OF_RULES) for kind in (*KINDS, OF_RULES)}
    row |= {f"rule_{name}": float(asked.question.operation == name) for name in RULE_OPERATIONS}
    known = (asked.facts.get(figure.fact or "") for figure in answer.figures)
    fact = next((one for one in known if one), None)
    place = _place_of(fact, asked.near) if fact else None
    score = asked.near[place].score if place is not None else NO_SUCH
    row |= {
        "p_kind": asked.operations.get(RULE_OPERATIONS.get(asked.question.operation, ""), 0.0),
        "score": score,
        "score_least": score,
        "behind": asked.top - score,
        "behind_least": 20.0 if place is None else float(min(place, 20)),
        "behind_told": NO_SUCH,
        "clarifies": float(answer.status == "clarify"),
        "values": float(len(answer.figures)),
        "computed": float(any(figure.formula for figure in answer.figures)),
        "as_rules": 1.0,
    }
    own = [Near(select=fact_to_select(fact), fact=fact, score=score)] if fact else []
    left = sum(len(ask.words.replace(" ", "")) for ask in asked.question.asks)
    whose = [(fact.organisation, fact.level)] if fact else []
    row |= _whose_features(asked, whose)
    unread = _unread(asked.question, [asked.facts.get(one.fact or "") for one in answer.figures])
    read = {"rules_left": float(left), "rules_unread": unread}
    return row | _facts_features(asked, own) | _no_passage() | read


def _without_count(piece: str, told: int) -> str:
    """Return a piece of a question without how many things there are, where as many are told."""
    counted = COUNTED.search(piece)
    if counted is None or parse_number(counted["count"].replace("两", "二")) != told:
        return piece
    return piece.replace(counted[0], "")


def _parts_of(piece: str) -> list[str]:
    """Return what a piece of a question names, parted where it says what is to be reckoned.

    支出扣掉局 is 支出; one character beside such a word names nothing by itself.
    """
    parts = RECKONS.split(piece)
    return parts if len(parts) == 1 else [part for part in parts if len(part) > 1]


def _unread(question: Question, told: Sequence[Fact | None]) -> float:
    """Return how many characters of a question no name of the figures told bears out.

    六个项目 is borne out by as many figures.
    """
    names = [fact_to_names(fact) for fact in told if fact]
    words = [
        part
        for ask in question.asks
        for piece in ask.words.split()
        for part in _parts_of(_without_count(piece, len(names)))
    ]
    return float(
        sum(
            len(piece)
            for piece in words
            if not any(
                piece in name or (len(name) > 1 and name in piece) for one in names for name in one
            )
        )
    )


def _place_of(fact: Fact, near: Sequence[Near]) -> int | None:
    """Return where among the near figures one of the same thing stands."""
    key = (key_of(fact), fact.aspect)
    return next(
        (at for at, one in enumerate(near) if (key_of(one.fact), one.fact.aspect) == key), None
    )


RULE_OPERATIONS = {
    "查数": "lookup", "差额": "difference", "增长率": "growth", "占比": "share", "比值": "per",
    "合计": "sum", "排名": "rank", "比较": "compare", "趋势": "trend", "列举": "list",
    "原因": "why", "定义": "define", "说明": "passage", "是否": "yesno",
}  # fmt: skip


def _as_rules(rules: Answer | None, answer: Answer) -> float:
    """Return 1 where the rules tell the same first figure, -1 where another, 0 where none."""
    if rules is None or rules.status != "answered" or not rules.figures:
        return 0.0
    told = {(figure.value, figure.unit) for figure in rules.figures[:2]}
    first = [(figure.value, figure.unit) for figure in answer.figures[:1]]
    return 1.0 if first and first[0] in told else -1.0


def _operand_features(asked: Asked, candidate: Candidate) -> dict[str, float]:
    return _facts_features(asked, candidate.operands) | {"rules_left": 0.0}


def _facts_features(asked: Asked, operands: Sequence[Near]) -> dict[str, float]:
    if not operands:
        return dict.fromkeys(FACT_FEATURES, 0.0)
    each = [_fact_features(asked, one.fact) for one in operands]
    row = {name: sum(one[name] for one in each) / len(each) for name in each[0]}
    words = content(asked.wording)
    text = "".join(fact_text(one.fact) for one in operands)
    clauses = [fact_clause(one.fact) for one in operands]
    return row | {
        "covered": coverage(words, fold(text)),
        "clause": coverage(words, "".join(clauses)),
        "clause_said": sum(coverage(one, fold(asked.wording)) for one in clauses) / len(clauses),
    }


FACT_FEATURES = (
    "aspect", "kind", "counter", "terms_borne", "terms_missed", "other_term", "named",
    "vague", "tabled", "own_words", "own_year", "covered", "clause", "clause_said", "moved",
    "past",
)  # fmt: skip


def _fact_features(asked: Asked, fact: Fact) -> dict[str, float]:
    question, slots = asked.question, asked.slots
    ask = question.asks[0] if question.asks else None
    kind = text_to_kind(asked.wording)
    asked_terms = _terms(question)
    mine = names_to_terms(fact, load_vocabulary())
    borne = len(asked_terms & mine) if asked_terms else 0
    known = load_vocabulary().term(fact.measure) is not None
    return {
        "aspect": _agreement(
            bool(slots.aspects), fits_aspect(fact, slots.aspects, ask.kind if ask else None)
        ),
        "kind": _agreement(kind is not None, fits_kind(fact, kind)),
        "counter": float(fits_counter(fact, ask.counters if ask else "")),
        "terms_borne": float(borne),
        "terms_missed": float(len(asked_terms) - borne),
        "other_term": float(known and bool(asked_terms) and not borne),
        "named": coverage(fold(fact.measure), fold(asked.wording)),
        "vague": float(bool(fact.vague)),
        "tabled": float(bool(fact.table)),
        "own_words": float(not known),
        "own_year": float(fact.year == fact.report_year),
        "moved": _moved(asked.wording, fact),
        "past": _agreement(bool(PAST.search(asked.wording)), fact.year != fact.report_year),
    }


def _moved(wording: str, fact: Fact) -> float:
    """Return 1 where a question and a figure both speak of a change, -1 where they differ."""
    if not fact.direction:
        return 0.0
    rise, fall = bool(RISE.search(wording)), bool(FALL.search(wording))
    if not rise and not fall:
        return -0.5
    return 1.0 if (rise and fact.direction > 0) or (fall and fact.direction < 0) else -1.0


@lru_cache(maxsize=65536)
def fact_clause(fact: Fact) -> str:
    """Return the wording of a figure, folded: its names, its place and its own clause."""
    offset = max(0, fact.quote.find(fact.printed))
    return fold(fact_to_wording(fact, offset))


def _agreement(said: bool, fits: bool) -> float:
    if not said:
        return 0.0
    return 1.0 if fits else -1.0


def fact_text(fact: Fact) -> str:
    """Return all the words that a figure stands among."""
    return "\n".join((fact.measure, fact.facet, fact.table, *fact.row, *fact.column, fact.quote))


FILLER = PATTERNS["filler"]


def content(wording: str) -> str:
    """Return what a message says beyond its filling words, folded, in pieces."""
    pieces = re.findall(r"[\u4e00-\u9fffA-Za-z0-9%]+", FILLER.sub(" ", wording))
    return " ".join(map(fold, pieces))


PASSAGE_FEATURES = ("told_reason", "told_covered", "told_length", "told_heading", "told_digits")


def _no_passage() -> dict[str, float]:
    return dict.fromkeys(PASSAGE_FEATURES, 0.0)


def _passage_features(asked: Asked, candidate: Candidate) -> dict[str, float]:
    told = candidate.passage
    if told is None:
        return _no_passage()
    words = content(asked.wording)
    return {
        "told_reason": float(bool(REASON.search(told.text))),
        "told_covered": coverage(words, fold(told.text)),
        "told_length": float(min(len(told.text), 600)),
        "told_heading": coverage(words, fold("".join(told.section[-1:]))),
        "told_digits": float(any(char.isdigit() for char in told.text)),
    }
