"""Plain questions for budget subjects, as many with an answer as without, for the joint scorer.

People who write questions without an answer think of 奖金 and 水费, which small worlds do not have;
the tables of a department have them all. A scorer that sees few tables learns that who asks for
奖金 is told nothing. Here every subject of the vocabulary is asked for alike, once with its row
among the candidates and once with those of its sisters alone.
"""

import random
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from corpus.lexicon.term_matcher import Term, load_vocabulary
from scripts.train.scorer import Choice, Choices

ECONOMIC, FUNCTION = "经济分类", "功能分类"
# The tables that departments publish, by the classification of their rows.
TABLES = {
    ECONOMIC: (
        "一般公共预算财政拨款基本支出决算表",
        "一般公共预算财政拨款基本支出明细表",
        "一般公共预算基本支出部门预算经济分类预算表",
        "基本支出预算表",
    ),
    FUNCTION: (
        "支出决算表",
        "一般公共预算财政拨款支出决算表",
        "一般公共预算支出功能分类预算表",
        "财政拨款支出预算表",
    ),
}
SAID = {
    "决算": ("决算", "决算数", "实际支出", "实际花了", ""),
    "预算": ("预算", "年初预算", "预算安排", "预算数", ""),
}
LOOK_UPS = (
    "{item}{said}多少", "{item}{said}是多少", "{item}{said}多少钱", "{item}{said}",
    "查一下{item}{said}", "{item}这一项{said}是多少", "请问{item}{said}有多少",
    "{item}{said}一共多少万元", "{item}那一栏{said}是多少", "麻烦看下{item}{said}",
    "{other}{said}多少→{item}呢", "{other}{said}→那{item}呢", "{item}花了多少",
    "{item}开支了多少钱", "咱们{item}多少",
)  # fmt: skip
PAIRED = {
    "相差": ("{item}比{other}多多少", "{item}和{other}差多少", "{item}比{other}少多少"),
    "占比": ("{item}占{other}的比例", "{item}占{other}百分之几", "{other}里{item}占多大比重"),
    "几个数": ("{item}和{other}各多少", "{item}、{other}分别是多少", "{item}多少，{other}多少"),
    "合计": ("{item}加{other}一共多少", "{item}和{other}合计多少"),
}
SISTERS = 9  # rows of the same table that are candidates beside
PAIR_SHARE, NONE_SHARE, LISTED_SHARE, SHORT_SHARE = 0.2, 0.45, 0.4, 0.35


def subject_questions(count: int, *, seed: int) -> Iterator[Choices]:
    """Yield so many questions for budget subjects, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    known = load_vocabulary().terms
    groups = {name: [term for term in known if term.group == name] for name in TABLES}
    for at in range(count):
        group = ECONOMIC if at % 2 else FUNCTION
        yield _question(groups[group], group, rng)


def _question(terms: Sequence[Term], group: str, rng: random.Random) -> Choices:
    item, *others = rng.sample(terms, SISTERS + 2)
    aspect = rng.choice(tuple(SAID))
    table = rng.choice(TABLES[group])
    kind = rng.choice(tuple(PAIRED)) if rng.random() < PAIR_SHARE else "查数"
    shapes = LOOK_UPS if kind == "查数" else PAIRED[kind]
    said = rng.choice(SAID[aspect])
    shape, lacks = rng.choice(shapes), rng.random() < NONE_SHARE
    text = shape.format(item=said_of(item, rng), other=said_of(others[0], rng), said=said)
    rows = {
        term.name: row_of(term, aspect, table) for term in (*others, *(() if lacks else (item,)))
    }
    own, beside = rows.get(item.name), rows[others[0].name]
    right = [] if own is None else _right(kind, aspect, own, beside)
    wrong = [
        *(_single(aspect, row) for name, row in rows.items() if name != item.name),
        *_pairs_of(kind, aspect, [row for row in rows.values() if row != own]),
    ]
    if said and "{said}" in shape and not lacks:
        other = next(name for name in SAID if name != aspect)
        wrong.append(_single(other, row_of(item, other, table)))
    if rng.random() < LISTED_SHARE:  # a list of names tells no amount
        wrong.append(_listed(item, others, table))
    rng.shuffle(wrong)
    return Choices(
        asked=text,
        choices=(
            *(Choice(one, right=True) for one in right),
            *(Choice(w, right=False) for w in wrong),
        ),
        unanswerable=lacks,
    )


def said_of(term: Term, rng: random.Random) -> str:
    """Return a subject by its name, or by what people call it."""
    short = (*term.aliases, *term.asked)
    return rng.choice(short) if short and rng.random() < SHORT_SHARE else term.name


def row_of(term: Term, aspect: str, table: str) -> str:
    """Return the wording of a subject's row, as `index.wordings` has it."""
    above = load_vocabulary().subjects_of_code(term.codes[0][:-2]) if term.codes else ()
    return f"{term.name} {aspect} 钱 | {''.join(above)}{aspect}数 | {table}"


def _single(aspect: str, row: str) -> tuple[str, ...]:
    return (f"查数 {aspect}", row)


def _right(kind: str, aspect: str, own: str, beside: str) -> list[tuple[str, ...]]:
    """Return the candidates that answer: of one figure as the rules and as the reader tell it."""
    if kind == "查数":
        return [("查数", own), _single(aspect, own)]
    return [(f"{kind} {aspect}", own, beside)]


def _pairs_of(kind: str, aspect: str, rows: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield candidates of two rows of which neither was asked for."""
    named = "几个数" if kind == "查数" else kind
    for one, other in islice(pairwise(rows), 3):
        yield (f"{named} {aspect}", one, other)


def _listed(item: Term, others: Sequence[Term], table: str) -> tuple[str, ...]:
    names = "、".join(term.name for term in (others[1], item, *others[2:6]))
    return ("原文", f"{table}情况说明：公用经费n万元，主要包括：{names}。")
