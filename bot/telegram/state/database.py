"""The bot's own file of state: its tables, and how it is opened. Not what is done with them."""

import time
from pathlib import Path

from index.database import Connection, connect

KEEP_DAYS = 90.0  # of answers and talks
_DAY = 86400.0
_UPDATE_DAYS = 2.0
_FIRST = """
CREATE TABLE updates (        -- what Telegram delivered; the content goes once it is dealt with
    id INTEGER PRIMARY KEY, content TEXT, tries INTEGER NOT NULL DEFAULT 0, at REAL NOT NULL);
CREATE INDEX updates_waiting ON updates (id) WHERE content IS NOT NULL;
CREATE TABLE talks (          -- the talk so far of one person in one topic of one chat
    chat INTEGER, topic INTEGER, person INTEGER, memory TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (chat, topic, person));
CREATE TABLE answers (        -- what was answered, for its buttons and for an edited question
    id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, topic INTEGER NOT NULL, person INTEGER NOT NULL,
    asked INTEGER NOT NULL, message INTEGER, words TEXT NOT NULL, before TEXT NOT NULL,
    answer TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX answers_asked ON answers (chat, asked);
CREATE INDEX answers_message ON answers (chat, message);
CREATE TABLE homes (chat INTEGER PRIMARY KEY, organisation TEXT NOT NULL);
CREATE TABLE people (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE codes (          -- pairing codes of people who wait to be let in
    person INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE feedback (
    id INTEGER PRIMARY KEY, answer INTEGER, person INTEGER NOT NULL, chat INTEGER NOT NULL,
    mark TEXT NOT NULL, why TEXT NOT NULL, at REAL NOT NULL);
CREATE UNIQUE INDEX feedback_once ON feedback (answer, person) WHERE answer IS NOT NULL;
CREATE TABLE prompts (        -- messages of the bot whose reply is a word of feedback
    chat INTEGER, message INTEGER, feedback INTEGER NOT NULL, PRIMARY KEY (chat, message));
CREATE TABLE subscriptions (
    chat INTEGER, organisation TEXT, PRIMARY KEY (chat, organisation));
CREATE TABLE uploads (        -- reports that came over the chat and wait for 确认 or 撤销
    id INTEGER PRIMARY KEY, report TEXT NOT NULL, chat INTEGER NOT NULL, person INTEGER NOT NULL,
    status TEXT NOT NULL, at REAL NOT NULL);
"""
_SECOND = """
ALTER TABLE answers ADD COLUMN after TEXT NOT NULL DEFAULT '';  -- the talk with this answer in it
ALTER TABLE uploads ADD COLUMN asked INTEGER NOT NULL DEFAULT 0;  -- the message with the file
ALTER TABLE uploads ADD COLUMN said TEXT NOT NULL DEFAULT '';
ALTER TABLE uploads ADD COLUMN replaced TEXT;  -- the report whose place it took
CREATE TABLE waits (          -- messages of the bot that say 正在… until the outcome stands there
    chat INTEGER, asked INTEGER, message INTEGER NOT NULL, PRIMARY KEY (chat, asked));
CREATE TABLE outcomes (       -- what a command that changes something ended with, for its repeats
    chat INTEGER, asked INTEGER, said TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (chat, asked));
CREATE TABLE requests (       -- where administrators were told of someone who wants to be let in
    person INTEGER, chat INTEGER, message INTEGER, PRIMARY KEY (chat, message));
"""
_THIRD = """
ALTER TABLE subscriptions ADD COLUMN asked INTEGER;  -- the message to reply to, in a group or topic
CREATE TABLE times (name TEXT PRIMARY KEY, at REAL NOT NULL);  -- when what recurs was done last
"""
# Answers were kept as their public JSON, facts and places in lists beside it; now they are whole.
_FOURTH = """
UPDATE answers SET answer = json_set(json_extract(answer, '$.answer'),
    '$.figures', json((SELECT json_group_array(json_set(figure.value,
            '$.fact', json_extract(answers.answer, '$.facts[' || figure.key || ']')))
        FROM json_each(answers.answer, '$.answer.figures') AS figure)),
    '$.citations', json((SELECT json_group_array(json_set(citation.value,
            '$.report', json_extract(answers.answer, '$.places[' || citation.key || '][0]'),
            '$.start', json_extract(answers.answer, '$.places[' || citation.key || '][1]'),
            '$.end', json_extract(answers.answer, '$.places[' || citation.key || '][2]')))
        FROM json_each(answers.answer, '$.answer.citations') AS citation)))
WHERE json_valid(answer) AND json_type(answer, '$.answer') = 'object';
"""
_VERSIONS = (_FIRST, _SECOND, _THIRD, _FOURTH)  # each takes the file of the one before further
VERSION = len(_VERSIONS)


def open_state(path: Path) -> Connection:
    """Open the state at `path`, with its tables made where they are not there yet."""
    state = connect(path)
    version = state.execute("PRAGMA user_version").fetchone()[0]
    for number, step in enumerate(_VERSIONS[version:], start=version + 1):
        state.executescript(f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;")
    return state


def now() -> float:
    """Return the time as it is kept in the state: seconds since 1970."""
    return time.time()


def move_chat(state: Connection, old: int, new: int) -> None:
    """Let a group that became a supergroup keep its home, talks, answers, subscriptions, role."""
    with state:
        state.execute("UPDATE OR REPLACE people SET id = ? WHERE id = ?", (new, old))
        for table in ("homes", "talks", "answers", "subscriptions"):
            state.execute(
                f"UPDATE OR REPLACE {table} SET chat = ? WHERE chat = ?",  # noqa: S608 - own names
                (new, old),
            )
        # The supergroup numbers its messages anew.
        state.execute("UPDATE subscriptions SET asked = NULL WHERE chat = ?", (new,))


def put_time(state: Connection, name: str, at: float) -> None:
    """Note when something that recurs was done."""
    with state:
        state.execute("INSERT OR REPLACE INTO times VALUES (?, ?)", (name, at))


def find_time(state: Connection, name: str) -> float | None:
    """Return when something that recurs was done last, None where it never was."""
    row = state.execute("SELECT at FROM times WHERE name = ?", (name,)).fetchone()
    return float(row["at"]) if row else None


def forget_person(state: Connection, person: int) -> None:
    """Drop what someone asked, what they were answered and what they said of it."""
    with state:
        for table in ("talks", "answers", "feedback"):
            state.execute(
                f"DELETE FROM {table} WHERE person = ?",  # noqa: S608 - own names
                (person,),
            )


def forget_old(state: Connection, *, days: float) -> None:
    """Drop answers and talks older than `days` and the numbers of past updates; marks stay.

    Telegram delivers an update for a day, and after a quiet week numbers them from anywhere.
    """
    before = now() - days * _DAY
    with state:
        state.execute(
            "DELETE FROM updates WHERE content IS NULL AND at < ?", (now() - _UPDATE_DAYS * _DAY,)
        )
        state.execute("DELETE FROM answers WHERE at < ?", (before,))
        state.execute("DELETE FROM talks WHERE at < ?", (before,))
        state.execute("DELETE FROM outcomes WHERE at < ?", (before,))
