"""Reading a block clause by clause into statements: figures and equalities with their meaning.

`block_to_statements` is the one way in. An equality ("与2024年预算持平") is a statement without a
figure.
"""

import re

from corpus.amounts import Amount
from corpus.clauses import Clause, text_to_clauses
from corpus.leads import (
    Comparison,
    Held,
    drop_verdict,
    is_even,
    strip_words,
    words_to_change,
    words_to_comparison,
    words_to_held,
    words_to_kind,
    words_to_level,
)
from corpus.naming import EACH, Figure, figure_to_subject
from corpus.nouns import Aspect, Base
from corpus.sentences import ENDS
from corpus.scene import LEVELS, MOVES, PARTS, Scene, Setting, Statement, Whole
from corpus.topics import Subject
from corpus.vocabulary import Vocabulary

AMONG = re.compile(r"^在?(?P<whole>.+)(?:支出|收入)?中$")
JOINED = re.compile(r"^[与和及]")
BUDGETED = re.compile(r"预算(?:金额|资金|总额)?$")


def block_to_statements(
    text: str, *, setting: Setting, vocabulary: Vocabulary
) -> tuple[Statement, ...]:
    """Read a block's text, which has no white space, and return its statements in order."""
    scene = Scene(text, setting=setting, vocabulary=vocabulary)
    for clause in text_to_clauses(text):
        scene.enter(clause)
        if clause.amounts:
            read_figures(scene, clause)
        else:
            read_words(scene, clause)
    return tuple(scene.statements)


def read_words(scene: Scene, clause: Clause) -> None:
    """Take from a clause without figures what it sets for those that follow."""
    words = clause.text
    comparison = words_to_comparison(words)
    if comparison:
        scene.comparison = comparison
    if is_even(words):
        say_even(scene, clause, comparison)
    elif not PARTS.match(words) and (among := AMONG.match(words)):
        named = scene.name(among["whole"], clause.start)
        scene.whole = Whole(name=named.measure) if named else None
    elif words_to_change(words) or scene.text[clause.end : clause.end + 1] == "：":
        scene.turn_to(scene.name(drop_verdict(words), clause.start))
    elif clause.opener in ENDS and scene.text[clause.end : clause.end + 1] == "。":
        scene.turn_to(scene.name(drop_verdict(words), clause.start))
    elif "（项）" in words:
        scene.turn_to(scene.name(words, clause.start))
    scene.before = clause


def say_even(scene: Scene, clause: Clause, comparison: Comparison | None) -> None:
    """Note an equality; without a comparison of its own it takes the one before."""
    held = comparison or scene.comparison
    words = drop_verdict(clause.text[: comparison.start] if comparison else clause.text)
    named = scene.name(words, clause.start) or scene.subject
    if held is None or named is None:
        return
    aspect = words_to_level(strip_words(words)).aspect or scene.default_aspect(named, None)
    year, year_at = scene.year_at(clause.start + len(words))
    scene.statements.append(
        Statement(
            subject=named,
            row=scene.row_of(named, None),
            aspect=aspect,
            said=clause.text,
            base=held.to_base(year=year, aspect=aspect),
            year=year,
            year_at=year_at,
            as_of=scene.as_of,
            amount=None,
            start=clause.start,
            end=clause.end,
        )
    )


def read_figures(scene: Scene, clause: Clause) -> None:
    """Make a statement of each figure of a clause."""
    place = clause.start
    for amount in clause.amounts:
        lead = scene.text[place : amount.start]
        if held := words_to_held(lead, scene.text[amount.end :]):
            scene.note_base(held_to_statement(scene, held, lead=lead, place=place, amount=amount))
            scene.comparison = held.comparison
            place = amount.end
            continue
        comparison = words_to_comparison(lead)
        scene.comparison = comparison or scene.comparison
        kind = words_to_kind(
            lead,
            percent=amount.kind == "percent",
            compared=scene.comparison is not None,
        )
        figure = Figure(
            clause=clause,
            amount=amount,
            lead=lead,
            place=place,
            comparison=comparison,
            kind=kind,
        )
        scene.note(figure_to_statement(scene, figure))
        place = amount.end
    scene.before = None


