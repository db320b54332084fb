"""Figures for any chat: cards while someone types after the bot's name, and answers to a guest."""

from collections.abc import Iterator
from functools import partial

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    Update,
)

from bot.presentation.answer_text import label_of, show, whose
from bot.telegram.replies.addressing import text_of
from bot.telegram.replies.answers import LONGEST
from bot.telegram.service import Service
from bot.telegram.views import related_figures, texts
from bot.telegram.views.answer import answer_to_runs
from bot.telegram.views.rich_text import runs_to_html, shorten
from bot.types import Answer
from corpus.model.types import Fact

_MOST = 10
_CACHE_SECONDS = 30
START = "inline"  # what the button over the cards opens the bot with
_DESCRIBED = 120  # units of the first lines of a card
_CHOICES = 5  # bodies tried where the words name none


async def on_inline(service: Service, update: Update) -> None:
    """Offer cards of figures for what is typed so far."""
    query = update.inline_query
    if query is None:
        return
    service.counts.count("inline")
    text = query.query.strip()[:LONGEST]
    overview = await service.work(partial(_overview, service, text)) if text else None
    facts = await service.work(partial(_facts_for, service, text, overview))
    cards = [await service.work(partial(_card, service, fact)) for fact in facts]
    if overview:
        cards = [_overview_card(service, overview), *cards]
    button = InlineQueryResultsButton(texts.OPEN_BOT, start_parameter=START)
    # Telegram shows cards that are not personal to everyone who types the same.
    personal = service.options.access != "open"
    await service.courier.try_once(
        query.answer(cards, cache_time=_CACHE_SECONDS, is_personal=personal, button=button)
    )


def _overview(service: Service, text: str) -> Answer | None:
    """Return the card of a body where its name is all that is typed, or with a word for it."""
    return service.assistant.overview(text, home=service.options.home)


def _overview_card(service: Service, overview: Answer) -> InlineQueryResultArticle:
    head, _, rest = overview.text.partition("\n")
    html = runs_to_html(answer_to_runs(overview, _link_of(service, overview)))
    return InlineQueryResultArticle(
        id="overview",
        title=head.rstrip("："),
        description=shorten(rest, _DESCRIBED),
        input_message_content=InputTextMessageContent(html),
    )


def _link_of(service: Service, answer: Answer) -> str:
    return service.link(answer.figures[0].fact) if answer.figures else ""


def _facts_for(service: Service, text: str, overview: Answer | None) -> tuple[Fact, ...]:
    """Return up to ten facts: those that answer, then their neighbours in the fact table.

    Before anything is typed, those that answer the questions to begin with; beside an overview, its
    own.
    """
    if overview:
        own = {(label_of(f), show(f)): f for f in reversed(_facts_of(service, overview))}
        return tuple(reversed(own.values()))[: _MOST - 1]
    if not text:
        asked = service.suggestions.questions()
        answers = (service.assistant.answer(one.question).answer for one in asked)
        return tuple(fact for answer in answers for fact in _facts_of(service, answer))[:_MOST]
    heads = [fact for answer in _answers(service, text) for fact in _facts_of(service, answer)]
    near = [
        other
        for fact in heads
        for other in related_figures.siblings(service.library, fact)
        if other.direction == 0
    ]
    unique = {(fact.organisation, fact.year, label_of(fact), show(fact)): fact for fact in near}
    unique = {(f.organisation, f.year, label_of(f), show(f)): f for f in heads} | unique
    return tuple(unique.values())[:_MOST]


def _answers(service: Service, text: str) -> Iterator[Answer]:
    answer = service.assistant.answer(text, home=service.options.home).answer
    yield answer
    for choice in answer.choices[:_CHOICES]:
        yield service.assistant.answer(choice.question).answer


def _facts_of(service: Service, answer: Answer) -> tuple[Fact, ...]:
    ids = tuple(figure.fact for figure in answer.figures if figure.fact)
    return service.library.facts.get(ids)


def _card(service: Service, fact: Fact) -> InlineQueryResultArticle:
    answer = related_figures.fact_to_answer(service.library, fact)
    html = runs_to_html(answer_to_runs(answer, service.link(fact.id)))
    title = service.library.report(fact.report).title
    return InlineQueryResultArticle(
        id=fact.id,
        title=texts.card_title(label_of(fact), show(fact)),
        description=texts.card_source(whose(fact), title, fact.spans[0].page),
        input_message_content=InputTextMessageContent(html),
    )


async def on_guest(service: Service, update: Update) -> None:
    """Answer where the bot is not a member: once, without buttons, without a memory."""
    message = update.guest_message
    if message is None or service.me is None:
        return
    text = text_of(message).replace(f"@{service.me.username}", " ").strip()
    if len(text) > LONGEST:
        await answer_guest(service, message, texts.TOO_LONG)
    else:
        reply = await service.work(
            partial(service.assistant.answer, text, home=service.options.home)
        )
        await answer_guest(service, message, reply.answer)


async def answer_guest(service: Service, message: Message, said: Answer | str) -> None:
    """Put an answer or a sentence where a guest asked, the choices of an answer as lines."""
    if not message.guest_query_id:
        return
    answer = Answer(status="not_found", text=said) if isinstance(said, str) else said
    lines = "".join(f"\n· {choice.label}" for choice in answer.choices)
    answer = answer.model_copy(update={"text": answer.text + lines})
    fact = answer.figures[0].fact if answer.figures else None
    html = runs_to_html(answer_to_runs(answer, service.link(fact)))
    card = InlineQueryResultArticle(
        id="guest", title=texts.OPEN_BOT, input_message_content=InputTextMessageContent(html)
    )
    await service.courier.persist(partial(message.answer_guest_query, card))
