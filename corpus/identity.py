"""Who a report is of: organisation, level, year and kind, from its cover and titles.

The file name is only asked when the pages do not tell.
"""

import re
from collections import Counter
from typing import TypeVar

from corpus.nouns import Draft, Kind, Level, Noun, Paragraph
from corpus.organisations import organisations_in
from corpus.years import years_in

Word = TypeVar("Word")

COVER_PARAGRAPHS = 14
LABELS = re.compile(
    r"(?:预算主管部门|预算部门|预算单位|部门名称|单位名称|部门（单位）名称|编制部门|编制单位|填报单位|公开部门|公开单位)"
    r"(?:（盖章）|（公章）)?[：:]\s*(?P<name>[^\s：:，。；（）()]{3,40}(?:[（(]本级[）)])?)"
)
UNIT_TAIL = re.compile(r"(?:单位|金额单位)$")
KIND_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("绩效自评", re.compile(r"绩效(?:自评|评价|自我评价)")),
    ("决算", re.compile(r"决算")),
    ("预算", re.compile(r"预算")),
)
LEVEL_WORDS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("单位", re.compile(r"单位(?:预算|决算|整体支出)|预算单位[：:]|（本级）|\(本级\)")),
    ("部门", re.compile(r"部门(?:预算|决算|整体支出|（单位）)|预算主管部门|区级部门|市级部门")),
)
TITLE_WORDS = re.compile(r"预算|决算|绩效|报告|公开|说明|公告|情况")


class Identity(Noun):
    """What a report says it is; `title` is its cover line."""

    title: str
    organisation: str
    level: Level | None
    year: int | None
    kind: Kind


def draft_to_identity(draft: Draft, *, name: str) -> Identity:
    """Identify the report of a draft; `name` is the file name, the last resort."""
    paragraphs = [piece for piece in draft.pieces if isinstance(piece, Paragraph)]
    cover = [paragraph.text.strip() for paragraph in paragraphs[:COVER_PARAGRAPHS]]
    title = cover_to_title(cover)
    stem = re.sub(r"\.\w{2,5}$", "", name)
    organisation = re.sub(
        r"[（(](?:机关)?本级[）)]$", "", find_organisation(title, paragraphs, stem)
    )
    heading = title + "".join(line for line in cover[:4] if LABELS.search(line))
    return Identity(
        title=title or stem,
        organisation=organisation,
        level=first_match(LEVEL_WORDS, heading) or first_match(LEVEL_WORDS, stem),
        year=find_year(title, stem, draft),
        kind=first_match(KIND_WORDS, title) or first_match(KIND_WORDS, stem) or "其他",
    )


def first_match(rules: tuple[tuple[Word, re.Pattern[str]], ...], text: str) -> Word | None:
    """Return the value of the first rule whose pattern stands in the text."""
    return next((value for value, pattern in rules if pattern.search(text)), None)


def cover_to_title(cover: list[str]) -> str:
    """Join the lines at the top that make the title: up to the one that says what report it is."""
    lines: list[str] = []
    for line in cover[:5]:
        if not line or len(line) > 60 or re.search(r"[。；]|目\s*录", line):
            break
        if LABELS.search(line):
            continue
        lines.append(line)
        if TITLE_WORDS.search(line) and re.search(r"(?:预算|决算|报告|公开|说明|情况|表)$", line):
            break
    joined = "".join(lines)
    return joined if TITLE_WORDS.search(joined) else ""


def find_organisation(title: str, paragraphs: list[Paragraph], stem: str) -> str:
    """Return the organisation: by a label, by the title, by a salutation, by the file, by count."""
    for paragraph in paragraphs[:COVER_PARAGRAPHS]:
        match = LABELS.search(paragraph.text)
        if match and (named := organisations_in(match.group("name"))):
            return named[0].name
    for text in (title, stem):
        if named := organisations_in(text):
            return max(named, key=lambda mention: len(mention.name)).name
    counts = Counter(
        mention.name for paragraph in paragraphs for mention in organisations_in(paragraph.text)
    )
    return counts.most_common(1)[0][0] if counts else ""


def find_year(title: str, stem: str, draft: Draft) -> int | None:
    """Return the year: of the title, of the file name, else the commonest one in the text."""
    for text in (title, stem):
        years = [mention.value for mention in years_in(text, this_year=None) if mention.value]
        if years:
            return years[0]
    texts = (
        piece.text if isinstance(piece, Paragraph) else " ".join(cell.text for cell in piece.cells)
        for piece in draft.pieces
    )
    counts = Counter(
        mention.value
        for text in texts
        for mention in years_in(text, this_year=None)
        if mention.value
    )
    return counts.most_common(1)[0][0] if counts else None
