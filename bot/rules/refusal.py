"""Saying no: what kind of no it is, and the nearest thing that the reports do say."""

import re
from collections.abc import Iterable

from bot.parsing.dialogue import COMPARING
from bot.presentation.names_said import figure_said, names_of, own_words, spoken
from bot.query.retrieval.lexical_overlap import coverage
from bot.query.retrieval.matching import fact_to_context, name_coverage, names_to_terms
from bot.query.retrieval.scope import Case
from bot.rules.comparison.organisation_choice import which_one
from bot.types import Answer, Choice, Question
from corpus.entities.organisation_spelling import places_that_sound_so
from corpus.lexicon.grammar import patterns
from corpus.model.types import CARRIED_OUT, PLANS, Aspect, Cell, Fact, Report, Table

NEAREST = 3
# What is left of a question beside its terms; scraps of it name nothing.
WHOLE_WORD = re.compile(r"^\S{2,12}$")
MOST_NAMES = 5
NEAR_ENOUGH = 0.5
PATTERNS = patterns("rules.refusal")
WORKED_OUT = PATTERNS["worked_out"]
NOT_UNDERSTOOD = (
    "没有在{whose}的报告里找到能确定回答这个问题的内容，不能回答。"
    "请换个说法，或写明项目名称、年份再问。"
)
LEVEL_WORDS: dict[Aspect, str] = {
    "预算": "预算",
    "调整预算": "全年（调整）预算",
    "决算": "决算（实际）",
    "执行数": "执行数",
}


def not_found(case: Case, read: tuple[Fact, ...] = ()) -> Answer:
    """Return a refusal that says what is missing, or ask which body is meant.

    `read` are the figures that the reader found nearest; without it they are found by their names.
    """
    stranger = case.question.unknown_organisation
    if stranger:
        text = f"已收录的报告里没有“{stranger}”的报告，无法回答。{loaded(case)}"
        return place_meant(case, stranger) or Answer(status="not_found", text=text)
    if case.scope.open and could_be_any(case):
        return which_one(case)
    if read:
        return not_sure(case, read)
    near = nearest(case)
    if blank := blank_cell(case):
        return blank_told(case, *blank)
    text = why_not(case)
    if near:
        text += f"报告里相近的是：{spoken(near[0])}。"
    return beside(case, text, near)


def place_meant(case: Case, stranger: str) -> Answer | None:
    """Ask back where the place of an unknown body sounds like that of a loaded one."""
    words = case.asked_words
    slips = places_that_sound_so(words, case.loaded.bodies)
    if not slips or words[slips[0].start : slips[0].end] not in stranger:
        return None
    slip = slips[0]
    meant = f"{words[: slip.start]}{slip.name}{words[slip.end :]}"
    text = f"已收录的报告里没有“{stranger}”的报告。是不是要问“{slip.name}”的？"
    return Answer(status="clarify", text=text, choices=(Choice(label=slip.name, question=meant),))


def not_sure(case: Case, read: tuple[Fact, ...]) -> Answer:
    """Return a refusal that says what the question may mean, without claiming that it is not it."""
    said = near_said(read)
    text = (
        f"没有把握确定问的是报告里的哪一项，不能直接回答。相近的有：{said}。"
        "请换个说法或说全名称再问。"
    )
    return beside(case, text, read)


def near_said(read: tuple[Fact, ...]) -> str:
    """Return the figures that a question may mean, whose they are said once where it is one body's.

    One without a name is told by the report's own words.
    """
    if any(map(own_words, read)):
        return "；".join(once_each(map(spoken, read)))
    names = names_of(read)
    pairs = zip(names.tails, read, strict=True)
    told = once_each(f"{tail}{figure_said(fact)}" for tail, fact in pairs)
    return f"{names.head}{'：' if names.head else ''}{'；'.join(told)}"


def once_each(told: Iterable[str]) -> list[str]:
    """Return what is told, each once: with or without commas in its figures it is the same."""
    first: dict[str, str] = {}
    for said in told:
        first.setdefault(said.replace(",", ""), said)
    return list(first.values())


def too_long(limit: int) -> Answer:
    """Refuse a message that is longer than a question is."""
    return Answer(status="not_found", text=f"问题太长了（超过{limit}字）：请用一两句话只问一件事。")


def could_be_any(case: Case) -> bool:
    """Tell whether a question without a body asks what any report tells: a topic, a term."""
    wordy = any(ask.words for ask in case.question.asks)
    return not wordy and bool(case.question.topic or not case.question.years)


def loaded(case: Case) -> str:
    """Return which organisations are loaded, a few of them by name."""
    # A report whose body could not be told is known by its title.
    names = list(dict.fromkeys(r.organisation or r.title or r.name for r in case.reports))
    if not names:
        return "目前还没有收录任何报告。"
    return f"已收录：{'、'.join(names[:MOST_NAMES])}{' 等' if len(names) > MOST_NAMES else ''}。"


def why_not(case: Case) -> str:
    """Return one sentence that says what the reports do not hold, and which years they are of.

    Only what was looked up is denied: a year without a report, a term without a figure. What was
    not understood may well be there.
    """
    question = case.question
    names = [name for name in case.scope.organisations if name]
    whose_reports = "、".join(names) if 0 < len(names) < 3 else "已收录"
    terms = terms_asked(question)
    years = "、".join(f"{year}年" for year in question.years)
    held = sorted({report.year for report in case.reports if report.year})
    missing = not has_years(case)
    lack = what_is_missing(question, years, "、".join(terms))
    if missing or is_absent(case):
        covered = f"（收录的是{'、'.join(f'{year}年' for year in held)}的报告）" if missing else ""
        return f"{whose_reports}的报告里没有{lack}{covered}，不能回答。"
    if question.judgement or question.operation == "原因":
        return f"没有在{whose_reports}的报告里找到{lack}，不能回答。"
    return NOT_UNDERSTOOD.format(whose=whose_reports)


