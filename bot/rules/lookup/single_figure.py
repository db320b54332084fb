"""Looking a figure up: the answer states whose, when and which aspect, with every proof."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from bot.parsing.slots import TOTALS
from bot.presentation.answer_text import (
    Page,
    aspect_word,
    fact_to_question,
    label_of,
    show,
    whose,
    year_word,
)
from bot.presentation.names_said import (
    Told,
    figure_said,
    name_of,
    names_of,
    own_words,
    statement,
    tell,
    told_beside,
)
from bot.query.retrieval.scope import Case
from bot.query.retrieval.settlement import Finding, agree, of_fund, slot_of
from bot.rules.lookup.ambiguity import meant, namesakes_of, rivals_of
from bot.rules.lookup.fact_candidates import candidates
from bot.types import Answer, Ask, Choice
from corpus.entities.units import unit_kind
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect, Fact

PROOFS = 3
QUOTED = 160
VARIANTS = 3
# Where no aspect is asked for: what was spent comes before what was planned.
FIRST: tuple[Aspect, ...] = (
    "决算", "余额", "数量", "得分", "其他", "预算", "调整预算", "执行数",
    "人均",
    "增减额", "增减率", "占比", "完成率",
)  # fmt: skip
# How much less a figure may fit and still be taken for as good, or for as possible.
CLOSE = 0.15
MOST_CHOICES = 6
NEAR = 0.6
PATTERNS = patterns("rules.single_figure")
BARE_TOTAL = PATTERNS["bare_total"]


def look_up(case: Case) -> Answer | None:
    """Answer a question for one or more figures; None where the facts hold no candidate."""
    found = [choose(case, meant(ask, candidates(case, ask))) for ask in case.question.asks]
    if not found or not found[0] or is_only_planned(case, found[0][0].headline):
        return None
    if case.fits_several(f.headline.organisation for f in found[0]):
        return ask_back(case, found[0])
    if len(found) == 1 and (rivals := rivals_of(case, found[0][0])):
        return ask_which(case, (found[0][0], *rivals))
    if namesakes := namesakes_of(case, found[0][0]):
        return ask_which(case, (found[0][0], *namesakes), above=-2)
    page = case.page()
    told: list[Told | str] = []
    missing: list[Ask] = []
    for ask, findings in zip(case.question.asks, with_company(case, found), strict=True):
        told += told_findings(page, case, ask, findings)
        told += told_of_other_years(page, case, ask, findings)
        missing += [] if findings else [ask]
    write_told(page, told)
    page.lines += [missing_parts(missing)] if missing else []
    page.lines = list(dict.fromkeys(page.lines))
    return page.finish() if page.lines else None


def told_of_other_years(
    page: Page, case: Case, ask: Ask, findings: Sequence[Finding]
) -> list[Told | str]:
    """Return what is found for each further year asked for, or that nothing is."""
    years = case.question.years if findings and len(findings) < VARIANTS else ()
    told = {finding.headline.year for finding in findings}
    found: list[Told | str] = []
    for year in years if len(years) > 1 else ():
        if year in told:
            continue
        named = case.find(ask, years=(year,))
        fitting = [f for f in named if unit_kind(f.headline.unit) == unit_of(findings)]
        if fitting:
            found += told_findings(page, case, ask, fitting[:1])
        else:
            found.append(f"{year}年的这项数据，报告里没有找到。")
    return found


def unit_of(findings: Sequence[Finding]) -> str:
    """Return what the first of some figures counts."""
    return unit_kind(findings[0].headline.unit)


def is_only_planned(case: Case, head: Fact) -> bool:
    """Tell whether a report of what was spent gives but a plan for all that a body spent."""
    spent = not case.question.aspects and head.measure in TOTALS
    return spent and head.aspect == "预算" and head.kind != "预算"


def missing_parts(asks: Sequence[Ask]) -> str:
    """Return the line that says of parts of a message that no figure answers them."""
    named = ["、".join((*ask.terms, *ask.words.split())) for ask in asks]
    kinds = [ask.kind or "数据" for ask in asks]
    said = [f"“{name}”的{kind}" for name, kind in zip(named, kinds, strict=True) if name]
    missing = "、".join(dict.fromkeys(said)) or f"所问的另一项{kinds[0]}"
    return f"报告里没有{missing}，这一部分不能回答。"


def look_up_term(case: Case) -> Answer | None:
    """Look a figure up only where the question names a term: mere words want a sentence."""
    return look_up(case) if case.ask.terms else None


def ask_which(case: Case, findings: Sequence[Finding], *, above: int = 0) -> Answer:
    """Ask which of several figures is meant, with a whole question for each.

    `above` is the place in their rows of what they are told apart by.
    """
    choices: list[Choice] = []
    said: list[str] = []
    for finding in findings[:MOST_CHOICES]:
        fact = finding.headline
        told = [part for part in fact.row[above:][:1] if part not in (fact.measure, "")]
        name = "".join((*(f"{part}中的" if above else part for part in told), label_of(fact)))
        within = "".join(f"{part}中的" for part in told if not BARE_TOTAL.fullmatch(part))
        said.append(f"{fact.organisation} {within}{name_of(fact)}")
        label = f"{fact.organisation} {name}"
        choices.append(Choice(label=label, question=f"{whose(fact)}{name}是多少"))
    if len(set(said)) == len(said):  # else the labels alone tell the choices apart
        pairs = zip(choices, said, strict=True)
        choices = [choice.model_copy(update={"label": label}) for choice, label in pairs]
    page = case.page()
    page.lines.append("报告里有几个数都符合这个问法，请问要哪一个？")
    return page.finish("clarify", choices)


def choose(case: Case, findings: Sequence[Finding]) -> list[Finding]:
    """Keep the best figure and its siblings: other years, levels or bodies of the same thing.

    Of figures that fit equally well, what was spent comes before what was planned. In an open
    scope every other body with a figure nearly as fitting is kept, so that it can be asked for.
    """
    if not findings:
        return []
    close = [finding for finding in findings if finding.score > findings[0].score - CLOSE]
    best = min(close, key=lambda finding: FIRST.index(finding.headline.aspect))
    kept = [finding for finding in findings if alike(finding, best)]
    if case.scope.open:
        bodies = {finding.headline.organisation for finding in kept}
        near = [f for f in findings if f.score > best.score - NEAR]
        kept += [f for f in near if f.headline.organisation not in bodies]
    return sorted(kept, key=lambda finding: (-(finding.headline.year or 0), -finding.score))


def alike(finding: Finding, best: Finding) -> bool:
    """Tell whether two findings are of the same item, part and aspect."""
    one, other = finding.headline, best.headline
    return (one.measure, one.facet, one.aspect) == (other.measure, other.facet, other.aspect)


def with_company(case: Case, found: list[list[Finding]]) -> list[list[Finding]]:
    """Let the figures of one message come from one sentence where they can."""
    if len(found) < 2 or not found[0]:
        return found
    home = found[0][0].headline
    settled = [found[0]]
    for ask, findings in zip(case.question.asks[1:], found[1:], strict=True):
        near = [
            fact
            for fact in case.facts
            if fact.report == home.report and fact.quote == home.quote and fact.id != home.id
        ]
        loose = ask.model_copy(update={"words": "", "terms": ()})
        near.sort(key=lambda fact: nearness(fact, home, ask))
        same = case.find(loose, facts=near) if near else ()
        inside = [f for f in findings if f.headline.quote == home.quote]
        own = findings[:1] if ask.same_thing(case.ask) else []
        named = findings[:1] if ask.terms or ask.words else []
        beside = [] if ask.terms and named else list(same[:1])  # a term is no other figure
        settled.append(inside[:1] or own or beside or named)
    return settled


def nearness(fact: Fact, home: Fact, ask: Ask) -> tuple[int, bool, int]:
    """Order figures of one sentence: those that share words with an ask, then those right after."""
    apart = fact.spans[0].start - home.spans[0].start
    return -len(set(ask.words) & set(fact.measure)), apart < 0, abs(apart)


def write_findings(page: Page, case: Case, ask: Ask, findings: Sequence[Finding]) -> None:
    """Write figures, the other aspect and the contradictions of each beside it."""
    write_told(page, told_findings(page, case, ask, findings))


def told_findings(
    page: Page, case: Case, ask: Ask, findings: Sequence[Finding]
) -> list[Told | str]:
    """Return each figure as it is told, in the report's own words where it has no name."""
    told: list[Told | str] = []
    for finding in findings[:VARIANTS]:
        head = finding.headline
        n = page.add_fact(head)
        marks = f"[{n}]" + more_proofs(page, case, head)
        beside = other_aspect(case, ask, head)
        amount = f"{figure_said(head)}{page.converted(head)}"
        if beside is not None:
            page.add_fact(beside)
            amount += f"（{aspect_word(beside)}{show(beside)}）"
        after = (*contradictions(page, finding), *other_years(page, case, head))
        if said := own_words(head):
            told += [f"{said}。{marks}", *after]
        else:
            told.append(Told(head, amount, marks, after))
    return told


