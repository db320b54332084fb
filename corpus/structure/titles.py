"""Names of organisations in titles, on covers and in file names: what is left between the rest.

A title says year, kind and audience around the name (某局2024年度部门决算公开); the name is the
piece between them that ends as the names of bodies do. A heading (第一部分, 部门概况) never is one.
"""

import re

from corpus.entities.body_names import ends_as_body
from corpus.entities.places import STEP, is_place
from corpus.entities.quantities import half_width
from corpus.lexicon.grammar import patterns, piece
from corpus.model.types import Noun

PATTERNS = patterns("structure.titles")
AROUND = PATTERNS["around"]
LABEL = PATTERNS["label"]
OTHERS_LABEL = PATTERNS["others_label"]
SUPERIOR = "主管部门"
NO_NAME = PATTERNS["no_name"]
SHORTEST, SHORTEST_PLAIN = 3, 4
# Bodies that running text names so clearly that a name can be cut from it.
IN_TEXT = re.compile(
    PATTERNS["opens_name"].pattern
    + rf"(?P<name>{piece('party')}?(?:{STEP.pattern}){{1,4}}[^\W]{{1,20}}?{piece('clear_end')})"
    + PATTERNS["ends_name"].pattern
)
BEFORE_NAME = PATTERNS["before_name"]


class Label(Noun):
    """A name after a label (编制部门：某局); `superior` where it may be the body above."""

    name: str
    superior: bool


def text_to_pieces(text: str) -> tuple[str, ...]:
    """Return what stands between the words that surround names in a title."""
    bare = re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", "", half_width(text))
    return tuple(piece for piece in AROUND.split(bare) if piece)


def is_name(piece: str) -> bool:
    """Tell whether a piece is worded as the name of one body."""
    return (
        len(piece) >= SHORTEST
        and ends_as_body(piece)
        and not NO_NAME.search(piece)
        and not is_place(piece)
    )


def title_to_name(text: str) -> str:
    """Return the organisation that a title or a file name is of, "" where it names none."""
    return max((piece for piece in text_to_pieces(text) if is_name(piece)), key=len, default="")


def title_to_plain_name(text: str) -> str:
    """Return what may be a name of no known kind of body: to be believed if repeated elsewhere."""
    plain = (
        piece
        for piece in text_to_pieces(text)
        if len(piece) >= SHORTEST_PLAIN and not NO_NAME.search(piece) and not is_place(piece)
    )
    return max(plain, key=len, default="")


def text_to_labels(text: str) -> tuple[Label, ...]:
    """Return the names that labels in a line give: 编制部门：某局, 预算单位：某中心."""
    labels = []
    for match in LABEL.finditer(text):
        name = title_to_name(match["name"])
        if name and not OTHERS_LABEL.search(text[: match.start()]):
            labels.append(Label(name=name, superior=SUPERIOR in match["role"]))
    return tuple(labels)


def text_to_names(text: str) -> tuple[str, ...]:
    """Return the bodies that running text names with their places."""
    names = (BEFORE_NAME.sub("", match["name"]) for match in IN_TEXT.finditer(text))
    return tuple(name for name in names if is_name(name))
