"""Which forms one message may mean, over an invented report and the message as it is read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.query.forms import Compare, Difference, Form, Lookup, Ratio, Select, Several, Sum
from bot.types import Memory
from bot.understanding.candidates import Candidate
from bot.understanding.fitting.fitting import Fitting
from bot.understanding.found import Near, group_to_near
from index.encoder.encoder import SentenceEncoder
from scripts.toy_reports import open_texts

REPORT = """石桥县文化局2024年度部门整体支出绩效自评报告

一、部门基本情况
石桥县文化局2024年在职人员30人，离退休人员12人。全年接待专业培训学员510人，其中农民学员200人。

二、预算执行情况
2024年支出合计900.00万元，人员经费支出500.00万元，比预算增加20.00万元；公用经费支出300.00万元，比预算增加45.00万元。
2024年“三公”经费支出9.00万元，人均0.30万元，其中公务接待费2.00万元。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Iterator[Assistant]:
    texts = {"石桥县文化局2024年度部门整体支出绩效自评报告.txt": REPORT}
    encoder = SentenceEncoder(models=models)
    with open_texts(tmp_path_factory.mktemp("fitting"), texts, encoder) as library:
        yield Assistant(library)


FORMS: dict[str, Callable[[tuple[Select, ...]], Form]] = {
    "lookup": lambda parts: Lookup(of=parts[0]),
    "several": lambda parts: Several(parts=parts),
    "sum": lambda parts: Sum(parts=parts),
    "compare": lambda parts: Compare(parts=parts),
    "difference": lambda parts: Difference(new=parts[0], old=parts[1]),
    "share": lambda parts: Ratio(part=parts[0], whole=parts[1], manner="share"),
}


class Considering:
    """A message with its fitting, and the forms of the report's figures by what they are of."""

    def __init__(self, assistant: Assistant, words: str) -> None:
        reports = assistant.library.reports()
        reading, _ = assistant._read(words, Memory(), None, reports)
        case = assistant._case_of(reading, reading.question, Memory(), None, reports)
        understood = assistant.consider(words, Memory())
        assert understood.asked is not None
        self.fitting = Fitting(case, understood.asked)
        self._facts = case.pool.facts
        self.kinds = [one.kind for one in understood.considered]

    def near(self, measure: str, printed: str) -> Near:
        found = [one for one in self._facts if (one.measure, one.printed) == (measure, printed)]
        return group_to_near([(found[0], 0.9)])

    def fits(self, kind: str, *things: tuple[str, str]) -> bool:
        operands = tuple(self.near(*one) for one in things)
        form = FORMS[kind](tuple(one.single for one in operands))
        return self.fitting.fits(Candidate(form=form, kind=kind, operands=operands))


STAFF, RUNNING = ("人员经费", "500.00"), ("公用经费", "300.00")
MORE_STAFF, MORE_RUNNING = ("人员经费", "20.00"), ("公用经费", "45.00")
PUBLIC, A_HEAD, GUESTS = ("三公经费", "9.00"), ("三公经费", "0.30"), ("公务接待费", "2.00")
IN_POST, RETIRED = ("在职人员", "30"), ("离退休人员", "12")
WHOLE = ("支出合计", "900.00")


@pytest.mark.parametrize(
    ("words", "kind", "things", "fits"),
    [
        ("人员经费和公用经费差多少", "difference", (STAFF, RUNNING), True),
        ("人员经费和公用经费差多少", "difference", (STAFF, PUBLIC), False),
        ("人员经费和公用经费哪个超预算多", "compare", (MORE_STAFF, MORE_RUNNING), True),
        ("人员经费和公用经费哪个多", "compare", (MORE_STAFF, STAFF), False),
        ("人员经费、公用经费各多少", "several", (STAFF, RUNNING), True),
        ("人员经费、公用经费各多少", "several", (STAFF, RUNNING, IN_POST), False),
        ("人员经费、公用经费各多少", "several", (STAFF, MORE_RUNNING), False),
        ("在职的和退休的一共多少人", "sum", (IN_POST, RETIRED), True),
        ("公用经费占支出合计百分之几", "share", (RUNNING, WHOLE), True),
        ("人员经费和公用经费加在一起占支出合计百分之几", "share", (RUNNING, WHOLE), False),
        ("人员经费和公用经费加在一起占支出合计百分之几", "share", (STAFF, RUNNING), False),
        ("三公经费多少", "lookup", (GUESTS,), False),
        ("三公经费里公务接待费多少", "lookup", (GUESTS,), True),
        ("三公经费多少", "lookup", (A_HEAD,), False),
        ("三公经费人均多少", "lookup", (A_HEAD,), True),
        ("三公经费多少", "several", (PUBLIC, STAFF), False),
    ],
)
def test_a_form_is_of_what_the_message_names(
    assistant: Assistant,
    words: str,
    kind: str,
    things: tuple[tuple[str, str], ...],
    *,
    fits: bool,
) -> None:
    assert Considering(assistant, words).fits(kind, *things) is fits


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("在职的和退休的一共多少人", "42"),
        ("人员经费和公用经费哪个超预算多，多多少", "25"),
        ("三公经费花了多少", "9.00"),
    ],
)
def test_it_is_told_what_the_message_names(assistant: Assistant, question: str, told: str) -> None:
    answer = assistant.answer(question).answer
    assert answer.status == "answered", answer.text
    assert told in [figure.value for figure in answer.figures], answer.text
