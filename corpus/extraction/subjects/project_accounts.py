"""The account of one project over several blocks: which project it is of, and where it ends."""

from corpus.extraction.subject_terms import overview_to_project, section_to_project
from corpus.lexicon.grammar import patterns
from corpus.model.types import Noun
from corpus.structure.headings import Style, text_to_numbering

PATTERNS = patterns("extraction.project_accounts")
FUNDS = PATTERNS["funds"]


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
            style = style_of(heading)
            return style is not None and style == style_of(before)
    return False


def style_of(heading: str) -> Style | None:
    """Return how a heading is numbered."""
    numbering = text_to_numbering(heading.strip())
    return numbering.style if numbering else None
