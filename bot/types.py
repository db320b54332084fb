"""The nouns of the conversation: a question in slots, a proven answer, the talk so far."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Literal

from pydantic import Field, field_serializer

from corpus.model.types import Aspect, Level, Noun

Status = Literal["answered", "not_found", "clarify"]


class Figure(Noun):
    """One figure of an answer; `citation` is the number of its proof in `Answer.citations`.

    `value` is a decimal without thousands separators, with the digits that were printed. A computed
    figure shows its `formula`. `fact` is the id of the fact behind it and stays out of the JSON. So
    does `correction`, what the text says of a corrected figure: in the JSON it is the formula.
    """

    value: str
    unit: str
    label: str
    organisation: str
    year: int | None
    aspect: str
    citation: int
    formula: str | None = None
    fact: str | None = Field(default=None, exclude=True)
    correction: str = Field(default="", exclude=True)

    @field_serializer("formula")
    def _public_formula(self, formula: str | None) -> str | None:
        """Show programs why the value is not the one that is printed."""
        return formula or self.correction or None


class Citation(Noun):
    """Where a statement stands: document, section, page and the verbatim quote.

    `report`, `start` and `end` are the place in `Report.text`; they stay out of the JSON.
    """

    n: int
    document: str
    title: str
    section: str
    page: int | None
    quote: str
    report: str = Field(default="", exclude=True)
    start: int = Field(default=0, exclude=True)
    end: int = Field(default=0, exclude=True)


class Choice(Noun):
    """One way to go on when a question fits several answers: a label and a whole question."""

    label: str
    question: str


class Answer(Noun):
    """What goes back to the person: the shape that `wenshu ask --json` writes."""

    status: Status
    text: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation, ...] = ()
    choices: tuple[Choice, ...] = ()
    related: tuple[Citation, ...] = ()
    # Stored ones of the figures told here and of those that they rest on, as the text says them.
    corrections: tuple[str, ...] = Field(default=(), exclude=True)
    # What may be asked next, where that was looked for; programs do not need it.
    onward: tuple[Choice, ...] = Field(default=(), exclude=True)
    elapsed_ms: float = 0.0


Operation = Literal[
    "查数", "差额", "增长率", "占比", "比值", "合计", "排名", "比较", "趋势",
    "列举", "原因", "定义", "说明", "是否",
]  # fmt: skip
AskKind = Literal["金额", "人数", "数量", "百分比", "日期", "得分", "人名", "文字"]


class Ask(Noun):
    """One thing asked for: its kind, the terms it names and the words left over."""

    kind: AskKind | None = None
    terms: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  # the words that named the terms, as they were typed
    within: tuple[str, ...] = ()  # of the terms, those that the others are a part of
    carried: tuple[str, ...] = ()  # of `within`, those that only the talk so far names: 其中…呢
    counters: str = ""  # the counter asked with: 个 of 多少个
    words: str = ""

    def same_thing(self, other: "Ask") -> bool:
        """Tell whether two asks are for figures of the same thing."""
        return (self.terms, self.words) == (other.terms, other.words)

    def of_any_amount(self) -> "Ask":
        """Return the same ask for figures of every kind, but for counts where it counts."""
        return self if self.kind in ("数量", "人数") and not self.terms else self.of_any_kind()

    def of_any_kind(self) -> "Ask":
        """Return the same ask for figures of every kind."""
        return self.model_copy(update={"kind": None, "counters": ""})

    def part_of(self, whole: Mapping[str, str]) -> "Ask":
        """Return the same ask for a part of what the talk so far names: terms with their words."""
        above = {term: said for term, said in whole.items() if term not in self.terms}
        changes = {
            "terms": (*self.terms, *above),
            "said": (*self.said, *above.values()),
            "within": (*self.within, *above),
            "carried": tuple(above),
        }
        return self.model_copy(update=changes)


class Question(Noun):
    """A question in slots, as understood from the words and, for a follow-up, from the talk."""

    words: str
    organisations: tuple[str, ...] = ()
    unknown_organisation: str = ""
    levels: tuple[Level, ...] = ()
    years: tuple[int, ...] = ()
    documents: tuple[int, ...] = ()  # years of the reports named: "25年预算书里"
    pairs: tuple[tuple[str, int], ...] = ()  # bodies each with a year of its own
    as_of: date | None = None
    aspects: tuple[Aspect, ...] = ()
    operation: Operation = "查数"
    judgement: str = ""  # what a yes/no question wants judged: 平衡, 目标, 变化; "" for presence
    topic: str = ""
    asks: tuple[Ask, ...] = ()
    corrections: tuple[str, ...] = ()

    @property
    def named_beside(self) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
        """Each term with the next that is named with it, both with the words for them."""
        for ask in self.asks:
            yield from pairwise(zip(ask.terms, ask.said, strict=False))


class Memory(Noun):
    """The talk so far, as much of it as a follow-up may lean on. The empty one starts a talk."""

    question: Question | None = None
    said: str = ""  # the last message as the reader saw it, without body and year
    facts: tuple[str, ...] = ()  # the headline's fact of each turn, the latest first; "" for none


class Reply(Noun):
    """An answer and the memory that the next question of the same talk is to be asked with."""

    answer: Answer
    memory: Memory
