"""What is shown of an answer on request: its proof, its neighbours in the fact table, a copy."""

import re
from datetime import datetime
from functools import partial

from bot.compose import label_of, show
from bot.nouns import Answer, Citation
from bot.telegram import figures, words
from bot.telegram.buttons import answer_to_rows, rows_to_buttons
from bot.telegram.charts import Bar, bars_to_png
from bot.telegram.formal import formal_reply
from bot.telegram.passages import citations_to_passages, has_pages
from bot.telegram.render import answer_to_runs
from bot.telegram.runs import Outgoing, Run, fit, plain, shorten
from bot.telegram.service import Service
from bot.telegram.shown import Shown
from corpus.amounts import to_yuan
from corpus.nouns import Fact
from corpus.pdfium import Picture, render_page

_BETWEEN = re.compile(r"[\s\d.,，。；;：:、|（）()%“”]+")
_MOST_NEEDLES = 6
_PIECE = 6  # characters of a clause that are looked for on a page
_MOST_PICTURES = 4
_CAPTION = 1000  # below Telegram's 1024


async def show_passage(service: Service, shown: Shown) -> None:
    """Send the passages that the answer cites, each with its neighbours."""
    if not shown.answer.citations:
        await _reply(service, shown, plain(words.NO_FIGURE))
        return
    await send_passages(service, shown.place.chat, shown.answer.citations, reply_to=shown.message)


async def send_passages(
    service: Service, chat: int, citations: tuple[Citation, ...], *, reply_to: int | None
) -> None:
    """Send the passages of citations as text, a message each; those seen with another not again."""
    for runs in await service.work(partial(citations_to_passages, service.library, citations)):
        await service.courier.send(chat, Outgoing(runs=runs), reply_to=reply_to)


async def show_picture(service: Service, shown: Shown) -> None:
    """Send each cited page with what is cited framed; a report without pages as text."""
    if not shown.answer.citations:
        await _reply(service, shown, plain(words.NO_FIGURE))
        return
    unseen: list[Citation] = []
    for cited in _by_page(shown.answer.citations)[:_MOST_PICTURES]:
        picture = await service.work(partial(_picture, service, shown.answer, cited))
        if picture is None:
            unseen += cited
            continue
        chat, caption = shown.place.chat, _caption(cited, picture.framed)
        await service.courier.send_photo(chat, picture.png, caption, reply_to=shown.message)
    if unseen:
        if unseen[0].report in await service.work(partial(_loaded, service)):
            await _reply(service, shown, plain(words.ONLY_TEXT))
        chat, citations = shown.place.chat, tuple(unseen)
        await send_passages(service, chat, citations, reply_to=shown.message)


def _by_page(citations: tuple[Citation, ...]) -> list[list[Citation]]:
    """Put together the citations that stand on one page."""
    pages: dict[tuple[str, int | None], list[Citation]] = {}
    for citation in citations:
        pages.setdefault((citation.report, citation.page), []).append(citation)
    return list(pages.values())


def _picture(service: Service, answer: Answer, cited: list[Citation]) -> Picture | None:
    first = cited[0]
    if first.page is None or first.report not in _loaded(service):
        return None
    data = service.library.original(first.report)
    if not has_pages(data):
        return None
    finds = [_needles(citation, _proved(service, answer, citation)) for citation in cited]
    return render_page(data, first.page, finds=finds)


def _proved(service: Service, answer: Answer, citation: Citation) -> Fact | None:
    facts = (figure.fact for figure in answer.figures if figure.citation == citation.n)
    return figures.find_fact(service.library, next(facts, None))


def _caption(cited: list[Citation], framed: tuple[bool, ...]) -> str:
    """Say where a picture is from, and which of its citations have no frame."""
    numbers = [citation.n for citation in cited]
    where = words.sources(numbers, cited[0].document, cited[0].page)
    missing = [n for n, found in zip(numbers, framed, strict=True) if not found]
    if not missing:
        return shorten(where, _CAPTION)
    note = words.frameless(missing if len(missing) < len(numbers) else [])
    return f"{shorten(where, _CAPTION - len(note))}\n{note}"


