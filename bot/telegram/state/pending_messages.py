"""What is under way or done for a message, so that the same message again does not begin anew."""

from bot.telegram.state.database import now
from index.database import Connection


def put_wait(state: Connection, chat: int, asked: int, message: int) -> None:
    """Note the message of the bot on which the outcome of a question or a file is to stand."""
    with state:
        state.execute("INSERT OR REPLACE INTO waits VALUES (?, ?, ?)", (chat, asked, message))


def find_wait(state: Connection, chat: int, asked: int) -> int | None:
    """Return the message of the bot that says 正在… for this one, or None where there is none."""
    row = state.execute(
        "SELECT message FROM waits WHERE chat = ? AND asked = ?", (chat, asked)
    ).fetchone()
    return int(row["message"]) if row else None


def end_wait(state: Connection, chat: int, asked: int) -> None:
    """Note that the outcome stands where it was waited for; the caller commits."""
    state.execute("DELETE FROM waits WHERE chat = ? AND asked = ?", (chat, asked))


def put_outcome(state: Connection, chat: int, asked: int, said: str) -> None:
    """Note what a command that changes something ended with; the caller commits."""
    state.execute("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?)", (chat, asked, said, now()))


def find_outcome(state: Connection, chat: int, asked: int) -> str | None:
    """Return what this command ended with when it was carried out before, else None."""
    row = state.execute(
        "SELECT said FROM outcomes WHERE chat = ? AND asked = ?", (chat, asked)
    ).fetchone()
    return row["said"] if row else None
