"""Writing an answer: figures with labels, numbered citations, one line a statement."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from bot.types import Answer, Choice, Citation, Figure, Status
from corpus.entities.organisations import GOVERNMENT, is_government
from corpus.entities.units import convert, to_yuan
from corpus.lexicon.grammar import patterns
from corpus.model.types import Fact, Report, Span

TEXT_LIMIT = 800
QUOTE_LIMIT = 600
ARROW = " › "
PATTERNS = patterns("answers.answer_text")
NO_SPENDING = PATTERNS["no_spending"]
UNDERTAKING = PATTERNS["undertaking"]
GRANTED = "财政拨款"
STOCK = PATTERNS["stock"]
BELOW = re.compile(r"^(\(?)([\d.,]+) - ([\d.,]+)(\)?.*= )-(.+)$")
TURNED = r"\g<1>\g<3> - \g<2>\g<4>\g<5>"
IN_FRONT = (
    "≥",
    "≤",
    "＞",
    "＜",
    ">",
    "<",
    "=",
    "＝",
    "近",
    "约",
    "约为",
    "大约为",
    "达到",
    "超",
    "逾",
    "不足",
    "不到",
    "至少",
    "超过",
    "大约",
    "将近",
    "接近",
    "达",
)
BETWEEN = ("多", "余", "几", "来")
# Whole amounts in 元 from here on are also shown in 万元: nobody reads eight digits aloud.
WORTH_CONVERTING = Decimal(100_000)
CONVERTED = "（换算）"  # ends the label of an amount that is told in a larger unit once more
SHOWN_FORMULA = "（按公式计算："
# Why a figure is doubted: in a list, and in a sentence under an answer.
UNSURE = ("（识别自扫描件，把握不大）", "是从扫描件识别的，把握不大，请核对原件。")
DISPUTED = ("（两种读法不一致）", "按表格线和按字距读出来不一致，请核对原件。")


def show(fact: Fact) -> str:
    """Return a figure as a person reads it: the digits as printed, 多/近/以上 in their places."""
    if fact.correction:
        return f"{fact.correction.said}{fact.unit}"
    return show_printed(fact)


def show_printed(fact: Fact) -> str:
    """Return a figure as its report prints it, whatever was put in its place."""
    digits = common_sign(fact.printed)
    if fact.vague in BETWEEN:
        return f"{digits}{fact.vague}{fact.unit}"
    if fact.vague in IN_FRONT:
        return f"{fact.vague}{digits}{fact.unit}"
    return f"{digits}{fact.unit}{fact.vague}"


def common_sign(printed: str) -> str:
    """Return a figure below nothing with the sign that everybody reads: (38.60), △38.60."""
    bare = printed.strip("（）()△▲▼")
    return printed if bare == printed else f"-{bare}"


def plain(value: Decimal) -> str:
    """Return a computed value without exponent or trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def aspect_word(fact: Fact) -> str:
    """Return the aspect as a person reads it: 实际 in an appraisal, 决算 in accounts."""
    if fact.aspect == "决算" and fact.kind == "绩效自评":
        return "实际"
    return fact.aspect


def label_of(fact: Fact) -> str:
    """Return what a figure is, in words: measure, part and aspect."""
    name = _thing_of(fact)
    match fact.aspect:
        case "预算":
            return name if name.endswith("预算") else f"{name}预算"
        case "调整预算":
            return f"{name}{'全年' if '全年' in fact.said else '调整'}预算"
        case "决算":
            return f"{name}{_spent_word(fact, name)}"
        case "执行数":
            done = "执行数" if "预算" in name else "预算执行数"
            return name if STOCK.search(name) else f"{name}{done}"
        case "增减额" | "增减率":
            return f"{name}{change_words(fact)}"
        case "得分":
            return name if name.endswith("分") else f"{name}得分"
        case "人均" | "占比" | "完成率":
            return f"{name}{fact.aspect}"
    return name


def _thing_of(fact: Fact) -> str:
    """Return the name of a figure with its part and the undertaking that it is of."""
    measure = fact.measure
    if is_government(fact.organisation):
        measure = measure.replace(GRANTED, "")  # who gives the money is granted none
    name = measure + (f"（{fact.facet}）" if fact.facet else "")
    named = fact.row[0] if fact.row and UNDERTAKING.search(fact.row[0]) else ""
    of = fact.project or named
    return f"“{of}”{name}" if of and of not in name else name


def _spent_word(fact: Fact, name: str) -> str:
    """Return how it is said that a figure is an account: 决算, 实际 in an appraisal."""
    if fact.kind != "绩效自评":
        return "决算"
    if NO_SPENDING.search(name):
        return ""
    return "实际" if "支出" in name else "实际支出"


