"""Answers as they were shown: kept so that their buttons, edits and repeats find them again."""

from bot.telegram.state.conversations import Place, memory_from_json
from bot.telegram.state.database import now
from bot.telegram.state.serialisation import from_wire, to_wire
from bot.types import Answer, Memory
from corpus.model.types import Noun
from index.database import Connection, Row

QUESTIONS_FROM = 50
_LATELY = 2000


class Said(Noun):
    """An answer with its question: where and on which message asked, and after which talk.

    `after` is the talk with this answer in it: what a reply to the answer leans on.
    """

    place: Place
    asked: int
    words: str
    before: Memory
    after: Memory = Memory()
    answer: Answer


class Shown(Said):
    """An answer that was kept: `message` is the one it stands on, none until it is delivered."""

    id: int
    message: int | None

    @property
    def fact(self) -> str | None:
        """Return the id of the fact behind the figure that answers the question."""
        return self.answer.figures[0].fact if self.answer.figures else None


def keep(state: Connection, said: Said) -> int:
    """Keep an answer before it is sent and return its id; a question has one answer at a time."""
    old = find_asked(state, said.place.chat, said.asked)
    row = (
        said.place.chat, said.place.topic, said.place.person, said.asked, said.words,
        said.before.model_dump_json(), to_wire(said.answer).decode(), now(),
        said.after.model_dump_json(),
    )  # fmt: skip
    with state:
        if old:
            state.execute(
                "UPDATE answers SET chat = ?, topic = ?, person = ?, asked = ?, words = ?, "
                "before = ?, answer = ?, at = ?, after = ? WHERE id = ?",
                (*row, old.id),
            )
            return old.id
        cursor = state.execute(
            "INSERT INTO answers (chat, topic, person, asked, words, before, answer, at, after) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
    return int(cursor.lastrowid or 0)


def delivered(state: Connection, answer_id: int, message: int) -> None:
    """Note the message on which an answer stands; the caller commits."""
    state.execute("UPDATE answers SET message = ? WHERE id = ?", (message, answer_id))


def delivered_lately(state: Connection) -> tuple[tuple[int, int], ...]:
    """Return chat and id of the messages that the bot knows to be its own, the oldest first.

    A run that looks for a lost message must not take one of these for it.
    """
    rows = state.execute(
        "SELECT chat, message FROM (SELECT chat, message FROM answers WHERE message IS NOT NULL "
        "UNION SELECT chat, message FROM waits UNION SELECT chat, message FROM prompts) "
        "ORDER BY message DESC LIMIT ?",
        (_LATELY,),
    )
    return tuple((row["chat"], row["message"]) for row in rows.fetchall()[::-1])


def find(state: Connection, answer_id: int) -> Shown | None:
    """Return the answer with this id, or None where it is no longer kept."""
    row = state.execute("SELECT * FROM answers WHERE id = ?", (answer_id,)).fetchone()
    return _row_to_shown(row) if row else None


def stand_in(answer_id: int, place: int) -> int:
    """Return a number below zero for a question that no message of the chat holds.

    `place` tells apart what is asked from one answer, below a hundred: its own views from 0 on, the
    questions that it offers from `QUESTIONS_FROM` on.
    """
    return -(answer_id * 100 + place)


def find_asked(state: Connection, chat: int, asked: int) -> Shown | None:
    """Return the answer to the question that stands on this message of this chat."""
    row = state.execute(
        "SELECT * FROM answers WHERE chat = ? AND asked = ? ORDER BY id DESC", (chat, asked)
    ).fetchone()
    return _row_to_shown(row) if row else None


def find_message(state: Connection, chat: int, message: int) -> Shown | None:
    """Return the answer that stands on this message of this chat."""
    row = state.execute(
        "SELECT * FROM answers WHERE chat = ? AND message = ? ORDER BY id DESC", (chat, message)
    ).fetchone()
    return _row_to_shown(row) if row else None


def find_latest(state: Connection, place: Place, *, minutes: float) -> Shown | None:
    """Return the answer that was given last in a talk, None where the talk was ended or is over."""
    row = state.execute(
        "SELECT answers.* FROM answers JOIN talks USING (chat, topic, person) "
        "WHERE chat = ? AND topic = ? AND person = ? AND talks.at > ? "
        "AND message IS NOT NULL AND words NOT LIKE '/%' ORDER BY answers.at DESC LIMIT 1",
        (place.chat, place.topic, place.person, now() - minutes * 60),
    ).fetchone()
    return _row_to_shown(row) if row else None


def _row_to_shown(row: Row) -> Shown:
    return Shown(
        id=row["id"],
        place=Place(chat=row["chat"], topic=row["topic"], person=row["person"]),
        asked=row["asked"],
        message=row["message"],
        words=row["words"],
        before=memory_from_json(row["before"]),
        after=memory_from_json(row["after"]),
        answer=from_wire(Answer, row["answer"]),
    )
