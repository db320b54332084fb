"""Who may ask and who may administer: settings, roles in the state, pairing codes. No messages."""

import secrets
from typing import Literal

from bot.settings.telegram_options import Options
from bot.telegram.state.database import now
from corpus.model.types import Noun
from index.database import Connection

Role = Literal["asker", "administrator", "refused"]

_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, O, 1 or I, which are read out wrongly
_LENGTH = 6


class Person(Noun):
    """Someone known to the bot."""

    id: int
    name: str
    role: Role


def role_of(state: Connection, person: int) -> Role | None:
    """Return the role that was given to a person, or to a chat as a whole."""
    row = state.execute("SELECT role FROM people WHERE id = ?", (person,)).fetchone()
    return row["role"] if row else None


def may_administer(options: Options, state: Connection, person: int) -> bool:
    """Whether a person is an administrator, by the settings or by role."""
    return person in options.admins or role_of(state, person) == "administrator"


def may_ask(options: Options, state: Connection, *, person: int, chat: int) -> bool:
    """Whether a person may ask in a chat: as themselves, or because the chat may."""
    role = role_of(state, person)
    if person in options.admins or role == "administrator":
        return True
    if role == "refused":
        return False
    if options.access == "open" or {person, chat} & set(options.allowed):
        return True
    return bool({role, role_of(state, chat)} & {"asker", "administrator"})


def give_role(state: Connection, person: int, name: str, role: Role) -> None:
    """Give a person a role; a pairing code of theirs is used up."""
    with state:
        state.execute(
            "INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?)", (person, name, role, now())
        )
        state.execute("DELETE FROM codes WHERE person = ?", (person,))


def note_request(state: Connection, person: int, chat: int, message: int) -> None:
    """Note the message by which an administrator was told of a person who waits."""
    with state:
        state.execute("INSERT OR REPLACE INTO requests VALUES (?, ?, ?)", (person, chat, message))


def take_requests(state: Connection, person: int) -> tuple[tuple[int, int], ...]:
    """Return chat and message of every request of a person, which are then forgotten."""
    rows = state.execute("SELECT chat, message FROM requests WHERE person = ?", (person,))
    found = tuple((row["chat"], row["message"]) for row in rows.fetchall())
    with state:
        state.execute("DELETE FROM requests WHERE person = ?", (person,))
    return found


def code_for(state: Connection, person: int, name: str) -> tuple[str, bool]:
    """Return the pairing code of a person, and whether it was made just now."""
    row = state.execute("SELECT code FROM codes WHERE person = ?", (person,)).fetchone()
    if row:
        return row["code"], False
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    with state:
        state.execute("INSERT INTO codes VALUES (?, ?, ?, ?)", (person, code, name, now()))
    return code, True


def waiting_with(state: Connection, code: str) -> tuple[int, str] | None:
    """Return the person who waits with a code and their name."""
    row = state.execute("SELECT * FROM codes WHERE code = ?", (code.upper(),)).fetchone()
    return (row["person"], row["name"]) if row else None


def waiting_name(state: Connection, person: int) -> str | None:
    """Return the name of a person who waits to be let in, or None where they do not wait."""
    row = state.execute("SELECT name FROM codes WHERE person = ?", (person,)).fetchone()
    return row["name"] if row else None


def people(state: Connection) -> tuple[Person, ...]:
    """Return everyone with a role."""
    rows = state.execute("SELECT id, name, role FROM people ORDER BY at")
    return tuple(Person(id=row["id"], name=row["name"], role=row["role"]) for row in rows)


def administrators(options: Options, state: Connection) -> tuple[int, ...]:
    """Return the administrators, by settings and by role."""
    by_role = [person.id for person in people(state) if person.role == "administrator"]
    return tuple(dict.fromkeys([*options.admins, *by_role]))