def held_to_statement(
    scene: Scene, held: Held, *, lead: str, place: int, amount: Amount
) -> Statement:
    """Return the figure of a base: of what is compared, in the year that it is compared with."""
    against = held.comparison
    before = lead[: against.start]
    named = scene.name(before, place) or scene.name(held.words, place + against.start)
    named = named or scene.subject or scene.heading()
    if named is None:
        named = Subject(
            measure=strip_words(held.words) or lead, known=False, start=place, end=amount.start
        )
    said = words_to_level(strip_words(before)).aspect
    year, _ = scene.year_at(amount.start)
    last = next((each for each in reversed(scene.statements) if each.aspect in LEVELS), None)
    base = against.to_base(year=year, aspect=said or scene.default_aspect(named, last))
    row = scene.row_of(named, None)
    return Statement(
        subject=named.model_copy(update={"row": row}),
        row=row,
        aspect=(base.aspect or "其他") if amount.kind == "money" else "数量",
        said=words_to_level(held.words).said,
        year=base.year,
        amount=amount,
        start=place,
        end=amount.end,
    )


def figure_to_statement(scene: Scene, figure: Figure) -> Statement:
    """Return a figure with its subject, row, aspect, year and base."""
    amount, kind = figure.amount, figure.kind
    named = figure_to_subject(scene, figure)
    year, year_at = year_of(scene, figure)
    aspect = figure_aspect(scene, figure, named)
    if aspect == "执行数" and year_at is None and scene.setting.kind == "预算" and year:
        year -= 1  # a budget reports what was spent in the year before
    row = scene.row_of(named, amount)
    moved = aspect in MOVES
    return Statement(
        subject=named.model_copy(update={"row": row}),
        row=(strip_words(kind.whole),) if kind.whole else row,
        aspect=aspect,
        said=kind.said,
        direction=kind.direction if moved else 0,
        base=moved_base(scene, figure, named, year) if moved else None,
        year=year,
        year_at=year_at,
        as_of=scene.as_of,
        amount=amount,
        start=figure.clause.start,
        end=figure.clause.end,
    )


def year_of(scene: Scene, figure: Figure) -> tuple[int | None, tuple[int, int] | None]:
    """Return the year of a figure; "2023年、2024年分别为" gives each figure its own."""
    clause = figure.clause
    if EACH in clause.text:
        years = [each for each in scene.years if clause.start <= each.start < clause.end]
        if len(years) == len(clause.amounts) > 1:
            year = years[clause.amounts.index(figure.amount)]
            return year.value, (year.start, year.end)
    return scene.year_at(figure.amount.start)


def moved_base(scene: Scene, figure: Figure, named: Subject, year: int | None) -> Base | None:
    """Return what a difference is counted from; like is held against like where none is said."""
    if scene.comparison is None:
        return None
    said: Aspect | None = None
    if figure.comparison is not None:
        said = words_to_level(figure.lead[: figure.comparison.start]).aspect
    aspect = said or scene.default_aspect(named, scene.level)
    return scene.comparison.to_base(year=year, aspect=aspect)


def figure_aspect(scene: Scene, figure: Figure, named: Subject) -> Aspect:
    """Return the aspect that the words, the unit or the kind of report give a figure."""
    amount, kind = figure.amount, figure.kind
    if amount.kind == "money" or kind.aspect in (*MOVES, "完成率", "占比", "人均"):
        return kind.aspect or money_aspect(scene, figure, named)
    if amount.kind == "score":
        return "得分"
    return "其他" if amount.kind in ("percent", "points") else "数量"


def money_aspect(scene: Scene, figure: Figure, named: Subject) -> Aspect:
    """Return the aspect of money that no word of its own tells."""
    if BUDGETED.search(strip_words(figure.lead)):
        return "预算"
    last = scene.statements[-1] if scene.statements else None
    if last is not None and last.start == figure.clause.start and JOINED.match(figure.lead):
        return last.aspect
    if re.search(r"结转|结余", named.measure):
        return "余额"
    term = scene.vocabulary.term(named.measure)
    if term is not None and term.group == "国有资产":
        return "其他"  # what is owned is neither planned nor spent
    whole = scene.whole
    if whole is not None and whole.aspect in ("预算", "决算", "执行数"):
        return whole.aspect
    return scene.default_aspect(named, None)
