"""The menus of commands: one for everybody, one for groups, a longer one for administrators."""

import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.telegram.views import texts

_log = logging.getLogger(__name__)

_ASKING = (
    ("ask", "提问"),
    ("compare", "各单位比同一个数"),
    ("trend", "历年趋势图"),
    ("source", "看原文"),
    ("units", "找单位"),
    ("coverage", "收录了哪些报告"),
    ("home", "本会话默认单位"),
    ("new", "重新开始"),
    ("help", "用法"),
)
_PRIVATE = (
    ("audit", "报告里对不上的数"),
    ("export", "导出表格"),
    ("subscribe", "新报告提醒"),
    ("feedback", "提意见"),
    ("privacy", "我保存了什么"),
    ("forget", "清除您的记录"),
)
_ADMINISTRATION = (
    ("add", "收录报告"),
    ("remove", "撤下报告"),
    ("users", "谁可以问"),
    ("stats", "统计"),
    ("health", "状态"),
)


def private_menu(*, administrator: bool) -> tuple[tuple[str, str], ...]:
    """Return the commands of a person's own chat with the bot, each with what it does."""
    return (*_ASKING, *_PRIVATE, *(_ADMINISTRATION if administrator else ()))


async def describe(bot: Bot) -> None:
    """Set what stands in an empty chat with the bot and on its page."""
    try:
        await bot.set_my_description(texts.DESCRIPTION)
        await bot.set_my_short_description(texts.SHORT_DESCRIPTION)
    except TelegramError as error:
        _log.warning("the descriptions were not set: %s", type(error).__name__)


async def set_menus(bot: Bot, administrators: Iterable[int]) -> None:
    """Set the menus by scope; one that is refused (an administrator who never wrote) is logged."""
    private, longest = private_menu(administrator=False), private_menu(administrator=True)
    menus: list[tuple[BotCommandScope, Iterable[tuple[str, str]]]] = [
        (BotCommandScopeDefault(), _ASKING),
        (BotCommandScopeAllGroupChats(), _ASKING),
        (BotCommandScopeAllPrivateChats(), private),
        *((BotCommandScopeChat(administrator), longest) for administrator in administrators),
    ]
    for scope, rows in menus:
        commands = [BotCommand(name, what) for name, what in rows]
        try:
            await bot.set_my_commands(commands, scope=scope)
        except TelegramError:
            _log.warning("the menu for %s was not set", scope.type)
