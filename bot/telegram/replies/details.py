"""What is shown of an answer on request: its proof, its neighbours in the fact table, a copy."""

from datetime import datetime
from functools import partial
from typing import Literal, get_args

from bot.telegram.pictures.charts import chart_to_png
from bot.telegram.pictures.pages import by_page, cited_to_card, cited_to_shot
from bot.telegram.service import Service
from bot.telegram.state.shown_answers import Said, Shown, delivered, keep, stand_in
from bot.telegram.views import related_figures, texts
from bot.telegram.views.answer import answer_to_runs
from bot.telegram.views.buttons import LABELS, answer_to_rows, page_button, rows_to_buttons
from bot.telegram.views.chart_figures import CHARTS, Chart, ChartName, trend_chart
from bot.telegram.views.formal_copy import formal_reply
from bot.telegram.views.passages import citations_to_passages
from bot.telegram.views.rich_text import CAPTION_LIMIT, Outgoing, Run, fit, plain, shorten
from bot.types import Answer, Citation
from corpus.model.types import Fact

_MOST_PICTURES = 4
Beside = Literal["before", "aspect"]
_BESIDE = get_args(Beside)


async def show_passage(service: Service, shown: Shown) -> None:
    """Send the passages that the answer cites, each with its neighbours."""
    if not shown.answer.citations:
        await _reply(service, shown, plain(texts.NO_FIGURE))
        return
    await send_passages(service, shown.place.chat, shown.answer.citations, reply_to=shown.message)


async def send_passages(
    service: Service, chat: int, citations: tuple[Citation, ...], *, reply_to: int | None
) -> None:
    """Send the passages of citations as text, a message each; those seen with another not again."""
    for runs in await service.work(partial(citations_to_passages, service.library, citations)):
        await service.courier.send(chat, Outgoing(runs=runs), reply_to=reply_to)


async def show_picture(service: Service, shown: Shown) -> None:
    """Send what is cited on each page, cut out and framed; of a report without pages a card."""
    if not shown.answer.citations:
        await _reply(service, shown, plain(texts.NO_FIGURE))
        return
    for at, cited in enumerate(_pages(shown)):
        await _send_proof(service, shown, at, cited)


def _pages(shown: Shown) -> list[list[Citation]]:
    return by_page(shown.answer.citations)[:_MOST_PICTURES]


async def _send_proof(service: Service, shown: Shown, at: int, cited: list[Citation]) -> None:
    chat, reply_to = shown.place.chat, shown.message
    shot = await service.work(partial(cited_to_shot, service.library, shown.answer, cited))
    if shot:
        buttons = page_button(shown.id, at) if shot.cut else ()
        await service.courier.send_photo(
            chat, shot.png, shot.caption, reply_to=reply_to, buttons=buttons
        )
        return
    for one in cited:
        card = await service.work(partial(cited_to_card, service.library, shown.answer, one))
        if card:
            await service.courier.send_photo(chat, card.png, card.caption, reply_to=reply_to)
        else:
            await send_passages(service, chat, (one,), reply_to=reply_to)


async def show_page(service: Service, shown: Shown, at: int) -> None:
    """Send the whole page number `at` of those that an answer cites."""
    pages = _pages(shown)
    if at >= len(pages):
        return
    draw = partial(cited_to_shot, service.library, shown.answer, pages[at], whole=True)
    shot = await service.work(draw)
    if shot is None:
        await send_passages(service, shown.place.chat, tuple(pages[at]), reply_to=shown.message)
        return
    await service.courier.send_photo(
        shown.place.chat, shot.png, shot.caption, reply_to=shown.message
    )


async def show_before(service: Service, shown: Shown) -> None:
    """Send the figure beside that of the year before."""
    fact = await _fact(service, shown)
    if fact:
        answer = await service.work(partial(related_figures.before_answer, service.library, fact))
        await _reply_answer(service, shown, answer, "before")


async def show_aspects(service: Service, shown: Shown) -> None:
    """Send the same item in its other aspects."""
    fact = await _fact(service, shown)
    if fact:
        answer = await service.work(partial(related_figures.aspects_answer, service.library, fact))
        await _reply_answer(service, shown, answer, "aspect")


