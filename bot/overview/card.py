"""The card itself: some ten lines about a body in a year, or about two of its years."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.overview.changes import Change, extremes
from bot.overview.doubts import write_doubts
from bot.overview.figures import Figures, aspects_of
from bot.overview.wording import Line, load_wording
from bot.presentation.answer_text import Page, aspect_word, change_words, plain, year_word
from bot.presentation.names_said import figure_said, name_of
from bot.query.arithmetic import subtract
from bot.types import Answer
from corpus.entities.units import convert
from corpus.model.types import Aspect, Fact, Report

MOST_LINES = 10
MOST_DOUBTS = 2
BULLET = "· "
OF_ONE_ASPECT = ("预算", "决算")  # kinds of reports that say by their names what they tell
Printed = Callable[[str], Sequence[Fact]]


@dataclass(frozen=True)
class Sheet:
    """A card while it is written: its page, what it chooses from, the aspects that it tells.

    `said` is the aspect that the head of the card has said already, None for none.
    """

    page: Page
    figures: Figures
    aspects: tuple[Aspect, ...]
    said: str | None = None

    def find(self, line: Line, item: Iterable[str], year: int) -> list[Fact]:
        """Return an item of a line in each of the aspects in which a year has it."""
        wanted: tuple[Aspect, ...] = ("数量",) if line.counted else self.aspects
        measures = tuple(item)
        found = [one.headline for a in wanted if (one := self.figures.find(measures, year, a))]
        return [fact for fact in found if fact.measure == found[0].measure]

    def amount(self, fact: Fact) -> str:
        """Return a figure as it is read at a glance: large money in 万元."""
        return self.page.in_larger_unit(fact) or figure_said(fact)

    def name(self, fact: Fact) -> str:
        """Return the name of a figure without the aspect that the head of the card has said."""
        return fact.measure if fact.aspect == self.said else name_of(fact)


def year_card(
    body: str, year: int, figures: Figures, *, latest: bool, printed: Printed
) -> Answer | None:
    """Return the card of a body in a year, None where its reports tell none of what it shows.

    `latest` tells that the year was chosen because it is; `printed` gives the figures of a report
    as they are printed, for the audit.
    """
    text = load_wording().text
    reports = tuple(report for report in figures.reports if report.year == year)
    kinds = {report.kind for report in reports}
    said = next(iter(kinds)) if len(kinds) == 1 and kinds <= {*OF_ONE_ASPECT} else None
    sheet = Sheet(Page(_reports_of(figures)), figures, aspects_of(reports), said)
    page = sheet.page
    for line in load_wording().line:
        page.lines += _year_line(sheet, line, year)
    if not page.figures:
        return None
    page.lines += _most_lines(sheet, year - 1, year, sheet.aspects[0])
    head = text["head"].format(
        body=body,
        year=year_word(year),
        kinds="、".join(dict.fromkeys(map(_kind_said, reports))),
        latest=text["latest"] if latest else "",
    )
    page.lines.insert(0, head)
    for report in reports:
        room = min(MOST_DOUBTS, MOST_LINES - len(page.lines))
        if room > 0:
            write_doubts(page, report, printed(report.id), room)
    return _finished(page)


def comparison_card(body: str, old: int, new: int, figures: Figures) -> Answer | None:
    """Return the card of two years side by side, None where nothing is printed of both."""
    aspects = aspects_of([one for one in figures.reports if one.year == new])
    sheet = Sheet(Page(_reports_of(figures)), figures, aspects)
    pairs = [pair for line in load_wording().line for pair in _pairs(sheet, line, old, new)]
    if not pairs:
        return None
    head = load_wording().text["compared"]
    sheet.page.lines.append(head.format(body=body, old=year_word(old), new=year_word(new)))
    for pair in pairs:
        sheet.page.lines.append(_pair_line(sheet, *pair))
    both = next((a.aspect for a, b in pairs if a.aspect == b.aspect and a.aspect in aspects), None)
    if both:
        sheet.page.lines += _most_lines(sheet, old, new, both)
    return _finished(sheet.page)


def _finished(page: Page) -> Answer:
    """Return the card; what two lines tell is one figure of it."""
    page.figures = list(dict.fromkeys(page.figures))
    return page.finish()


def _reports_of(figures: Figures) -> Callable[[str], Report]:
    by_id = {report.id: report for report in figures.reports}
    return by_id.__getitem__


def _kind_said(report: Report) -> str:
    """Return what a report is, as its head says it: 部门决算, 单位预算, 绩效自评."""
    level = report.level if report.level and report.kind in OF_ONE_ASPECT else ""
    return f"{level or ''}{report.kind}" if report.kind != "其他" else ""


def _with_marks(told: Sequence[tuple[str, Iterable[int]]]) -> str:
    """Return what is told of some figures with the marks of their proofs, equal ones said once."""
    marked = [(said, "".join(f"[{n}]" for n in dict.fromkeys(marks))) for said, marks in told]
    if len({marks for _, marks in marked}) == 1:
        return "，".join(said for said, _ in marked) + marked[0][1]
    return "，".join(said + marks for said, marks in marked)


# ---------------------------------------------------------------- one year


def _year_line(sheet: Sheet, line: Line, year: int) -> list[str]:
    """Return a line of the card of a year, nothing where no item of it is printed."""
    found = [facts for item in line.items if (facts := sheet.find(line, item, year))]
    told = [_item(sheet, line, facts) for facts in found]
    lead = line.head if sheet.page.lines else ""
    return [f"{BULLET}{lead}{_with_marks(told)}"] if told else []


def _item(sheet: Sheet, line: Line, facts: Sequence[Fact]) -> tuple[str, list[int]]:
    """Return an item in its first aspect, the other one beside it, its change; and the proofs.

    A part is told in the aspect of its whole, which stands above it.
    """
    page, head = sheet.page, facts[0]
    marks = [page.add_fact(head)]
    beside = [] if line.head else list(facts[1:2])
    name = name_of(head) if beside else head.measure if line.head else sheet.name(head)
    said = f"{name}{sheet.amount(head)}"
    for fact in beside:
        marks.append(page.add_fact(fact))
        said += f"（{aspect_word(fact)}{sheet.amount(fact)}）"
    change = _change_of(sheet.figures, head) if line.changes else None
    if change:
        marks.append(page.add_fact(change))
        said += f"，{change_words(change)}{figure_said(change)}"
    return said, marks


def _change_of(figures: Figures, fact: Fact) -> Fact | None:
    """Return the printed change of a figure against the same aspect of the year before."""
    return next(
        (
            change
            for change in figures.changes(fact.year or 0)
            if change.measure == fact.measure
            and change.base
            and change.base.aspect in (None, fact.aspect)
        ),
        None,
    )


# ---------------------------------------------------------------- two years


def _pairs(sheet: Sheet, line: Line, old: int, new: int) -> list[tuple[Fact, Fact]]:
    """Return the items of a line that both years have, the new one first: in one aspect if any."""
    pairs = []
    for item in line.items:
        sides = [sheet.find(line, item, year) for year in (new, old)]
        like = [(a, b) for a in sides[0] for b in sides[1] if a.aspect == b.aspect]
        pairs += like[:1] or [(a, b) for a in sides[0] for b in sides[1]][:1]
    return pairs


def _pair_line(sheet: Sheet, new: Fact, old: Fact) -> str:
    """Return a line with both years of one figure and the difference."""
    marks = [sheet.page.add_fact(fact) for fact in (new, old)]
    alike = new.aspect == old.aspect
    name = name_of(new) if alike else new.measure
    sides = (
        f"{year_word(fact.year)}{'' if alike else aspect_word(fact)}{sheet.amount(fact)}"
        for fact in (old, new)
    )
    said = f"{BULLET}{name}：{'，'.join(sides)}"
    if not alike:
        return _with_marks([(said + load_wording().text["unlike"], marks)])
    change = _change_of(sheet.figures, new) if (new.year or 0) - (old.year or 0) == 1 else None
    if change:
        marks.append(sheet.page.add_fact(change))
        moved = f"{_verb(change.direction)}{figure_said(change)}"
    else:
        moved = _worked_out(sheet.page, new, old)
    return _with_marks([(f"{said}{moved and '，'}{moved}", marks)])


def _worked_out(page: Page, new: Fact, old: Fact) -> str:
    """Return the difference of two figures, large money in 万元 as they themselves are told."""
    worked = subtract(new, old)
    if worked is None:
        return ""
    if not worked.value:
        return load_wording().text["unchanged"]
    verb = _verb(1 if worked.value > 0 else -1)
    value, unit, formula = abs(worked.value), worked.unit, worked.formula
    if page.in_larger_unit(new):
        value, unit = convert(value, unit, "万元"), "万元"
        formula += f"，{plain(abs(worked.value))}元 / 10000 = {plain(value)}万元"
    label = f"{name_of(new)}比{year_word(old.year)}{verb}"
    page.add_computed(value, unit, label=label, formula=formula, like=new)
    return f"{verb}{plain(value)}{unit}"


def _verb(direction: int) -> str:
    return "增加" if direction > 0 else "减少"


# ---------------------------------------------------------------- what moved most


def _most_lines(sheet: Sheet, old: int, new: int, aspect: Aspect) -> list[str]:
    """Return a line for what rose most and one for what fell most."""
    found = extremes(sheet.figures, old, new, aspect)
    text = load_wording().text
    ahead = "" if found.whole else text["printed_alone"]
    return [
        BULLET + ahead + text[f"{name}{'_tied' * change.tied}"].format(said=_moved(sheet, change))
        for name, change in (("rose", found.rose), ("fell", found.fell))
        if change
    ]


def _moved(sheet: Sheet, change: Change) -> str:
    """Return an item and by how much it moved: in the report's own figure, or from what to what."""
    page = sheet.page
    if change.printed:
        fact, rate = change.printed, sheet.figures.rate_beside(change.printed)
        marks = [page.add_fact(one) for one in (fact, rate) if one]
        beside = f"（{figure_said(rate)}）" if rate else ""
        words = change_words(fact)
        name = name_of(fact).removesuffix(words)
        return _with_marks([(f"{name}，{words}{figure_said(fact)}{beside}", marks)])
    if change.worked is None:
        return ""
    new, old = change.worked.facts
    marks = [page.add_fact(fact) for fact in (new, old)]
    sides = f"从{year_word(old.year)}的{sheet.amount(old)}到{sheet.amount(new)}"
    return _with_marks([(f"{sheet.name(new)}，{sides}，{_worked_out(page, new, old)}", marks)])
