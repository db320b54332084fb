"""The account of one project over several blocks: which project it is of, and where it ends."""

import re

from corpus.extraction.subject_terms import overview_to_project, section_to_project
from corpus.model.types import Noun

# A heading's numbering by its kind: 一、 （一） 1. （1）.
KINDS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十]+[部章节]",
        r"[一二三四五六七八九十]+[、.．]",
        r"[（(][一二三四五六七八九十]+[）)]",
        r"\d+[、.．]",
        r"[（(]\d+[）)]",
    )
)
# What these pay is all that a body does, and no project.
FUNDS = re.compile(
    r"^(?:财政专户(?:管理)?|财政(?:拨款)?|(?:结转(?:和)?)?结余|预算|单位|自有|其他|政府采购|非税收入)资金$"
)


class Account(Noun):
    """The project that is told of, and the headings under which it is."""

    project: str = ""
    home: tuple[str, ...] = ()


def block_to_account(account: Account, section: tuple[str, ...], text: str) -> Account:
    """Return whose account a block belongs to: its heading's, else the one that is still open."""
    if section[:1] != account.home[:1] or is_past(section, account.home):
        account = Account(home=section[:1])
    if (named := section_to_project(section)) and not FUNDS.match(named):
        return Account(project=named, home=section)
    if not account.project and (told := overview_to_project(section, text)):
        return Account(project=told, home=section[:-1] or section)
    return account


def is_past(section: tuple[str, ...], home: tuple[str, ...]) -> bool:
    """Tell whether the headings have moved on: 八、 follows 七、, under which the account began."""
    for heading, before in zip(section, home, strict=False):
        if heading != before:
            return kind_of(heading) is not None and kind_of(heading) == kind_of(before)
    return False


def kind_of(heading: str) -> int | None:
    """Return which kind of numbering a heading has."""
    return next((at for at, kind in enumerate(KINDS) if kind.match(heading.strip())), None)