def _needles(citation: Citation, fact: Fact | None) -> tuple[str, ...]:
    """Return the figure to frame, then the words beside it that tell it from its like.

    Words without a figure are cut into pieces: a whole clause may go on in the next line.
    """
    around = [words for words in _BETWEEN.split(citation.quote) if len(words) > 1]
    if fact is None:
        return tuple(words[:_PIECE] for words in around[:_MOST_NEEDLES])
    return (fact.printed, *fact.row, *fact.column, *around[:_MOST_NEEDLES])


def _loaded(service: Service) -> set[str]:
    return {report.id for report in service.library.reports()}


async def show_before(service: Service, shown: Shown) -> None:
    """Send the figure beside that of the year before."""
    fact = await _fact(service, shown)
    if fact:
        answer = await service.work(partial(figures.before_answer, service.library, fact))
        await _reply_answer(service, shown, answer)


async def show_aspects(service: Service, shown: Shown) -> None:
    """Send the same item in its other aspects."""
    fact = await _fact(service, shown)
    if fact:
        answer = await service.work(partial(figures.aspects_answer, service.library, fact))
        await _reply_answer(service, shown, answer)


async def show_trend(service: Service, shown: Shown) -> None:
    """Send a chart of the figure over the years."""
    fact = await _fact(service, shown)
    if fact:
        await send_trend(service, shown.place.chat, fact, reply_to=shown.message)


async def send_trend(service: Service, chat: int, fact: Fact, *, reply_to: int | None) -> None:
    """Send a chart of a fact over the years, or say that there is one year only."""
    points = await service.work(partial(figures.series, service.library, fact))
    if len(points) < 2:
        await service.courier.send(chat, plain(words.ONE_YEAR), reply_to=reply_to)
        return
    title = f"{fact.organisation}{label_of(fact)}"
    picture = await service.work(partial(bars_to_png, title, tuple(map(_point_to_bar, points))))
    caption = "\n".join([title, *(_point_to_line(service, point) for point in points)])
    await service.courier.send_photo(chat, picture, shorten(caption, _CAPTION), reply_to=reply_to)


def _point_to_bar(point: figures.Point) -> Bar:
    fact = point.fact
    yuan = to_yuan(fact.value, fact.unit)
    return Bar(
        name=f"{fact.year}年", height=float(fact.value if yuan is None else yuan), text=show(fact)
    )


def _point_to_line(service: Service, point: figures.Point) -> str:
    fact = point.fact
    page = fact.spans[0].page
    at = f"第{page}页" if page is not None else ""
    doubt = words.doubt() if point.against else ""
    return f"{fact.year}年 {show(fact)}《{service.library.report(fact.report).title}》{at}{doubt}"


async def show_units(service: Service, shown: Shown) -> None:
    """Put the figure in the other units under the answer, in place, with the formulas."""
    fact = await _fact(service, shown)
    if fact is None or shown.message is None:
        return
    rows = await service.work(partial(answer_to_rows, service.library, shown.answer))
    lines = "\n".join(figures.other_units(fact))
    runs = (
        *answer_to_runs(shown.answer, service.link(fact.id)),
        Run(text=f"\n{words.CONVERTED}\n{lines}"),
    )
    message = Outgoing(runs=fit(runs), buttons=rows_to_buttons(shown.id, shown.answer, rows))
    await service.courier.edit(shown.place.chat, shown.message, message)


async def show_copy(service: Service, shown: Shown) -> None:
    """Send the answer as the inquiry desk would write it, in a block that a tap copies."""
    fact = figures.find_fact(service.library, shown.fact)
    reports = await service.work(service.library.reports)
    bodies = {report.id: report.organisation for report in reports}
    today = datetime.now(words.BEIJING).date()
    text = formal_reply(shown.answer, fact, bodies, today=today)
    await _reply(service, shown, Outgoing(runs=fit([Run(text=text, style="pre")])))


async def _fact(service: Service, shown: Shown) -> Fact | None:
    fact = figures.find_fact(service.library, shown.fact)
    if fact is None:
        word = words.FACT_GONE if shown.fact else words.NO_FIGURE
        await _reply(service, shown, plain(word))
    return fact


async def _reply(service: Service, shown: Shown, message: Outgoing) -> None:
    await service.courier.send(shown.place.chat, message, reply_to=shown.message)


async def _reply_answer(service: Service, shown: Shown, answer: Answer) -> None:
    await _reply(service, shown, Outgoing(runs=answer_to_runs(answer)))
