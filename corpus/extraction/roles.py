"""Reading a block clause by clause into statements: figures and equalities with their meaning.

`block_to_statements` is the one way in. An equality ("与2024年预算持平") is a statement without a
figure.
"""

from corpus.entities.comparisons import (
    BEFORE_CHANGE,
    Around,
    Comparison,
    FigureKind,
    Held,
    Lead,
    Role,
    drop_verdict,
    strip_words,
    words_to_figure,
    words_to_level,
    words_to_role,
    words_to_verdict,
)
from corpus.entities.quantities import Amount
from corpus.extraction.discourse import MOVES, PARTS, Scene, Setting, Whole
from corpus.extraction.indicators import Indicator
from corpus.extraction.statements import EACH, LEVELS, LIMITS, Figure, Spot, Statement
from corpus.extraction.subject_terms import Subject
from corpus.extraction.subjects.colon_heads import colon_head, kind_under_head, row_under_body
from corpus.extraction.subjects.each_of import one_of_each, year_of_each
from corpus.extraction.subjects.resolution import figure_to_subject
from corpus.extraction.subjects.totals import whole_side
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Aspect, Base
from corpus.structure.segmentation import ENDS, Clause
from corpus.tables.rows import CARRIED

PATTERNS = patterns("extraction.roles")
AMONG = PATTERNS["among"]
JOINED = PATTERNS["joined"]
BUDGETED = PATTERNS["budgeted"]


def block_to_statements(
    text: str, *, setting: Setting, vocabulary: Vocabulary
) -> tuple[Statement, ...]:
    """Read a block's text, which has no white space, and return its statements in order."""
    scene = Scene(text, setting=setting, vocabulary=vocabulary)
    for clause in scene.clauses:
        scene.enter(clause)
        if clause.amounts:
            read_figures(scene, clause)
        else:
            read_words(scene, clause)
    return tuple(scene.statements)


def read_words(scene: Scene, clause: Clause) -> None:
    """Take from a clause without figures what it sets for those that follow."""
    words, start = clause.text, clause.start
    verdict = words_to_verdict(words)
    mark = scene.text[clause.end : clause.end + 1]
    scene.comparison = verdict.comparison or scene.comparison
    if verdict.even:
        say_even(scene, clause, verdict.comparison)
    elif not PARTS.match(words) and (among := AMONG.match(words)):
        named = scene.names.of(among["whole"], start)
        scene.whole = Whole(name=named.measure) if named else None
    elif mark == "：" and opens_head(clause) and (head := colon_head(scene, clause)):
        scene.open_head(head)
    elif mark == "：" or (clause.opener in ENDS and mark == "。"):  # it names what follows
        scene.turn_to(scene.names.of_any(words, start))
    elif verdict.change:
        scene.turn_to(scene.names.of(drop_verdict(words), start))
    elif "（项）" in words:
        scene.turn_to(scene.names.of(words, start))
    scene.before = clause


def opens_head(clause: Clause) -> bool:
    """Tell whether a clause stands where a name before a colon can: at the head of something."""
    return clause.marked or clause.opener in ("", "：", *ENDS)


def say_even(scene: Scene, clause: Clause, comparison: Comparison | None) -> None:
    """Note an equality; without a comparison of its own it takes the one before."""
    held = comparison or scene.comparison
    words = drop_verdict(clause.text[: comparison.start] if comparison else clause.text)
    named = scene.names.of(words, clause.start) or scene.subject
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
    ratio: FigureKind | None = None
    for amount in clause.amounts:
        if indicator := scene.indicators.get(amount.start):
            scene.note_aside(indicator_to_statement(scene, indicator, amount))
        elif amount.start in scene.each and one_of_each(scene, amount):
            scene.note(figure_to_statement(scene, each_to_figure(scene, clause, amount)))
        else:
            lead = Lead(scene.text[place : amount.start], place)
            ratio = read_figure(scene, clause, amount, lead, ratio)
        place = amount.end
    scene.before = None