def change_words(fact: Fact) -> str:
    """Return how a change is said: 比2023年预算增加."""
    base = fact.base
    against = ""
    if base:
        year = f"{base.year}年" if base.year and base.year != fact.year else ""
        if year and year not in fact.quote and base.year == (fact.year or 0) - 1:
            year = "上年"
        aspect = "" if base.aspect in (None, "其他", "数量") else base.aspect
        against = f"比{year}{aspect}" if year or aspect else ""
    return against + {1: "增加", -1: "减少", 0: "变化"}[fact.direction]


def whose(fact: Fact) -> str:
    """Return whose figure it is, with the year: 某局2024年."""
    level = f"（{said}）" if (said := level_word(fact)) else ""
    when = year_word(fact.year)
    if fact.as_of and f"{fact.as_of.month}月{fact.as_of.day}日" in fact.quote:
        when = f"截至{fact.as_of.year}年{fact.as_of.month}月{fact.as_of.day}日"
    return f"{fact.organisation}{level}{when}"


def level_word(fact: Fact) -> str:
    """Return the level of a figure where it is to be said: 单位, of a government 全市 or 市本级."""
    if is_government(fact.organisation):
        area = fact.organisation.removesuffix(GOVERNMENT)[-1:]
        return {"部门": f"全{area}", "单位": f"{area}本级"}.get(fact.level or "", "")
    return "单位" if fact.level == "单位" and "本级" not in fact.organisation else ""


def year_word(year: int | None) -> str:
    """Return a year as it is said, nothing for none."""
    return f"{year}年" if year else ""


def fact_to_question(fact: Fact) -> str:
    """Return a whole question that this figure answers."""
    return f"{fact.organisation}{year_word(fact.year)}{label_of(fact)}是多少"


def fact_to_statement(fact: Fact) -> str:
    """Return a figure in words: whose and when, what it is, and how much."""
    return f"{whose(fact)}{label_of(fact)}{show(fact)}"


def formula_words(formula: str) -> str:
    """Return the words that show how a figure was worked out.

    What is said to be less by 3 is not shown as 5 - 8 = -3: the larger one stands first.
    """
    return f"{SHOWN_FORMULA}{BELOW.sub(TURNED, formula)}）"


def is_conversion(figure: Figure) -> bool:
    """Tell whether a figure is a printed amount in a larger unit, nothing worked out of others."""
    return figure.label.endswith(CONVERTED)


def fact_to_figure(fact: Fact, citation: int, *, label: str = "") -> Figure:
    """Return a printed figure as one of an answer; `citation` is the number of its proof."""
    return Figure(
        value=plain_printed(fact),
        unit=fact.unit,
        label=label or label_of(fact),
        organisation=fact.organisation,
        year=fact.year,
        aspect=aspect_word(fact),
        citation=citation,
        fact=fact.id,
        correction=correction_words(fact, citation),
    )


def correction_words(fact: Fact, n: int | None = None) -> str:
    """Return the words that show a correction beside what is printed; "" where there is none."""
    if fact.correction is None:
        return ""
    day, mark = fact.correction.made, f"[{n}]" if n else ""
    return (
        f"更正：报告印的是{show_printed(fact)}{mark}，{day.year}年{day.month}月{day.day}日"
        f"更正为{show(fact)}，原因：{fact.correction.reason.rstrip('。')}。"
    )


def caution_mark(fact: Fact) -> str:
    """Return the few words that tell a corrected or an unsure figure in a list; "" of others."""
    if fact.correction:
        return f"（更正，报告印的是{show_printed(fact)}）"
    return UNSURE[0] if fact.unsure else DISPUTED[0] if fact.disputed else ""


def doubt_words(doubted: Mapping[int, str], *, alone: bool) -> tuple[str, ...]:
    """Return a sentence for each reason to doubt figures; `doubted` has it by their citations.

    `alone` where the answer tells no other figure.
    """
    by_reason: dict[str, list[int]] = defaultdict(list)
    for n, reason in doubted.items():
        by_reason[reason].append(n)
    return tuple(
        ("这个数" if alone else "".join(f"[{n}]" for n in citations) + "的数") + reason
        for reason, citations in by_reason.items()
    )