async def show_trend(service: Service, shown: Shown) -> None:
    """Send a chart of the figure over the years."""
    fact = await _fact(service, shown)
    if fact:
        await send_trend(service, shown.place.chat, fact, reply_to=shown.message)


async def send_trend(service: Service, chat: int, fact: Fact, *, reply_to: int | None) -> None:
    """Send a chart of a fact over the years, or say that there is one year only."""
    chart = await service.work(partial(trend_chart, service.library, fact))
    if chart is None:
        await service.courier.send(chat, plain(texts.ONE_YEAR), reply_to=reply_to)
        return
    await _send_chart(service, chat, chart, reply_to=reply_to)


async def show_chart(service: Service, shown: Shown, *, name: ChartName) -> None:
    """Send the chart of that name that an answer leads to."""
    chart = await service.work(partial(CHARTS[name], service.library, shown.answer))
    if chart is None:
        await _reply(service, shown, plain(texts.FACT_GONE))
        return
    await _send_chart(service, shown.place.chat, chart, reply_to=shown.message)


async def _send_chart(service: Service, chat: int, chart: Chart, *, reply_to: int | None) -> None:
    picture = await service.work(partial(chart_to_png, chart))
    caption = shorten("\n".join([chart.title, *chart.lines]), CAPTION_LIMIT)
    await service.courier.send_photo(chat, picture, caption, reply_to=reply_to)


async def show_units(service: Service, shown: Shown) -> None:
    """Put the figure in the other units under the answer, in place, with the formulas."""
    fact = await _fact(service, shown)
    if fact is None or shown.message is None:
        return
    rows = await service.work(partial(answer_to_rows, service.library, shown.answer))
    lines = "\n".join(related_figures.other_units(fact))
    runs = (
        *answer_to_runs(shown.answer, service.link(fact.id)),
        Run(text=f"\n{texts.CONVERTED}\n{lines}"),
    )
    message = Outgoing(runs=fit(runs), buttons=rows_to_buttons(shown.id, shown.answer, rows))
    await service.courier.edit(shown.place.chat, shown.message, message)


async def show_copy(service: Service, shown: Shown) -> None:
    """Send the answer as the inquiry desk would write it, in a block that a tap copies."""
    fact = related_figures.find_fact(service.library, shown.fact)
    reports = await service.work(service.library.reports)
    bodies = {report.id: report.organisation for report in reports}
    today = datetime.now(texts.BEIJING).date()
    text = formal_reply(shown.answer, fact, bodies, today=today)
    await _reply(service, shown, Outgoing(runs=fit([Run(text=text, style="pre")])))


async def _fact(service: Service, shown: Shown) -> Fact | None:
    fact = related_figures.find_fact(service.library, shown.fact)
    if fact is None:
        word = texts.FACT_GONE if shown.fact else texts.NO_FIGURE
        await _reply(service, shown, plain(word))
    return fact


async def _reply(service: Service, shown: Shown, message: Outgoing) -> None:
    await service.courier.send(shown.place.chat, message, reply_to=shown.message)


async def _reply_answer(service: Service, shown: Shown, answer: Answer, action: Beside) -> None:
    """Send what stands beside an answer as one of its own, with what can be done with it."""
    # No message asks for it: a number below zero stands for one, as for a suggestion.
    said = Said(
        place=shown.place,
        asked=stand_in(shown.id, _BESIDE.index(action)),
        words=f"/{LABELS[action]} {shown.words.removeprefix('/')}",
        before=shown.before,
        after=shown.after,
        answer=answer,
    )
    rows = await service.work(partial(answer_to_rows, service.library, answer))
    answer_id = keep(service.state, said)
    buttons = rows_to_buttons(answer_id, answer, rows)
    message = Outgoing(runs=answer_to_runs(answer), buttons=buttons)
    sent = await service.courier.send(shown.place.chat, message, reply_to=shown.message)
    with service.state:
        delivered(service.state, answer_id, sent)
