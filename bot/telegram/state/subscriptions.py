"""Which chats want to hear of new reports of which organisation."""

from corpus.entities.organisations import is_short_for
from index.database import Connection


def toggle(state: Connection, chat: int, organisation: str, *, asked: int | None) -> bool:
    """Subscribe a chat, or unsubscribe it where it was; return whether it is subscribed now.

    News reply to the message `asked`, where there is one. The caller commits.
    """
    gone = state.execute(
        "DELETE FROM subscriptions WHERE chat = ? AND organisation = ?", (chat, organisation)
    ).rowcount
    if not gone:
        state.execute("INSERT INTO subscriptions VALUES (?, ?, ?)", (chat, organisation, asked))
    return not gone


def of_chat(state: Connection, chat: int) -> tuple[str, ...]:
    """Return the organisations of a chat."""
    rows = state.execute(
        "SELECT organisation FROM subscriptions WHERE chat = ? ORDER BY organisation", (chat,)
    )
    return tuple(row["organisation"] for row in rows)


def waiting_for(state: Connection, organisation: str) -> dict[int, int | None]:
    """Return the chats that wait for an organisation, under its full name or a short one.

    With each comes the message to reply to, None where there is none.
    """
    rows = state.execute("SELECT * FROM subscriptions ORDER BY chat")
    fitting = (row for row in rows if is_short_for(row["organisation"], organisation))
    return {row["chat"]: row["asked"] for row in fitting}