def write_told(page: Page, told: Sequence[Told | str]) -> None:
    """Write figures together, and the lines between them where they stand."""
    for alike, group in groupby(told, key=lambda one: isinstance(one, Told)):
        lines = list(group)
        named = [one for one in lines if isinstance(one, Told)]
        page.lines += tell(named) if alike else [one for one in lines if isinstance(one, str)]


def more_proofs(page: Page, case: Case, fact: Fact) -> str:
    """Cite the other places that print the same figure, or say that there is none of it."""
    named = case.pool.named((case.vocabulary.term_of(fact.measure) or fact.measure,))
    same = [
        other
        for other in named
        if slot_of(other) == slot_of(fact) and other.quote != fact.quote and agree(other, fact)
    ]
    own = page.cite_fact(fact)
    numbers = [page.cite_fact(other) for other in same[: PROOFS - 1]]
    if not fact.value:
        numbers += [
            page.cite_span(report, denial.span, denial.section)
            for report, denial in case.denials()
            if report.id == fact.report and fact.measure in denial.terms
        ][:1]
    return "".join(f"[{n}]" for n in dict.fromkeys(numbers) if n != own)


def list_operands(page: Page, case: Case, facts: Iterable[Fact]) -> Answer:
    """Write the printed figures under a computed one, each with all its proofs."""
    facts = tuple(facts)
    for fact, tail in zip(facts, names_of(facts).tails, strict=True):
        marks = f"[{page.add_fact(fact)}]" + more_proofs(page, case, fact)
        page.lines.append(f"· {tail}{figure_said(fact)}{marks}")
    for fact in facts:
        page.lines += contradictions(page, with_rivals(case, fact))
    return page.finish()


