"""What a figure inherits from the words before it: subject, whole, year, base. Not how it is read.

A `Scene` is the state of reading one block from left to right; `corpus.extraction.roles` moves it
on.
"""

import re
from datetime import date
from decimal import Decimal

from corpus.entities.comparisons import Comparison
from corpus.entities.quantities import Amount
from corpus.entities.units import MONEY
from corpus.entities.years import AS_OF, as_of_date
from corpus.extraction.indicators import EVALUATED, text_to_indicators
from corpus.extraction.statements import EACH, LEVELS, LIMITS, Statement
from corpus.extraction.subject_terms import Names, Subject
from corpus.lexicon.grammar import patterns
from corpus.lexicon.term_matcher import Vocabulary
from corpus.model.types import Aspect, Kind, Noun
from corpus.structure.segmentation import Clause, annotate, bracket_close

PATTERNS = patterns("extraction.discourse")
PARTS = PATTERNS["parts"]
REASON = PATTERNS["reason"]
MOVES: frozenset[Aspect] = frozenset({"增减额", "增减率"})
RELATIVE: frozenset[Aspect | None] = frozenset({*MOVES, "占比", "完成率", "人均"})
GRAND = {"收入合计": "收入总计", "支出合计": "支出总计"}
AT_HOME = PATTERNS["at_home"]
THIS_YEAR = "本年"
YEAR_ALONE = PATTERNS["year_alone"]
CARRIED_OVER = PATTERNS["carried_over"]
CLAUSE_END = re.compile(r"[，；。：]")
SLACK = Decimal("0.05")  # parts are rounded one by one and may exceed their whole by this much


class Whole(Noun):
    """What the figures after 其中 are parts of, and how much of it they have used up."""

    name: str
    row: tuple[str, ...] = ()
    amount: Amount | None = None
    aspect: Aspect | None = None
    used: Decimal = Decimal(0)

    @property
    def is_used_up(self) -> bool:
        """Whether its parts have added up to it, so that what comes next is something else."""
        return self.amount is not None and self.used + SLACK >= self.amount.value > 0

    def takes(self, amount: Amount) -> bool:
        """Tell whether a figure can be a part: of the same kind, and not more than is left."""
        if self.amount is None:
            return True
        alike = amount.kind == self.amount.kind and (
            amount.kind != "count" or amount.unit == self.amount.unit
        )
        return alike and self.used + self.size_of(amount) <= self.amount.value + SLACK

    def size_of(self, amount: Amount) -> Decimal:
        """Return how much of the whole an amount is, in the unit of the whole."""
        unit = self.amount.unit if self.amount else amount.unit
        if unit == amount.unit or not {unit, amount.unit} <= MONEY.keys():
            return amount.value
        return amount.value * MONEY[amount.unit] / MONEY[unit]


class Setting(Noun):
    """What a block inherits: whose, which year and kind, under which headings, of which whole.

    `executed` where its section says how a budget was carried out.
    """

    organisation: str
    year: int | None
    kind: Kind
    section: tuple[str, ...]
    executed: bool = False
    project: str = ""
    whole: Whole | None = None


def level_to_whole(level: Statement) -> Whole:
    """Return a figure as the whole of what follows."""
    subject = level.subject
    return Whole(name=subject.measure, row=subject.row, amount=level.amount, aspect=level.aspect)


