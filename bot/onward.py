"""Questions to go on with after an answer or a refusal: related, and tried before they are shown.

After a figure: the year before, the other aspect, why it changed, its parts and its whole. After a
refusal: what the same report does say near what was asked, else the same thing in the newest year
that has it, else what is asked of the body most. They are read off the table of figures; whoever
shows them hands in how one is tried, which is to be cheap: nothing is encoded for them.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from bot.presentation.answer_text import aspect_word, label_of, plain_printed, whose, year_word
from bot.types import Answer, Choice, Citation, Reply
from corpus.entities.organisations import core_of
from corpus.entities.units import to_yuan
from corpus.lexicon.term_matcher import load_vocabulary
from corpus.model.types import Aspect, Fact
from index.library import Library

Try = Callable[[str], Answer | None]

COUNT = 3
TRIES = 6
STATED: tuple[Aspect, ...] = ("决算", "预算")
# What people ask for most, best first.
POPULAR = (
    "三公经费", "支出合计", "本年支出", "收入合计", "基本支出", "项目支出", "机关运行经费",
    "人员经费", "公用经费", "政府采购", "公务接待费", "支出总计",
)  # fmt: skip
WHY = "{whose}{label}为什么{turn}"


def onward(library: Library, reply: Reply, tried: Try) -> tuple[Choice, ...]:
    """Return up to three questions that the reports answer and that are of the same body."""
    answer = reply.answer
    if answer.status == "clarify" or (answer.status == "answered" and not answer.citations):
        return ()
    found: dict[str, Choice] = {}
    told = {(one.organisation, one.year, one.value, one.unit) for one in answer.figures}
    fresh = (
        (choice, wanted)
        for choice, wanted in _candidates(library, reply)
        if wanted is None or _slots(wanted) not in told
    )
    for choice, wanted in islice(fresh, TRIES):
        if len(found) == COUNT:
            break
        if choice.label not in found and _leads_there(tried(choice.question), wanted):
            found[choice.label] = choice
    return tuple(found.values())


def _leads_there(answer: Answer | None, wanted: Fact | None) -> bool:
    """Tell whether a question is answered, and with the figure that it is to lead to."""
    if answer is None or answer.status != "answered" or not answer.citations:
        return False
    if wanted is None:
        return True
    first = ((one.organisation, one.year, one.value, one.unit) for one in answer.figures[:2])
    return _slots(wanted) in first


def _slots(fact: Fact) -> tuple[str, int | None, str, str]:
    return (fact.organisation, fact.year, plain_printed(fact), fact.unit)


Candidates = Iterator[tuple[Choice, Fact | None]]


def _candidates(library: Library, reply: Reply) -> Candidates:
    ids = [figure.fact for figure in reply.answer.figures if figure.fact]
    facts = library.facts.get(tuple(ids[:1]))
    if reply.answer.status == "answered" and facts and len(_bodies_told(reply.answer)) == 1:
        yield from _beside_figure(library, facts[0])
    for fact in _near(library, reply.answer):
        yield _to_choice(fact), fact
    if reply.memory.question is not None:
        for fact in _of_body(library, reply):
            yield _to_choice(fact), fact


def _beside_figure(library: Library, fact: Fact) -> Candidates:
    """Yield what is asked after a figure, one of each kind before a second of any."""
    kin = [
        one
        for one in library.facts.find(organisations=(fact.organisation,), measures=(fact.measure,))
        if (one.facet, one.base, one.level) == (fact.facet, fact.base, fact.level)
    ]
    year_before = (fact.year or 0) - 1
    before = [one for one in kin if one.aspect == fact.aspect and one.year == year_before]
    others = [one for one in kin if one.year == fact.year and one.aspect != fact.aspect]
    for one in before[:1]:
        yield _to_choice(one), one
    for one in [one for one in others if one.aspect in STATED][:1]:
        yield _to_choice(one), one
    for turn in _turns(fact, before):
        asked = WHY.format(whose=whose(fact), label=_asked(fact), turn=turn)
        yield Choice(label=asked.removeprefix(fact.organisation), question=asked), None
    for one in _parts(library, fact):
        yield _to_choice(one), one


def _turns(fact: Fact, before: Iterable[Fact]) -> Iterator[str]:
    """Yield the word for how a figure changed against the year before, if it did."""
    for one in list(before)[:1]:
        if one.unit == fact.unit and one.value != fact.value:
            yield "增加" if fact.value > one.value else "减少"


def _parts(library: Library, fact: Fact) -> Iterator[Fact]:
    """Yield the largest part of a figure, then its whole."""
    vocabulary = load_vocabulary()
    whole = vocabulary.whole_of(fact.measure)
    for names in (vocabulary.parts_of(fact.measure), (whole,) if whole else ()):
        if not names:
            continue
        found = library.facts.find(
            organisations=(fact.organisation,),
            measures=tuple(names),
            years=(fact.year,) if fact.year else (),
        )
        like = [
            one
            for one in found
            if (one.aspect, one.level, one.facet) == (fact.aspect, fact.level, "")
            and to_yuan(one.value, one.unit)
        ]
        yield from sorted(like, key=lambda one: -(to_yuan(one.value, one.unit) or 0))[:1]


def _near(library: Library, answer: Answer) -> Iterator[Fact]:
    """Yield the figures of the passages that are shown beside a refusal or read out."""
    for citation in (*answer.related, *answer.citations):
        yield from _inside(library, citation)


def _inside(library: Library, citation: Citation) -> list[Fact]:
    found = library.facts.find(reports=(citation.report,)) if citation.report else ()
    inside = [one for one in found if citation.start <= one.spans[0].start < max(citation.end, 1)]
    return sorted(inside, key=lambda one: one.spans[0].start)[:1]


def _of_body(library: Library, reply: Reply) -> Iterator[Fact]:
    """Yield what the reports of the body say: of the same thing, then what is asked most."""
    question = reply.memory.question
    bodies = (question.organisations if question else ()) or _bodies_told(reply.answer)
    if question is None or not bodies:
        return
    terms = tuple(term for ask in question.asks for term in ask.terms)
    for names in (terms, POPULAR):
        found = library.facts.find(organisations=bodies, measures=names) if names else ()
        stated = [one for one in found if one.aspect in STATED and not one.facet and one.year]
        stated.sort(key=lambda one: (names.index(one.measure), -(one.year or 0)))
        newest: dict[tuple[str, Aspect], Fact] = {}
        for one in stated:
            newest.setdefault((one.measure, one.aspect), one)
        yield from newest.values()


def _bodies_told(answer: Answer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(figure.organisation for figure in answer.figures))


def _to_choice(fact: Fact) -> Choice:
    asked = f"{year_word(fact.year)}{_asked(fact)}"
    return Choice(
        label=core_of(fact.organisation) + asked, question=f"{fact.organisation}{asked}是多少"
    )


def _asked(fact: Fact) -> str:
    """Return what a figure is as a person asks for it: what an appraisal reports needs no word."""
    bare = aspect_word(fact) == "实际"
    return label_of(fact.model_copy(update={"aspect": "其他"}) if bare else fact)
