"""👍, 👎 and the word why: kept for the administrators; no judgement on the answer itself."""

from telegram import CallbackQuery, Message, MessageReactionUpdated, ReactionTypeEmoji

from bot.telegram.replies.addressing import message_to_place
from bot.telegram.service import Service
from bot.telegram.state import pending_messages, shown_answers
from bot.telegram.state.database import now
from bot.telegram.state.shown_answers import Shown
from bot.telegram.views import texts
from bot.telegram.views.buttons import reason_buttons
from bot.telegram.views.rich_text import plain
from corpus.model.types import Noun
from index.database import Connection

_WHY_LIMIT = 1000
_NO_MARK = 0
UP, DOWN = "👍", "👎"
_WORD = "💬"  # the mark of who says something and gave none


class Mark(Noun):
    """A mark that someone gave: the question, whether it was good, and the word why."""

    words: str
    mark: str
    why: str


def put_mark(state: Connection, shown: Shown, *, person: int, mark: str) -> int:
    """Keep a person's mark of an answer; a second one takes the place of the first.

    The word why stays, and so does the id: the question why may be answered after other marks.
    """
    with state:
        row = state.execute(
            "INSERT INTO feedback (answer, person, chat, mark, why, at) VALUES (?, ?, ?, ?, '', ?) "
            "ON CONFLICT (answer, person) WHERE answer IS NOT NULL "
            "DO UPDATE SET mark = excluded.mark, at = excluded.at RETURNING id",
            (shown.id, person, shown.place.chat, mark, now()),
        ).fetchone()
    return int(row["id"])


def put_word(state: Connection, *, person: int, chat: int, asked: int, text: str) -> None:
    """Keep a word of feedback that belongs to no answer, once for a message."""
    if pending_messages.find_outcome(state, chat, asked) is not None:
        return
    with state:
        state.execute(
            "INSERT INTO feedback (person, chat, mark, why, at) VALUES (?, ?, ?, ?, ?)",
            (person, chat, _WORD, text[:_WHY_LIMIT], now()),
        )
        pending_messages.put_outcome(state, chat, asked, texts.THANKS)


def put_prompt(state: Connection, chat: int, message: int, feedback: int = _NO_MARK) -> None:
    """Note that a reply to this message is a word of feedback, on a mark or on no answer."""
    with state:
        state.execute("INSERT OR REPLACE INTO prompts VALUES (?, ?, ?)", (chat, message, feedback))


async def ask_why(service: Service, shown: Shown, feedback: int) -> None:
    """Ask for a word why, once for a mark; a reply to this message is kept with it."""
    asked = service.state.execute("SELECT 1 FROM prompts WHERE feedback = ?", (feedback,))
    if asked.fetchone():
        return
    prompt = plain(texts.WHY, reason_buttons(shown.id))
    message = await service.courier.send(shown.place.chat, prompt, reply_to=shown.message)
    put_prompt(service.state, shown.place.chat, message, feedback)


async def take_reaction(service: Service, reaction: MessageReactionUpdated) -> None:
    """Keep a 👍 or 👎 put on an answer as the button of that mark; other reactions say nothing.

    One that is taken back leaves the mark: a button cannot be taken back either.
    """
    shown = shown_answers.find_message(service.state, reaction.chat.id, reaction.message_id)
    given = {one.emoji for one in reaction.new_reaction if isinstance(one, ReactionTypeEmoji)}
    given -= {one.emoji for one in reaction.old_reaction if isinstance(one, ReactionTypeEmoji)}
    writer = reaction.user or reaction.actor_chat
    mark = next((mark for mark in (DOWN, UP) if mark in given), None)
    if shown is None or writer is None or mark is None:
        return
    kept = put_mark(service.state, shown, person=writer.id, mark=mark)
    service.counts.count(f"reaction_{'up' if mark == UP else 'down'}")
    if mark == DOWN:
        await ask_why(service, shown, kept)


async def take_reason(service: Service, shown: Shown, query: CallbackQuery, at: int) -> None:
    """Keep the reason number `at` with the mark of whoever pressed it, and thank in its place."""
    reason, chat = texts.REASONS[at], shown.place.chat
    _put_why(service.state, shown.id, person=query.from_user.id, chat=chat, why=reason)
    if query.message:
        thanks = plain(texts.thanks_for(reason))
        await service.courier.edit(chat, query.message.message_id, thanks)


async def take_word(service: Service, message: Message) -> bool:
    """Keep a message that replies to the question why; False where it is something else."""
    earlier = message.reply_to_message
    if earlier is None or not message.text:
        return False
    row = service.state.execute(
        "SELECT answer FROM prompts LEFT JOIN feedback ON feedback.id = prompts.feedback "
        "WHERE prompts.chat = ? AND prompts.message = ?",
        (message.chat.id, earlier.message_id),
    ).fetchone()
    if row is None:
        return False
    person, chat, text = message_to_place(message).person, message.chat.id, message.text
    if row["answer"] is None:
        put_word(service.state, person=person, chat=chat, asked=message.id, text=text)
    else:
        _put_why(service.state, row["answer"], person=person, chat=chat, why=text)
    await service.courier.send(chat, plain(texts.THANKS), reply_to=message.id)
    return True


def _put_why(state: Connection, answer: int, *, person: int, chat: int, why: str) -> None:
    """Keep a word why; in a group someone else may say it, then the word is theirs."""
    with state:
        state.execute(
            "INSERT INTO feedback (answer, person, chat, mark, why, at) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (answer, person) WHERE answer IS NOT NULL "
            "DO UPDATE SET why = excluded.why",
            (answer, person, chat, _WORD, why[:_WHY_LIMIT], now()),
        )


def marks_since(state: Connection, since: float) -> tuple[Mark, ...]:
    """Return the marks given after a moment, oldest first."""
    rows = state.execute(
        "SELECT answers.words AS words, mark, why FROM feedback "
        "LEFT JOIN answers ON answers.id = feedback.answer WHERE feedback.at > ? "
        "ORDER BY feedback.id",
        (since,),
    )
    return tuple(Mark(words=r["words"] or "", mark=r["mark"], why=r["why"]) for r in rows)
