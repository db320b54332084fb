"""A question in its scope: the places whose rows it names."""

import pytest

from bot.query.retrieval.fact_pool import Pool
from bot.query.retrieval.scope import Case, Scope, of_regions
from bot.types import Question
from corpus.model.types import Report
from index.store import Reports
from scripts.toy_reports import FINANCE, REPORTS, open_texts, toy_fact

ROWS = ("石桥镇", "城关镇", "农村", "合计", "临江区", "渠道清淤")
FACTS = tuple(toy_fact("5", measure=name, row=(name,)) for name in ROWS)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, ...]:
    name = "财政2024.txt"
    with open_texts(tmp_path_factory.mktemp("toys"), {name: REPORTS[name]}) as library:
        return library.reports()


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("石桥镇清淤花了多少", ("石桥镇",)),
        ("石桥镇和城关镇哪个多", ("石桥镇", "城关镇")),
        ("農村的低保金多少", ("农村",)),
        ("渠道清淤一共多少", ()),
        ("临江区财政局花了多少", ()),
        ("白水乡花了多少", ()),
    ],
    ids=["一行", "两行", "繁体", "不是地方", "单位名里的地方", "没有这一行"],
)
def test_places_are_rows_that_are_named_and_no_part_of_the_name_of_a_body(
    words: str, places: tuple[str, ...], loaded: tuple[Report, ...]
) -> None:
    case = Case(
        question=Question(words=words),
        scope=Scope(organisations=(FINANCE,)),
        base=None,
        pool=Pool(facts=FACTS),
        reports=loaded,
        loaded=Reports(loaded),
        recall=tuple,
        talked=(),
        bare=False,
        search=lambda *_: (),
    )
    assert case.places == places


QING, WANG, CITY = "青禾县农业农村局", "望潮县农业农村局", "云岭市财政局"
DEBT = toy_fact("5", measure="青禾县", row=("青禾县",), organisation=CITY)


@pytest.mark.parametrize(
    ("words", "bodies", "left_open"),
    [
        ("望潮那个管护项目花了多少", (WANG,), False),
        ("青禾县的债务余额多少", (QING, CITY), True),
        ("管护项目花了多少", (QING, WANG, CITY), True),
    ],
    ids=["那个县的", "也是市里表上的一行", "没说哪里"],
)
def test_a_region_that_is_named_narrows_whom_a_question_is_asked_of(
    words: str, bodies: tuple[str, ...], *, left_open: bool
) -> None:
    everybody = Scope(organisations=(QING, WANG, CITY), open=True)
    narrowed = of_regions(everybody, words, [DEBT])
    assert narrowed == Scope(organisations=bodies, open=left_open)


def test_who_is_named_is_not_narrowed() -> None:
    named = Scope(organisations=(CITY,))
    assert of_regions(named, "云岭市财政局拨给望潮的有多少", [DEBT]) == named
