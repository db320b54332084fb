"""What was said before: the memory of each person's talk, and the unit a chat means. No answers."""

from pydantic import ValidationError

from bot.telegram.state.database import now
from bot.types import Memory
from corpus.model.types import Noun
from index.database import Connection


class Place(Noun):
    """Where someone talks: the chat, its topic (0 for none) and the person."""

    chat: int
    topic: int
    person: int

    @property
    def private(self) -> bool:
        """Whether this is the person's own chat with the bot, by Telegram's signs of ids."""
        return self.chat > 0


def recall(state: Connection, place: Place, *, minutes: float) -> Memory:
    """Return the talk so far, empty when nothing was said for `minutes`."""
    row = state.execute(
        "SELECT memory FROM talks WHERE chat = ? AND topic = ? AND person = ? AND at > ?",
        (place.chat, place.topic, place.person, now() - minutes * 60),
    ).fetchone()
    return memory_from_json(row["memory"]) if row else Memory()


def memory_from_json(text: str) -> Memory:
    """Read a memory; one that an older version wrote in another shape counts as none."""
    try:
        return Memory.model_validate_json(text)
    except ValidationError:
        return Memory()


def remember(state: Connection, place: Place, memory: Memory) -> None:
    """Keep the talk so far of this person in this topic; the caller commits."""
    state.execute(
        "INSERT OR REPLACE INTO talks (chat, topic, person, memory, at) VALUES (?, ?, ?, ?, ?)",
        (place.chat, place.topic, place.person, memory.model_dump_json(), now()),
    )


def forget(state: Connection, place: Place) -> None:
    """Start the talk of this person in this topic anew."""
    with state:
        state.execute(
            "DELETE FROM talks WHERE chat = ? AND topic = ? AND person = ?",
            (place.chat, place.topic, place.person),
        )


def home_of(state: Connection, chat: int) -> str | None:
    """Return the unit that this chat means where none is named, "" where it wants none."""
    row = state.execute("SELECT organisation FROM homes WHERE chat = ?", (chat,)).fetchone()
    return row["organisation"] if row else None


def set_home(state: Connection, chat: int, organisation: str) -> None:
    """Set the unit that this chat means; "" wants none, not that of the settings either."""
    with state:
        state.execute("INSERT OR REPLACE INTO homes VALUES (?, ?)", (chat, organisation))
