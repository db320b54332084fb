"""Commands of the talk in the terminal: what begins with a slash is one, and never a question.

What Telegram does by a command is done here where lines of text can do it; for the rest the
command of the terminal that does it is named.
"""

from collections.abc import Callable, Collection
from importlib import import_module

from bot.organisations import find_units
from bot.smalltalk import said_of
from index.library import Library

SLASHES = ("/", "／")
USAGE = """\
直接输入问题，例如：2024年三公经费多少；接着可以问：那2023年呢
回答里有选项时，输入序号来选
/units　有哪些单位，后面可以写名称：/units 财政局
/coverage　收录了哪些年份的报告，后面可以写名称
/audit　报告里对不上的数字，后面可以写名称
/new　忘掉上文，重新开始
/help　看这份用法
退出　结束（或按 Ctrl-D）"""
UNKNOWN = "没有 {name} 这个命令，没有当作问题来查；/help 看用法。要问的话，去掉前面的“/”。"
NO_UNIT = "没有找到这个单位；/units 看全部已收录的单位。"
ONLY_THERE = "{name} 只在 Telegram 里有；在这里{instead}"
IN_WORDS = "直接用话问就行，例如：{example}"
INSTEAD: dict[str, str] = {
    "ask": IN_WORDS.format(example="财政局2024年三公经费决算是多少"),
    "compare": IN_WORDS.format(example="各单位2024年三公经费分别多少"),
    "trend": IN_WORDS.format(example="财政局历年三公经费决算是多少"),
    "source": "每条答复下面就是原文和出处；也可以接着问：原文怎么写的",
    "export": "导出用：wenshu facts --org 财政局 --csv > 表格.csv",
    "home": "默认单位写在 WENSHU_HOME 里，见 wenshu where",
    "add": "添加报告用：wenshu add 文件",
    "remove": "移除报告用：wenshu remove 报告",
    "health": "检查用：wenshu doctor",
    "subscribe": "看收录了什么用：/coverage",
    "feedback": "没有这一项",
    "privacy": "上文只在这次对话里，“退出”就忘掉",
    "forget": "忘掉上文用：/new",
    "users": "没有这一项",
    "stats": "没有这一项",
}


def is_command(line: str) -> bool:
    """Tell whether a line is meant as a command."""
    return line.startswith(SLASHES)


def command_to_text(line: str, library: Library) -> str:
    """Return what a command other than /new says."""
    head, _, rest = line.partition(" ")
    name = head.lstrip("".join(SLASHES)).lower().split("@")[0]
    if name in ("help", "start"):
        return USAGE
    if name in _LOOKS:
        bodies = _bodies(library, rest.strip())
        return _LOOKS[name](library, bodies) if bodies else NO_UNIT
    if name in INSTEAD:
        return ONLY_THERE.format(name=f"/{name}", instead=INSTEAD[name])
    return UNKNOWN.format(name=head)


def _bodies(library: Library, name: str) -> Collection[str]:
    """Return the bodies of a name, a short name or its initials; without one all."""
    if name:
        return find_units(library, name)
    return {report.organisation for report in library.reports()}


def _units(library: Library, bodies: Collection[str]) -> str:
    return said_of("units", library, bodies)


def _audit(library: Library, bodies: Collection[str]) -> str:
    return said_of("findings", library, bodies)


def _coverage(library: Library, bodies: Collection[str]) -> str:
    head = import_module("bot.telegram.views.texts").coverage_head
    lines = import_module("bot.telegram.views.coverage").coverage_lines
    found = [one for one in library.reports() if one.organisation in bodies]
    return "\n".join((head(len(found)), *lines(found)))


_LOOKS: dict[str, Callable[[Library, Collection[str]], str]] = {
    "units": _units,
    "list": _coverage,
    "coverage": _coverage,
    "audit": _audit,
}