def terms_asked(question: Question) -> tuple[str, ...]:
    """Return the terms that a question names, each once."""
    return tuple(dict.fromkeys(term for ask in question.asks for term in ask.terms))


def has_years(case: Case) -> bool:
    """Tell whether there is a report or a figure of a year asked for; any is where none is."""
    held = {report.year for report in case.reports} | {fact.year for fact in case.facts}
    return not case.question.years or not held or bool(held & set(case.question.years))


def is_absent(case: Case) -> bool:
    """Tell whether the reports have no figure of a term of the question.

    Where figures bear the term, none is of the years and aspects named; where none does, its words
    stand in no report either.
    """
    question, terms = case.question, set(terms_asked(case.question))
    bearing = [fact for fact in case.facts if terms & names_to_terms(fact, case.vocabulary)]
    if bearing:
        aspects = {like for aspect in question.aspects for like in said_alike(aspect)}
        return not any(
            (not question.years or fact.year in question.years)
            and (not aspects or fact.aspect in aspects)
            for fact in bearing
        )
    said = {*terms, *(word for ask in question.asks for word in ask.said)}
    if not terms or case.wide:
        return False
    return not any(word in one.text for one in case.texts for word in said)


def said_alike(aspect: Aspect) -> tuple[Aspect, ...]:
    """Return the aspects that people say for one: 决算 for what was carried out so far."""
    return next((group for group in (CARRIED_OUT, PLANS) if aspect in group), (aspect,))


def what_is_missing(question: Question, years: str, terms: str) -> str:
    """Return what is missing, so that no figure shown beside it belies the refusal.

    A thing that is no term is said in the words of the question.
    """
    words = "、".join(dict.fromkeys(a.words for a in question.asks if WHOLE_WORD.match(a.words)))
    thing = f"{years}{terms or (f'“{words}”' if words else '')}"
    operation = question.operation
    if question.judgement:
        return "能作出这个判断的数据或说法"
    if operation == "原因":
        return f"说明{thing or '这样变化'}的原因"
    if operation in COMPARING:
        return f"印全比较{thing}要用的数字"
    if operation in ("占比", "比值", "合计", "排名") or WORKED_OUT.search(question.words):
        return f"印全计算{thing}要用的数字"
    levels = [LEVEL_WORDS[aspect] for aspect in question.aspects if aspect in LEVEL_WORDS]
    return f"{thing}的{'和'.join(levels)}数据" if terms or words else f"{thing}的相关数据"


def nearest(case: Case) -> tuple[Fact, ...]:
    """Return a few facts whose names are nearest to the question, whatever year or aspect."""
    words = " ".join((*case.ask.terms, case.ask.words)).strip()
    if not words or case.scope.open:
        return ()
    years = case.question.years
    scored = [
        (
            name_coverage(words, fact),
            fact.year in years,
            coverage(words, fact_to_context(fact)),
            fact,
        )
        for fact in case.facts
    ]
    good = sorted((s for s in scored if s[0] > NEAR_ENOUGH), key=lambda s: (-s[0], -s[1], -s[2]))
    return tuple(fact for *_, fact in good[:NEAREST])


def beside(case: Case, text: str, near: tuple[Fact, ...]) -> Answer:
    """Return a refusal beside the nearest figures: their proofs, and what of them is corrected."""
    page = case.page()
    page.lines.append(text)
    for fact in near:
        page.cite_fact(fact)
    told = page.finish("not_found")
    return told.model_copy(update={"related": told.citations, "citations": ()})


def blank_cell(case: Case) -> tuple[Report, Table, Cell] | None:
    """Return the row of a table that names the item asked for and prints nothing beside it."""
    if case.scope.open or not case.ask.terms:
        return None
    for report in case.texts:
        if case.question.years and report.year not in case.question.years:
            continue
        for table in report.tables:
            for at, cell in enumerate(table.cells):
                named = cell.text and case.vocabulary.term_of(cell.text) in case.ask.terms
                if named and is_blank_row(table, at):
                    return report, table, cell
    return None


def is_blank_row(table: Table, at: int) -> bool:
    """Tell whether the cells after a name, up to the next words of its row, are all blank."""
    name = table.cells[at]
    if name.row < table.header:
        return False
    after = []
    for cell in table.cells[at + 1 :]:
        if cell.row != name.row or re.search(r"[\u4e00-\u9fff]", cell.text):
            break
        after.append(cell.text.strip())
    return bool(after) and not any(after)


def blank_told(case: Case, report: Report, table: Table, cell: Cell) -> Answer:
    """Return a refusal that shows the blank: a blank is not nought."""
    row = [other.span for other in table.cells if other.row == cell.row]
    page = case.page()
    page.cite_span(report, report.span(row[0].start, row[-1].end), (*table.section, table.title))
    text = (
        f"{report.organisation}{report.year or ''}年的“{table.title}”列有“{cell.text}”一行，"
        "但该格空白、没有填数；空白不等于零，不能给出数字。"
    )
    return Answer(status="not_found", text=text, related=tuple(page.citations))