def with_rivals(case: Case, fact: Fact) -> Finding:
    """Return a figure with those of the same thing and fund that are printed otherwise."""
    named = case.pool.named((case.vocabulary.term_of(fact.measure) or fact.measure,))
    same = [f for f in named if slot_of(f) == slot_of(fact) and of_fund(f) == of_fund(fact)]
    against = tuple(other for other in same if not agree(other, fact))
    return Finding(facts=(fact,), against=against, score=0.0)


def other_years(page: Page, case: Case, head: Fact) -> list[str]:
    """Return a line for the same figure of another year that the same sentence prints."""
    if case.question.years or head.aspect in ("预算", "决算"):
        return []
    lines = []
    for fact in case.facts:
        same = (fact.measure, fact.facet, fact.aspect) == (head.measure, head.facet, head.aspect)
        beside = (fact.report, fact.quote) == (head.report, head.quote)
        if same and beside and fact.year not in (head.year, None):
            n = page.add_fact(fact)
            lines.append(f"{statement(fact)}。[{n}]")
    return lines


def other_aspect(case: Case, ask: Ask, head: Fact) -> Fact | None:
    """Return the budget beside the account of the same thing, where no aspect was asked for."""
    if case.question.aspects or head.aspect not in ("决算", "预算") or head.year is None:
        return None
    wanted: Aspect = "预算" if head.aspect == "决算" else "决算"
    for finding in case.find(ask, years=(head.year,), aspects=(wanted,)):
        fact = finding.headline
        same = (fact.measure, fact.facet, fact.organisation, fact.aspect)
        if same == (head.measure, head.facet, head.organisation, wanted):
            return fact
    return None


def contradictions(page: Page, finding: Finding) -> list[str]:
    """Return a line for the figures of the same thing that differ, each with its place."""
    shown: list[Fact] = []
    for fact in finding.against:
        if not any(agree(fact, other) for other in shown):
            shown.append(fact)
    advice = f"{finding.reason}，" if finding.reason else ""
    lines = []
    for fact in shown[:2]:
        n = page.add_fact(fact)
        place = f"“{fact.table}”" if fact.table else "另一处文字"
        said = "" if fact.table else f"原文：“{fact.quote[:QUOTED]}”"
        lines.append(
            f"注意：{place}写的是{show(fact)}[{n}]，{advice}两处不一致，请以原文核对。{said}"
        )
    return [*lines, *told_beside(page, finding.beside)]


def ask_back(case: Case, findings: Sequence[Finding]) -> Answer:
    """Ask which organisation is meant, with a whole question for each that has the figure."""
    choices: dict[str, Choice] = {}
    for finding in findings:
        fact = finding.headline
        label = f"{fact.organisation} {year_word(fact.year)}{name_of(fact)}"
        choice = Choice(label=label, question=fact_to_question(fact))
        choices.setdefault(fact.organisation, choice)
    page = case.page()
    page.lines.append("已收录的报告里有几家单位都有这个数，请问要哪一家的？")
    return page.finish("clarify", choices.values())