class Scene:
    """The state of reading one block: what has been named so far and still holds."""

    def __init__(self, text: str, *, setting: Setting, vocabulary: Vocabulary) -> None:
        self.text = text
        self.setting = setting
        self.vocabulary = vocabulary
        self.names = Names(
            vocabulary=vocabulary,
            organisation=setting.organisation,
            project=setting.project,
            section=setting.section,
        )
        read = annotate(text, setting.year)
        self.years, self.amounts = read.years, read.amounts
        self.clauses, self.each = read.clauses, read.each
        scored = any(amount.kind == "score" for amount in self.amounts)
        evaluated = scored or EVALUATED.search(text)  # only then has it points and targets
        self.indicators = text_to_indicators(text, self.amounts) if evaluated else {}
        self.statements: list[Statement] = []
        self.subject: Subject | None = None
        self.topic: Subject | None = None  # what the sentence before was about
        self.opening = True  # the sentence has named no subject yet
        self.whole: Whole | None = None
        self.bracket: tuple[Whole | None, int] | None = None  # the whole outside, and its end
        self.outside: tuple[Subject | None, int] | None = None  # what is talked of around a bracket
        self.level: Statement | None = None  # the last level outside any parts
        self.group: Subject | None = None  # the first subject since the last ；
        self.item: Statement | None = None  # the money of a numbered item, its first figure
        self.head: Subject | None = None  # the name before a colon: 老街管网改造：
        self.head_of_item = False  # it heads an item of a list, to its end
        self.at_item = False  # the clause begins a numbered item and has no figure yet
        self.comparison: Comparison | None = None
        self.reasoning = False  # inside a reason: its figures are nobody's whole
        self.since = 0  # where the years that count begin
        self.as_of: date | None = None
        self.before: Clause | None = None  # the clause before, if it holds no figure

    def enter(self, clause: Clause) -> None:
        """Drop what the mark before the clause ends, and note what the clause opens."""
        self.leave_brackets(clause)
        self.at_item = clause.marked
        self.leave_items(clause)
        parts = bool(PARTS.match(clause.text))
        if clause.opener in "。！？；":
            self.since, self.group, self.before = clause.start, None, None
            self.reasoning = False
            if self.whole and self.level:  # a part ends with its group; what names nothing is whole
                self.subject = self.level.subject
        if clause.opener in "。！？":
            self.start_sentence(keep=parts, opening=not REASON.match(clause.text))
        if not clause.opener:
            self.whole = self.setting.whole
        self.reasoning = self.reasoning or bool(REASON.match(clause.text))
        self.enter_parts(clause, said=parts)
        if until := AS_OF.search(clause.text):
            self.as_of = as_of_date(until, self.setting.year)
        elif any(clause.start <= year.start < clause.end for year in self.years):
            self.as_of = None

    def leave_items(self, clause: Clause) -> None:
        """End the item of a list, and a name before a colon with its item or its sentence."""
        if self.at_item or (clause.opener in "。！？" and not self.head_of_item):
            self.leave_head()
        if self.at_item:
            self.item = None

    def leave_head(self) -> None:
        """End what the name before a colon holds together."""
        if self.head and self.item and self.item.subject.measure == self.head.measure:
            self.item = None
        self.head, self.head_of_item = None, False

    def open_head(self, named: Subject) -> None:
        """Take a name before a colon as what the bare money after it is of."""
        self.leave_head()
        self.head, self.head_of_item = named, self.at_item

    def leave_brackets(self, clause: Clause) -> None:
        """Return to what was talked of before a bracket that ends, and note one that opens."""
        if self.bracket and clause.start > self.bracket[1]:
            self.whole, self.bracket = self.bracket[0], None
        if self.outside and clause.start > self.outside[1]:
            self.subject, self.outside = self.outside[0], None
        if clause.opener == "（":
            self.outside = (self.subject, bracket_close(self.text, clause.start))

    def start_sentence(self, *, keep: bool, opening: bool) -> None:
        """Go back to the topic; the whole and the base end with the sentence unless kept."""
        self.subject = self.topic or self.subject
        self.opening = opening
        if not keep:
            self.whole = self.comparison = None

    def enter_parts(self, clause: Clause, *, said: bool) -> None:
        """Take the figure before the clause as a whole, where words or a sum say so."""
        bracketed = clause.opener == "（"
        split = None if bracketed else self.split_at(clause)
        if split is not None:
            self.bracket = (self.whole, clause.close)
            self.whole = level_to_whole(split)
        elif self.subject and (said or (bracketed and self.holds_parts(clause))):
            self.open_parts(self.subject, bracketed=bracketed, place=clause.start)

    def open_parts(self, subject: Subject, *, bracketed: bool, place: int) -> None:
        """Take the last level as the whole of what follows, in a bracket the last figure."""
        level = self.level
        if bracketed and self.statements:
            self.bracket = (self.whole, bracket_close(self.text, place))
            level = self.statements[-1]
        self.whole = (
            level_to_whole(level) if level else Whole(name=subject.measure, row=subject.row)
        )

    def split_at(self, clause: Clause) -> Statement | None:
        """Return the money before a clause that the money from there to the full stop adds up to.

        No word need say so: what adds up to the figure before it are its parts.
        """
        levels = (each for each in reversed(self.statements) if each.aspect in LEVELS)
        last = next(levels, None)
        whole = last.amount if last else None
        if whole is None or whole.kind != "money" or (self.whole and self.whole.amount == whole):
            return None
        end = clause.close
        later = [a for a in self.amounts if clause.start <= a.start < end and a.kind == "money"]
        several = sum(1 for amount in later if amount.value) > 1
        alike = several and all(amount.unit == whole.unit for amount in later)
        if not alike or abs(sum(amount.value for amount in later) - whole.value) > SLACK:
            return None
        return last

    def holds_parts(self, clause: Clause) -> bool:
        """Tell whether a bracket divides the figure before it: 13人（甲7人，乙6人）.

        Of people some may be left out; money must add up.
        """
        last = self.statements[-1].amount if self.statements else None
        if last is None or clause.start - last.end > 1:
            return False
        end = bracket_close(self.text, clause.start)
        inside = [a for a in self.amounts if clause.start <= a.start < end]
        alike = len(inside) > 1 and all(amount.kind == last.kind for amount in inside)
        total = sum(amount.value for amount in inside)
        if last.kind == "money":
            same = all(amount.unit == last.unit for amount in inside)
            return alike and same and abs(total - last.value) <= SLACK
        return alike and last.kind == "people" and total <= last.value

    def open_with(self, named: Subject) -> None:
        """Let the first subject of a sentence be its topic, and of a group its head."""
        self.group = self.group or named
        if self.opening:
            self.topic, self.opening = named, False

    def turn_to(self, named: Subject | None) -> None:
        """Make a subject that is a known term the one that is talked about."""
        if named and named.known:
            self.subject = named
            self.open_with(named)

    def note(self, statement: Statement) -> None:
        """Keep a figure's statement, and what the next ones inherit from it."""
        fresh = self.group is None
        statement = self.home_part(self.part_of_namesake(statement))
        self.statements.append(statement)
        self.subject = statement.subject
        self.open_with(statement.subject)
        self.note_item(statement)
        if statement.amount is None or statement.aspect not in (*LEVELS, "数量"):
            return
        if EACH.match(statement.subject.facet) or statement.amount.vague in LIMITS:
            return
        if self.whole is None:
            self.level = self.level if self.reasoning else statement
        elif self.whole.name in statement.row:
            if not self.is_counted(statement):
                used = self.whole.used + self.whole.size_of(statement.amount)
                self.whole = self.whole.model_copy(update={"used": used})
        elif self.bracket is None and (
            self.ends_whole(statement) or (fresh and not self.whole.takes(statement.amount))
        ):
            self.whole, self.level = None, statement

    def ends_whole(self, statement: Statement) -> bool:
        """Tell whether a figure that is no part stands after all parts: one of the same kind."""
        whole = self.whole.amount if self.whole else None
        alike = whole and statement.amount and whole.kind == statement.amount.kind
        return bool(alike and self.whole and self.whole.is_used_up)

    def note_item(self, statement: Statement) -> None:
        """Keep the money that a numbered item opens with: what follows is told of that item."""
        amount, first = statement.amount, self.at_item
        if self.head is not None:
            first = self.item is None and statement.subject.measure == self.head.measure
        self.at_item = False
        if first and amount and amount.kind == "money" and statement.aspect in LEVELS:
            self.item = None if statement.subject.known else statement

    def is_counted(self, part: Statement) -> bool:
        """Tell whether a part has been counted already, by its budget before its account."""
        counted = (each for each in self.statements[:-1] if each.row == part.row)
        return any(each.subject.measure == part.subject.measure for each in counted)

    def part_of_namesake(self, statement: Statement) -> Statement:
        """Tell 总收入 from its part 本年收入, which carry one name: the former is 收入总计."""
        whole = self.whole
        grand = GRAND.get(statement.subject.measure)
        if whole is None or grand is None or whole.name != statement.subject.measure:
            return statement
        if THIS_YEAR not in self.text[statement.start : statement.end]:
            return statement
        named = whole.model_copy(update={"name": grand})
        for at, each in enumerate(self.statements):
            if each.amount == whole.amount:
                subject = each.subject.model_copy(update={"measure": grand})
                self.statements[at] = each.model_copy(update={"subject": subject})
        self.whole, self.level = named, None
        row = (*named.row, grand)
        subject = statement.subject.model_copy(update={"row": row})
        return statement.model_copy(update={"subject": subject, "row": row})

    def home_part(self, statement: Statement) -> Statement:
        """Tell 国内公务接待费 from its whole 公务接待费 where both carry one name."""
        whole, subject = self.whole, statement.subject
        home = AT_HOME.search(self.text, subject.start, subject.end)
        if whole is None or whole.name != subject.measure or home is None:
            return statement
        named = subject.model_copy(
            update={"measure": home.group() + subject.measure, "known": False, "row": (whole.name,)}
        )
        return statement.model_copy(update={"subject": named, "row": named.row})

    def note_aside(self, statement: Statement) -> None:
        """Keep a figure said on the way; nothing after it inherits from it."""
        self.statements.append(statement)

    def note_base(self, statement: Statement) -> None:
        """Keep the figure of a base; it is nobody's whole and no part of the present one."""
        self.statements.append(statement)
        self.subject = statement.subject
        self.open_with(statement.subject)
        if self.outside and self.outside[0] is None:  # named before 比上年（3万元）减少
            self.outside = (statement.subject, self.outside[1])

    # ------------------------------------------------------------ what is asked of it

    def row_of(self, named: Subject, amount: Amount | None) -> tuple[str, ...]:
        """Return what the figure is a part of: the project, the item's path, the whole."""
        project = (self.setting.project,) if self.setting.project else ()
        project = () if project == (named.measure,) else project
        whole = self.whole
        if named.row or named is self.subject:
            return named.row
        if whole is None or whole.name == named.measure:
            return project
        if amount is not None and not whole.takes(amount):
            return project
        return (*(whole.row or project), whole.name)

    def default_aspect(self, named: Subject, level: Statement | None) -> Aspect:
        """Return the aspect of the level that is compared, else that of the kind of report."""
        if level is not None and level.aspect in LEVELS:
            return level.aspect
        if self.setting.kind == "预算":
            return "执行数" if self.setting.executed else "预算"
        spent = named.known or named.measure.endswith("支出")
        return "决算" if self.setting.kind == "决算" or spent else "其他"

    def reaches(self, end: int, place: int) -> bool:
        """Tell whether a year that ends at `end` is still meant at a place.

        One inside a bracket holds to its end, unless it is all that the bracket says; one that
        dates only what was carried over, 2023年结转资金, holds for its clause.
        """
        opened = self.text.rfind("（", 0, end)
        inside = opened >= 0 and "）" not in self.text[opened:end]
        if inside and not YEAR_ALONE.fullmatch(self.text, opened, self.text.find("）", end) + 1):
            return place <= bracket_close(self.text, opened + 1)
        if CARRIED_OVER.match(self.text, end):
            return not CLAUSE_END.search(self.text, end, place)
        return True

    def year_at(self, place: int) -> tuple[int | None, tuple[int, int] | None]:
        """Return the year in force at a place, and where it is said (None: nowhere near)."""
        said = [
            year
            for year in self.years
            if self.since <= year.start and year.end <= place and self.reaches(year.end, place)
        ]
        if said and self.as_of is None:
            return said[-1].value, (said[-1].start, said[-1].end)
        return (self.as_of.year if self.as_of else self.setting.year), None
