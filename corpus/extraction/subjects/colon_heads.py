"""The name before a colon that the bare money after it is of: 老街管网改造：2025年安排320万元.

A sentence or an item of a list opens with it; what follows says only that money was planned, came
or went. A heading (绩效目标：) or a remark (注：) is no such name; a body is (柳塘镇：拨付5万元),
and what else is said after it belongs to it.
"""

import re

from corpus.entities.body_names import ends_as_body
from corpus.entities.comparisons import YEAR_WORDS, FigureKind
from corpus.entities.places import is_place
from corpus.entities.quantities import Amount
from corpus.extraction.discourse import PARTS, Scene
from corpus.extraction.statements import Figure
from corpus.extraction.subject_terms import GENERIC, Subject
from corpus.lexicon.grammar import patterns
from corpus.model.types import Aspect
from corpus.structure.segmentation import Clause

SHORTEST, LONGEST = 3, 40
OFFICES = ("办事处", "管理处")
OPENS_LIST = ("如下", "情况", "其中")
CLOSES = ("", *"，。；、）！")
PATTERNS = patterns("extraction.colon_heads")
HEADING = PATTERNS["heading"]
ALL_MONEY = PATTERNS["all_money"]
SPEAKS = PATTERNS["speaks"]
# What was done with money, and the aspect that it has by that; the first that fits.
DONE: tuple[tuple[Aspect | None, re.Pattern[str]], ...] = (
    ("执行数", PATTERNS["executed"]),
    ("决算", PATTERNS["spent"]),
    ("预算", PATTERNS["planned"]),
    (None, PATTERNS["given"]),
)


def colon_head(scene: Scene, clause: Clause) -> Subject | None:
    """Return the thing that a clause before a colon names for what follows; None for no thing."""
    opens = clause.marked or clause.opener != "：" or lists(scene)
    named = scene.names.of(clause.text, clause.start) if opens else None
    if named is None or named.known or named.facet:
        return None
    if scene.setting.project and scene.setting.project in named.measure:
        return None
    return named if names_thing(named.measure) else None


def before_colon(scene: Scene, figure: Figure) -> Subject | None:
    """Return what the words before a colon name for the bare figure after it: 建设进度：93%."""
    clause, before = figure.clause, scene.before
    if clause.opener != "：" or before is None or said_words(figure.lead):
        return None
    named = scene.names.of(before.text, before.start) if before.end + 1 == clause.start else None
    return None if named is None or HEADING.search(named.measure) else named


def lists(scene: Scene) -> bool:
    """Tell whether the words before the colon before open a list: 其中：, 情况如下：."""
    words = scene.before.text if scene.before else ""
    return bool(PARTS.match(words)) or words.endswith(OPENS_LIST)


def row_under_body(scene: Scene, named: Subject, row: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a figure belongs to: all after 柳塘镇： is of that body."""
    head = scene.head
    if row or head is None or named.measure == head.measure or not is_body(head.measure):
        return row
    return (head.measure,)


def is_body(name: str) -> bool:
    """Tell whether a name before a colon is that of a body or of a place."""
    if name.endswith("处") and not name.endswith(OFFICES):
        return False  # 执法查处
    return ends_as_body(name) or is_place(name)


def names_thing(name: str) -> bool:
    """Tell whether words before a colon can be the name of what money is spent on."""
    words = YEAR_WORDS.sub("", name)
    if not SHORTEST <= len(words) <= LONGEST or PARTS.match(words) or GENERIC.match(words):
        return False
    return not (HEADING.search(words) or ALL_MONEY.fullmatch(words) or SPEAKS.search(words))


def is_under_head(scene: Scene, amount: Amount, lead: str) -> bool:
    """Tell whether all that is said of some money is what was done with it, under such a name."""
    end = scene.text[amount.end : amount.end + 1]
    bare = amount.kind == "money" and scene.head is not None and end in CLOSES
    if not said_words(lead):  # 柳塘镇：5万元
        return bare and scene.text[: amount.start].endswith("：")
    return bare and any(done.fullmatch(said_words(lead)) for _, done in DONE)


def said_words(lead: str) -> str:
    """Return the words before a figure without their years and marks; 下达 keeps its 达."""
    return YEAR_WORDS.sub("", lead).strip("，、；：。（）")


def kind_under_head(scene: Scene, amount: Amount, lead: str, kind: FigureKind) -> FigureKind:
    """Give money under such a name the aspect of what was done with it.

    What a budget calls 支出 is what it plans, unless it has named the plan right before.
    """
    if kind.aspect is not None or not is_under_head(scene, amount, lead):
        return kind
    words = said_words(lead)
    aspect = next((aspect for aspect, done in DONE if done.fullmatch(words)), None)
    if aspect == "决算" and scene.setting.kind == "预算":
        aspect = "执行数" if said_of_head(scene) else None
    return kind.model_copy(update={"aspect": aspect, "said": words if aspect else ""})


def of_head(scene: Scene, figure: Figure) -> Subject | None:
    """Return the name before the colon for money of which only is said what was done with it.

    A later sum that has no aspect keeps its verb as the facet: 下达50万元，拨付40万元.
    """
    head = scene.head
    if head is None or not is_under_head(scene, figure.amount, figure.lead):
        return None
    later = figure.kind.aspect is None and said_of_head(scene)
    return head.model_copy(update={"facet": said_words(figure.lead)}) if later else head


def said_of_head(scene: Scene) -> bool:
    """Tell whether some money of the name before the colon has been read."""
    head = scene.head
    return any(head and each.subject.measure == head.measure for each in scene.statements)
