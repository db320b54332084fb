"""Which chats want to hear of new reports of which organisation."""

from corpus.organisations import is_short_for
from index.database import Connection


def toggle(state: Connection, chat: int, organisation: str) -> bool:
    """Subscribe a chat, or unsubscribe it where it was; return whether it is subscribed now.

    The caller commits.
    """
    gone = state.execute(
        "DELETE FROM subscriptions WHERE chat = ? AND organisation = ?", (chat, organisation)
    ).rowcount
    if not gone:
        state.execute("INSERT INTO subscriptions VALUES (?, ?)", (chat, organisation))
    return not gone


def of_chat(state: Connection, chat: int) -> tuple[str, ...]:
    """Return the organisations of a chat."""
    rows = state.execute(
        "SELECT organisation FROM subscriptions WHERE chat = ? ORDER BY organisation", (chat,)
    )
    return tuple(row["organisation"] for row in rows)


def chats_of(state: Connection, organisation: str) -> tuple[int, ...]:
    """Return the chats that wait for an organisation, under its full name or a short one."""
    rows = state.execute("SELECT chat, organisation FROM subscriptions ORDER BY chat")
    chats = (row["chat"] for row in rows if is_short_for(row["organisation"], organisation))
    return tuple(dict.fromkeys(chats))
