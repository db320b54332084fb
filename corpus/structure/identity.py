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
from corpus.lexicon.grammar import patterns
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
COVER_TITLE = 7
LONGEST_TITLE_LINE = 60
LONGEST_NAME_LINE = 40
# What each witness of a name is worth. A caption over every table may name the body above.
TITLE, COVER_LABEL, COVER_LINE, FILE, CAPTION, ABOVE = 3.0, 3.5, 2.0, 2.5, 1.5, 1.0
REPEATED, MOST_REPEATED = 0.2, 4
SEVERAL = 2
PATTERNS = patterns("structure.identity")
KIND_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("绩效自评", PATTERNS["self_evaluation"]),
    ("决算", PATTERNS["final_account"]),
    ("预算", PATTERNS["budget"]),
)
LEVEL_WORDS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("单位", PATTERNS["of_unit"]),
    ("部门", PATTERNS["of_department"]),
)
TITLE_WORDS = PATTERNS["title_words"]
TITLE_ENDS = PATTERNS["title_ends"]
NO_TITLE = PATTERNS["no_title"]
GOVERNMENT_TITLE = PATTERNS["government_title"]
EVERY = PATTERNS["every"]
GOVERNMENT = "人民政府"
TOWNS = ("镇", "乡")
MONTH = PATTERNS["month"]
CONTENTS, ENDS_COVER = PATTERNS["contents"], PATTERNS["ends_cover"]


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
    stem = re.sub(r"\.\w{2,5}$", "", name)
    title = find_title(draft, cover, stem)
    organisation = find_government((title, stem, *paragraphs[:COVER_PARAGRAPHS])) or whole_name(
        find_organisation(title, cover, paragraphs, stem), paragraphs
    )
    heading = title + "".join(line for line in cover[:4] if text_to_labels(line))
    bare = [text.replace(organisation, "") if organisation else text for text in (title, stem)]
    return Identity(
        title=title or stem,
        organisation=organisation,
        level=first_match(LEVEL_WORDS, heading) or first_match(LEVEL_WORDS, stem),
        year=find_year(title, stem, draft),
        kind=first_match(KIND_WORDS, bare[0]) or first_match(KIND_WORDS, bare[1]) or "其他",
    )


def find_title(draft: Draft, cover: Sequence[str], stem: str) -> str:
    """Return the title: of the cover, of the page; the file name where the cover is but a table."""
    title = cover_to_title(cover)
    if draft.title and TITLE_WORDS.search(draft.title):
        title = draft.title
    told = title_to_name(title) or years_in(title, this_year=None) or place_at_head(title)
    if title and title.endswith("表") and not told:
        return stem
    return title


def find_government(texts: Sequence[str]) -> str:
    """Return whose government reports, "" where title and file name are of no government's report.

    The title or the file name says what report it is; any of the texts may say of which place.
    """
    if not any(GOVERNMENT_TITLE.search(text) and not title_to_name(text) for text in texts[:2]):
        return ""
    told = (text for text in texts if GOVERNMENT_TITLE.search(text))
    place = next((place for text in told if (place := place_at_head(text))), "")
    return place and place + GOVERNMENT


def place_at_head(text: str) -> str:
    """Return the place at the head of the first piece of a title that has one, "" for none."""
    for piece in text_to_pieces(text):
        _, steps = name_to_place(EVERY.sub("", piece) + "局")
        if steps:
            return "".join(steps)
    return ""


def whole_name(name: str, paragraphs: Sequence[str]) -> str:
    """Return the government of a town where a report names it so beside the town alone."""
    if not name.endswith(TOWNS):
        return name
    _, steps = name_to_place(name)
    own = name.removeprefix("".join(steps)) + GOVERNMENT
    return name + GOVERNMENT if any(own in text for text in paragraphs) else name


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
    for line in cover[:COVER_TITLE]:
        if not line or len(line) > LONGEST_TITLE_LINE or ENDS_COVER.search(line):
            break
        if text_to_labels(line) or NO_TITLE.search(line) or MONTH.fullmatch(line):
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