class Page:
    """An answer while it is written: every statement is put down with its proof."""

    def __init__(self, report_of: Callable[[str], Report]) -> None:
        self._report_of = report_of
        self.citations: list[Citation] = []
        self.figures: list[Figure] = []
        self.lines: list[str] = []
        self.corrections: dict[str, None] = {}
        self.doubted: dict[int, str] = {}

    def cite_fact(self, fact: Fact) -> int:
        """Give the proof of a figure its number; the same quote keeps its number.

        Where the figure is corrected, or none too sure, the answer will say so under its lines.
        """
        span, report = fact.spans[0], self._report_of(fact.report)
        n = self._cite(report, fact.section, fact.quote, span, fact.table)
        if fact.correction:
            self.corrections.setdefault(correction_words(fact, n))
        elif fact.doubtful:
            self.doubted.setdefault(n, (UNSURE if fact.unsure else DISPUTED)[1])
        return n

    def marks(self, facts: Iterable[Fact]) -> str:
        """Return the numbers of the proofs of figures, each once: [1][2]."""
        return "".join(f"[{n}]" for n in dict.fromkeys(map(self.cite_fact, facts)))

    def cite_span(self, report: Report, span: Span, section: tuple[str, ...]) -> int:
        """Give a passage of a report its number as a proof."""
        return self._cite(report, section, report.quote(span).strip()[:QUOTE_LIMIT], span, "")

    def _cite(
        self, report: Report, section: tuple[str, ...], quote: str, span: Span, table: str
    ) -> int:
        for known in self.citations:
            if known.quote == quote and known.document == report.name:
                return known.n
        path = section if not table or table in section else (*section, table)
        citation = Citation(
            n=len(self.citations) + 1,
            document=report.name,
            title=report.title,
            section=ARROW.join(path),
            page=span.page,
            quote=quote,
            report=report.id,
            start=span.start,
            end=span.end,
        )
        self.citations.append(citation)
        return citation.n

    def add_fact(self, fact: Fact, *, label: str = "") -> int:
        """Put a printed figure among the answer's figures; return the number of its proof."""
        n = self.cite_fact(fact)
        self.figures.append(fact_to_figure(fact, n, label=label))
        return n

    def add_computed(
        self, value: Decimal, unit: str, *, label: str, formula: str, like: Fact
    ) -> None:
        """Put a computed figure among the answer's figures, its formula shown."""
        self.figures.append(
            Figure(
                value=plain(value),
                unit=unit,
                label=label,
                organisation=like.organisation,
                year=like.year,
                aspect="计算",
                citation=self.cite_fact(like),
                formula=formula,
            )
        )

    def converted(self, fact: Fact) -> str:
        """Return the same amount in 万元 in brackets, where it is printed in 元 and large."""
        said = self.in_larger_unit(fact)
        return f"（合{said}）" if said else ""

    def in_larger_unit(self, fact: Fact) -> str:
        """Return the same amount in 万元, "" where it is not printed in 元 or is small."""
        yuan = to_yuan(fact.value, fact.unit)
        if fact.unit != "元" or yuan is None or abs(yuan) < WORTH_CONVERTING:
            return ""
        value = convert(fact.value, "元", "万元")
        formula = f"{plain(fact.value)}元 / 10000 = {plain(value)}万元"
        self.add_computed(
            value, "万元", label=f"{label_of(fact)}{CONVERTED}", formula=formula, like=fact
        )
        return f"{plain(value)}万元"

    def finish(self, status: Status = "answered", choices: Iterable[Choice] = ()) -> Answer:
        """Return the answer, its text cut at a sentence if it is too long, never what follows."""
        corrections = tuple(self.corrections)
        doubts = doubt_words(self.doubted, alone=len(self.citations) == 1)
        told = "".join(f"\n{line}" for line in (*corrections, *doubts))
        room = max(TEXT_LIMIT - len(told), TEXT_LIMIT // 2)
        return Answer(
            status=status,
            text=cut("\n".join(self.lines), room) + told,
            figures=tuple(self.figures),
            citations=tuple(self.citations),
            choices=tuple(choices),
            corrections=corrections,
        )


def plain_printed(fact: Fact) -> str:
    """Return the printed digits as a plain decimal: no separators, Chinese numerals as digits."""
    if fact.correction:
        return plain(fact.value)
    bare = common_sign(fact.printed).replace(",", "").replace("，", "")
    return bare if bare.replace(".", "", 1).lstrip("-").isascii() and bare else plain(fact.value)


def cut(text: str, limit: int = TEXT_LIMIT) -> str:
    """Shorten a text at the end of a sentence or item, never inside a figure."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = max(head.rfind(mark) for mark in "。；\n")
    return (head[: at + 1] if at > limit // 3 else head.rstrip("0123456789.,，")) + "…"