def read_figure(
    scene: Scene, clause: Clause, amount: Amount, lead: Lead, ratio: FigureKind | None
) -> FigureKind | None:
    """Make a statement of a figure, after the figure of a `ratio` maybe; return what follows it."""
    around = words_around(scene, clause, lead, scene.text[amount.end :])
    percent = amount.kind == "percent"
    read = words_to_figure(around, unit=amount.unit, percent=percent, before=scene.comparison)
    if isinstance(read, Held):
        spot = Spot(around.held.words, around.held.place, amount)
        scene.note_base(held_to_statement(scene, clause, read, spot))
        scene.comparison = read.comparison
        return ratio
    if isinstance(read, FigureKind):
        scene.turn_to(scene.names.of(lead.words[: read.start], lead.place))
        scene.note_aside(ratio_to_statement(scene, read, Spot(lead.words, lead.place, amount)))
        return read
    if scene.head is not None:
        kind = kind_under_head(scene, amount, read.lead.words, read.kind)
        read = read._replace(kind=kind)
    figure = role_to_figure(scene, clause, amount, read)
    figure = of_ratio(figure, ratio) if ratio and amount.unit.endswith("%") else figure
    scene.note(figure_to_statement(scene, figure))
    return None


def words_around(scene: Scene, clause: Clause, lead: Lead, after: str) -> Around:
    """Return the words around a figure, with those before a bracket that it stands alone in."""
    last = scene.before
    before = Lead(last.text, last.start) if last else None
    alone = not lead.words and clause.opener == "（"
    bracketed = alone and last is not None and last.end + 1 == clause.start
    return Around(lead=lead, before=before, bracketed=bracketed, after=after)


def role_to_figure(scene: Scene, clause: Clause, amount: Amount, role: Role) -> Figure:
    """Make a figure of what the words before it say; its comparison holds from here on."""
    lead, comparison, kind, bare = role
    scene.comparison = comparison or scene.comparison
    return Figure(
        clause=clause,
        amount=amount,
        lead=lead.words,
        place=lead.place,
        comparison=comparison,
        kind=kind,
        bare=bare,
        facet=lead.facet,
    )


def of_ratio(figure: Figure, ratio: FigureKind) -> Figure:
    """Make the percentage after a ratio's figure the ratio: 完成全年预算[38万元]的[71.61%]."""
    whole = "" if ratio.aspect == "完成率" else ratio.whole
    kind = ratio.model_copy(update={"start": 0, "whole": whole})
    return figure.model_copy(update={"kind": kind})


def each_to_figure(scene: Scene, clause: Clause, amount: Amount) -> Figure:
    """Read a figure of a list after 分别 by what is said of all, or by a change of its own."""
    each = scene.each[amount.start]
    facet = BEFORE_CHANGE if each.origin else ""
    lead = Lead(each.own or each.lead, clause.start, facet)
    role = words_to_role(lead, percent=amount.kind == "percent", before=scene.comparison)
    return role_to_figure(scene, clause, amount, role)


def ratio_to_statement(scene: Scene, ratio: FigureKind, spot: Spot) -> Statement:
    """Return the figure inside a ratio: the budget that was met, or the whole that is shared."""
    amount = spot.amount
    year, year_at = scene.year_at(amount.start)
    at = spot.place + spot.lead.index(ratio.whole, ratio.start)
    named = scene.subject or scene.names.heading() if ratio.aspect == "完成率" else None
    named = named or scene.names.of(ratio.whole, at)
    named = named or Subject(measure=ratio.whole or spot.lead, known=False, start=at, end=at)
    level = words_to_level(ratio.whole)
    aspect: Aspect = level.aspect or scene.default_aspect(named, None)
    return Statement(
        subject=named,
        row=named.row,
        aspect=aspect if amount.kind == "money" else "数量",
        said=level.said,
        year=year,
        year_at=year_at,
        as_of=scene.as_of,
        amount=amount,
        start=spot.place,
        end=amount.end,
    )


def indicator_to_statement(scene: Scene, indicator: Indicator, amount: Amount) -> Statement:
    """Return a figure of an indicator's line: its target, result, weight or score."""
    year, year_at = scene.year_at(amount.start)
    vague = indicator.limit or amount.vague
    row = (scene.setting.project,) if scene.setting.project else ()
    subject = Subject(
        measure=scene.vocabulary.term_of(indicator.name) or indicator.name,
        facet=indicator.facet,
        row=row,
        known=False,
        start=indicator.start,
        end=indicator.end,
    )
    return Statement(
        subject=subject,
        row=row,
        aspect=indicator.aspect,
        said=indicator.said,
        year=year,
        year_at=year_at,
        as_of=scene.as_of,
        amount=amount.model_copy(update={"vague": vague}),
        start=indicator.start,
        end=amount.end,
    )


