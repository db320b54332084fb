"""Who a report is of: organisation, level, year and kind, from its cover and titles.

No single place is trusted with the name: title, labels, cover lines, file name and running text are
witnesses, and the name that most of them agree on is taken, in its fullest form.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from corpus.entities.organisations import is_short_for
from corpus.entities.places import name_to_place
from corpus.entities.years import years_in
from corpus.model.types import Draft, Grid, Kind, Level, Noun, Paragraph
from corpus.structure.titles import (
    is_name,
    text_to_labels,
    text_to_names,
    text_to_pieces,
    title_to_name,
    title_to_plain_name,
)

Word = TypeVar("Word")

COVER_PARAGRAPHS = 14
LONGEST_TITLE_LINE = 60
LONGEST_NAME_LINE = 40
# What each witness of a name is worth. A caption over every table may name the body above.
TITLE, COVER_LABEL, COVER_LINE, FILE, CAPTION, ABOVE = 3.0, 3.5, 2.0, 2.5, 1.5, 1.0
REPEATED, MOST_REPEATED = 0.2, 4
SEVERAL = 2
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
TITLE_ENDS = re.compile(r"(?:预算|决算|报告|公开|说明|情况|表)$")
NO_TITLE = re.compile(r"^附件[\d一二三四]*[：:]?$")
MONTH = re.compile(
    r"(?:20\d\d|[一二][〇○零OＯ]..)年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}日)?"
)
CONTENTS = re.compile(r"^目\s*录$")


class Identity(Noun):
    """What a report says it is; `title` is its cover line."""

    title: str
    organisation: str
    level: Level | None
    year: int | None
    kind: Kind


def draft_to_identity(draft: Draft, *, name: str) -> Identity:
    """Identify the report of a draft; `name` is the file name, one witness among others."""
    paragraphs = [piece.text.strip() for piece in draft.pieces if isinstance(piece, Paragraph)]
    cover = paragraphs_to_cover(paragraphs)
    title = cover_to_title(cover)
    stem = re.sub(r"\.\w{2,5}$", "", name)
    organisation = find_organisation(title, cover, paragraphs, stem)
    heading = title + "".join(line for line in cover[:4] if text_to_labels(line))
    bare = [text.replace(organisation, "") if organisation else text for text in (title, stem)]
    return Identity(
        title=title or stem,
        organisation=organisation,
        level=first_match(LEVEL_WORDS, heading) or first_match(LEVEL_WORDS, stem),
        year=find_year(title, stem, draft),
        kind=first_match(KIND_WORDS, bare[0]) or first_match(KIND_WORDS, bare[1]) or "其他",
    )


def first_match(rules: tuple[tuple[Word, re.Pattern[str]], ...], text: str) -> Word | None:
    """Return the value of the first rule whose pattern stands in the text."""
    return next((value for value, pattern in rules if pattern.search(text)), None)


def paragraphs_to_cover(paragraphs: Sequence[str]) -> list[str]:
    """Return the lines above the table of contents, or the first few."""
    cover = list(paragraphs[:COVER_PARAGRAPHS])
    ends = [at for at, line in enumerate(cover) if CONTENTS.match(line)]
    return cover[: ends[0]] if ends and ends[0] else cover


def cover_to_title(cover: Sequence[str]) -> str:
    """Join the lines at the top that make the title: up to the one that says what report it is."""
    lines: list[str] = []
    for line in cover[:5]:
        if not line or len(line) > LONGEST_TITLE_LINE or re.search(r"[。；]|目\s*录", line):
            break
        if text_to_labels(line) or NO_TITLE.match(line) or MONTH.fullmatch(line):
            continue
        lines.append(line)
        if TITLE_WORDS.search(line) and TITLE_ENDS.search(line):
            break
    joined = "".join(lines)
    return joined if TITLE_WORDS.search(joined) else ""


def find_organisation(
    title: str, cover: Sequence[str], paragraphs: Sequence[str], stem: str
) -> str:
    """Return the name that title, labels, cover, file name and text agree on best, "" for none."""
    votes: dict[str, float] = {}
    for worth, name in witnesses(title, cover, paragraphs, stem):
        votes[name] = votes.get(name, 0) + worth
    if not votes:
        return ""
    agreed = {
        name: sum(worth for other, worth in votes.items() if are_one(name, other)) for name in votes
    }
    best = max(agreed, key=lambda name: (agreed[name], votes[name]))
    placed = bool(name_to_place(best)[1])
    forms = [name for name in votes if are_one(name, best) and (votes[name] >= ABOVE or not placed)]
    return max((best, *forms), key=lambda name: (len(name), votes[name]))


def witnesses(
    title: str, cover: Sequence[str], paragraphs: Sequence[str], stem: str
) -> list[tuple[float, str]]:
    """Return each name that something says the report is of, with what that is worth."""
    said = [(TITLE, title_to_name(title)), (FILE, title_to_name(stem))]
    for line in cover:
        said += [
            (ABOVE if label.superior else COVER_LABEL, label.name) for label in text_to_labels(line)
        ]
        if len(line) <= LONGEST_NAME_LINE and is_name_line(line):
            said.append((COVER_LINE, title_to_name(line)))
    captions = Counter(
        label.name
        for line in paragraphs[len(cover) :]
        if len(line) <= LONGEST_TITLE_LINE
        for label in text_to_labels(line)
    )
    said += [(CAPTION, name) for name, _ in captions.most_common(1)]
    repeated = Counter(name for line in paragraphs for name in text_to_names(line))
    told = {name for _, name in said}
    for name in {*told, *(name for name, times in repeated.items() if times >= SEVERAL)} - {""}:
        times = min(sum(name in line for line in paragraphs), MOST_REPEATED)
        said.append((REPEATED * times, name))
    if not any(worth >= CAPTION for worth, name in said if name):
        said += plain_witnesses((title, stem), paragraphs)
    return [(worth, name) for worth, name in said if name]


def plain_witnesses(titles: Iterable[str], paragraphs: Sequence[str]) -> list[tuple[float, str]]:
    """Return names of no known kind of body in title and file name that the text repeats."""
    return [
        (COVER_LINE, name)
        for text in titles
        if (name := title_to_plain_name(text))
        and sum(name in line for line in paragraphs) >= SEVERAL
    ]


def is_name_line(line: str) -> bool:
    """Tell whether a line of the cover is but a name, with or without a year beside it."""
    pieces = text_to_pieces(line)
    return len(pieces) == 1 and is_name(pieces[0])


def are_one(one: str, other: str) -> bool:
    """Tell whether two names are the same body's, one perhaps shortened."""
    return one == other or is_short_for(one, other) or is_short_for(other, one)


def find_year(title: str, stem: str, draft: Draft) -> int | None:
    """Return the year: of the title, of the file name, else the commonest one in the text.

    The month of publication on a cover is no year of the report.
    """
    for text in (title, stem):
        years = [year.value for year in years_in(MONTH.sub("", text), this_year=None) if year.value]
        if years:
            return years[0]
    counts = Counter(
        mention.value
        for text in draft_to_texts(draft)
        for mention in years_in(text, this_year=None)
        if mention.value
    )
    return counts.most_common(1)[0][0] if counts else None


def draft_to_texts(draft: Draft) -> list[str]:
    """Return the paragraphs and the grids of a draft as texts."""
    return [
        " ".join(cell.text for cell in piece.cells) if isinstance(piece, Grid) else piece.text
        for piece in draft.pieces
    ]
