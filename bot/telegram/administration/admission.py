"""Letting people in: the buttons under a request, and the command /users."""

import re

from telegram import CallbackQuery, Message, Update

from bot.telegram.replies.addressing import command_to_asked, command_words
from bot.telegram.replies.answers import say
from bot.telegram.service import Service
from bot.telegram.state import access
from bot.telegram.state.access import Role
from bot.telegram.views import menus, notices, texts
from bot.telegram.views.rich_text import Button, Outgoing, listing, plain

ADMIT = re.compile(r"admit:(-?\d+):(yes|no)")
_NUMBER = re.compile(r"-?\d{1,18}")  # an id that fits into the state
_ROLES: dict[str, Role] = {"批准": "asker", "管理员": "administrator", "拒绝": "refused"}


def admit_buttons(person: int) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons by which an administrator lets someone in or not."""
    yes = Button(label=notices.ADMIT, data=f"admit:{person}:yes")
    no = Button(label=notices.DENY, data=f"admit:{person}:no")
    return ((yes, no),)


async def announce_request(service: Service, person: int, name: str, code: str) -> None:
    """Tell every administrator of someone who wants to be let in."""
    text = notices.wants_in(name, person, code)
    message = plain(text, admit_buttons(person))
    for administrator in access.administrators(service.options, service.state):
        await service.courier.try_once(_ask_for(service, administrator, person, message))


async def _ask_for(service: Service, administrator: int, person: int, message: Outgoing) -> None:
    sent = await service.courier.send(administrator, message)
    access.note_request(service.state, person, administrator, sent)


async def on_admit(service: Service, update: Update) -> None:
    """Let the person of a request in, or turn them away."""
    query = update.callback_query
    if query is None or not await is_administrator(service, query):
        return
    match = ADMIT.fullmatch(query.data or "")
    if match is None:
        return
    person = int(match[1])
    name = access.waiting_name(service.state, person)
    if name is None:
        await service.courier.try_once(query.answer(notices.DECIDED))
        return
    role: Role = "asker" if match[2] == "yes" else "refused"
    await _decide(service, person, name, role)
    await service.courier.try_once(query.answer())


async def is_administrator(service: Service, query: CallbackQuery) -> bool:
    """Whether a button was pressed by an administrator; tell whoever is none."""
    if access.may_administer(service.options, service.state, query.from_user.id):
        return True
    await service.courier.try_once(query.answer(texts.ADMIN_ONLY))
    return False


async def _decide(service: Service, person: int, name: str, role: Role) -> None:
    """Give a role, tell the person, and take the buttons off every request of theirs."""
    administered = access.may_administer(service.options, service.state, person)
    access.give_role(service.state, person, name, role)
    text = plain(notices.decided(name, role))
    for chat, message in access.take_requests(service.state, person):
        await service.courier.try_once(service.courier.edit(chat, message, text))
    told = plain(texts.told_of_role(role))
    await service.courier.try_once(service.courier.send(person, told))
    administers = role == "administrator"
    if administers != administered and person > 0:
        menu = menus.private_menu(administrator=administers)
        await service.courier.try_once(service.courier.show_menu(person, menu))


async def on_users(service: Service, update: Update) -> None:
    """List people and requests, or decide: /users 批准|管理员|拒绝 配对码或编号."""
    message = update.message
    if message is None:
        return
    word, *who = command_words(message).split(maxsplit=1) or [""]
    if word in _ROLES and who:
        await _by_command(service, message, who[0], _ROLES[word])
        return
    lines = [notices.person_line(p.name, p.id, p.role) for p in access.people(service.state)]
    rows = service.state.execute("SELECT name, code FROM codes ORDER BY at")
    lines += [notices.waiting_line(row["name"], row["code"]) for row in rows]
    outgoing = listing([notices.USERS_HOW, *lines], notices.and_more_people)
    await say(service, command_to_asked(message), outgoing)


async def _by_command(service: Service, message: Message, who: str, role: Role) -> None:
    found = access.waiting_with(service.state, who)
    if found is None and _NUMBER.fullmatch(who):
        known = {person.id: person.name for person in access.people(service.state)}
        found = int(who), known.get(int(who), who)
    if found is None:
        await say(service, command_to_asked(message), plain(notices.NO_SUCH_CODE))
        return
    if found[0] in service.options.admins:
        await say(service, command_to_asked(message), plain(notices.BY_SETTINGS))
        return
    await _decide(service, found[0], found[1], role)
    await say(service, command_to_asked(message), plain(notices.decided(found[1], role)))