def figure_to_statement(scene: Scene, figure: Figure) -> Statement:
    """Return a figure with its subject, row, aspect, year and base."""
    amount, kind = figure.amount, figure.kind
    named = figure_to_subject(scene, figure)
    year, year_at = year_of(scene, figure)
    aspect = figure_aspect(scene, figure, named)
    before = scene.setting.kind == "预算" and not scene.setting.executed
    beside = scene.head is not None and named.measure == scene.head.measure
    if aspect == "执行数" and year_at is None and before and year and not beside:
        year -= 1  # a budget reports what was spent in the year before
    shared = strip_words(kind.whole) if kind.whole else ""
    row = scene.row_of(named, amount)
    if scene.head is not None:
        row = row_under_body(scene, named, row)
    moved = aspect in MOVES
    return Statement(
        subject=named.model_copy(update={"row": row}),
        row=(shared,) if shared else row,
        aspect=aspect,
        said=kind.said,
        direction=way_of(figure) if moved else 0,
        base=moved_base(scene, figure, named, year) if moved else None,
        year=year,
        year_at=year_at,
        as_of=scene.as_of,
        amount=amount,
        start=figure.clause.start,
        end=figure.clause.end,
    )


def way_of(figure: Figure) -> int:
    """Return which way a change goes: printed below nothing it is a fall, whatever word is used."""
    direction = figure.kind.direction
    return -1 if direction and figure.amount.value < 0 else direction


def year_of(scene: Scene, figure: Figure) -> tuple[int | None, tuple[int, int] | None]:
    """Return the year of a figure; "2023年、2024年分别为" gives each figure its own."""
    each = figure.amount.start in scene.each
    if each and (year := year_of_each(scene, figure.amount)):
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
    if EACH.match(named.facet):
        return "其他"  # a rate of payment, no sum that was planned or spent
    if BUDGETED.search(figure.bare):
        return "预算"
    last = scene.statements[-1] if scene.statements else None
    if last is not None and last.start == figure.clause.start and JOINED.match(figure.lead):
        return last.aspect
    if CARRIED.search(named.measure):
        return "余额"
    term = scene.vocabulary.term(named.measure)
    if term is not None and term.group == "国有资产":
        return "其他"  # what is owned is neither planned nor spent
    whole = scene.whole
    if whole is not None and whole.aspect in ("预算", "调整预算", "决算", "执行数"):
        return whole.aspect
    return scene.default_aspect(named, None)


def held_to_statement(scene: Scene, clause: Clause, held: Held, spot: Spot) -> Statement:
    """Return the figure of a base: of what is compared, in the year that it is compared with."""
    lead, place, amount = spot.lead, spot.place, spot.amount
    against = held.comparison
    before = lead[: against.start]
    named = scene.names.of(before, place) or whole_side(scene, clause, before, place)
    if named is None:
        at = place + against.start
        named = whole_side(scene, clause, lead[against.start :], at) or scene.names.of(
            held.words, at
        )
    named = named or scene.subject or scene.names.heading()
    if named is None:
        named = Subject(
            measure=strip_words(held.words) or lead, known=False, start=place, end=amount.start
        )
    said = words_to_level(strip_words(before)).aspect
    year, _ = scene.year_at(amount.start)
    levels = (each for each in reversed(scene.statements) if each.aspect in LEVELS)
    last = next(
        (each for each in levels if not (each.amount and each.amount.vague in LIMITS)), None
    )
    base = against.to_base(year=year, aspect=said or scene.default_aspect(named, last))
    row = scene.row_of(named, None)
    return Statement(
        subject=named.model_copy(update={"row": row, "facet": held.facet or named.facet}),
        row=row,
        aspect=held_aspect(held, named, base, amount),
        said=words_to_level(held.words).said,
        year=base.year,
        amount=amount,
        start=place,
        end=amount.end,
    )


def held_aspect(held: Held, named: Subject, base: Base, amount: Amount) -> Aspect:
    """Return the aspect of the figure of a base; what there was at the start is no plan."""
    if amount.kind != "money":
        return "数量"
    if held.facet:
        return "余额" if CARRIED.search(named.measure) else "其他"
    return base.aspect or "其他"


def is_bound(statement: Statement) -> bool:
    """Tell whether a figure is a bound and no level: 控制在15万元以内."""
    return statement.amount is not None and statement.amount.vague in LIMITS
