"""What CONTRIBUTING promises: a term is one data file, a format one module and one line, a form
one rule, one case and one template. Each example is done to a copy of the sources and tried there.

An example is a diff without line numbers: the lines it names stand in their file once. A file
without hunks is added to at its end, and made where there is none.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from bot.answering.composer import Holdings, compose
from bot.query.executor import run
from bot.query.forms import Concept, Form, Lookup, Passage, Ratio, Select, Together
from bot.query.retrieval.fact_pool import Facts
from bot.query.values import Failure, Result
from bot.understanding.candidates import KINDS
from corpus.lexicon.term_matcher import load_vocabulary
from index.encoder.operations import OPERATIONS
from index.files import suffixes

ROOT = Path(__file__).parents[1]
EXAMPLES = Path(__file__).parent / "examples"
PACKAGES = ("corpus", "index", "bot", "scripts")
LEFT = shutil.ignore_patterns("__pycache__", "*.pdf", "*.safetensors", "worlds")

ASK = """
import json, sys
from pathlib import Path
from bot.assistant import Assistant
from index.files import report_files
from index.library import Library
from scripts.toy_library import ToyEncoder

folder, question = sys.argv[1:]
with Library.open(Path(folder) / "library", encoder=ToyEncoder) as library:
    library.add(report_files([Path(folder) / "reports"]))
    print(json.dumps(Assistant(library).answer(question).answer.text))
"""
CONSIDER = """
import json, sys
from pathlib import Path
from bot.answering.composer import Holdings, compose
from bot.query.executor import run
from bot.query.retrieval.fact_pool import Facts
from bot.understanding.candidates import Slots, candidates
from bot.understanding.found import Recalled, nearest
from bot.understanding.form_text import candidate_to_text
from corpus.pipeline import file_to_parts

read = [file_to_parts(path) for path in sorted(Path(sys.argv[1]).iterdir(), reverse=True)]
facts = [fact for parts in read for fact in parts.facts]
report_of = {parts.report.id: parts.report for parts in read}.__getitem__
near = nearest([(fact, 0.9) for fact in facts], (2023, 2024))
made = candidates(Recalled(near=near), Slots(years=(2023, 2024)), {"trend": 1.0})
(latest,) = [one for one in made if one.kind == "latest"]
answer = compose(latest.form, run(latest.form, Facts(facts)), Holdings(report_of, facts))
says = candidate_to_text(latest, answer, lambda fact: fact.measure)
print(json.dumps([answer.text, *says]))
"""


class Change(NamedTuple):
    """What an example does to one file: its hunks, each as lines before and lines after."""

    path: str
    hunks: tuple[tuple[str, str], ...]


def read_example(name: str) -> tuple[Change, ...]:
    """Read an example of CONTRIBUTING."""
    text = (EXAMPLES / f"{name}.diff").read_text(encoding="utf-8")
    return tuple(text_to_change(part) for part in f"\n{text}".split("\n--- ")[1:])


def text_to_change(text: str) -> Change:
    path, _, body = text.partition("\n")
    hunks = [hunk.splitlines() for hunk in f"\n{body}".split("\n@@\n")]
    return Change(path, tuple((side(hunk, "-"), side(hunk, "+")) for hunk in hunks if any(hunk)))


def side(hunk: Sequence[str], mark: str) -> str:
    """Return the lines of a hunk on one of its sides."""
    return "".join(f"{line[1:]}\n" for line in hunk if line[:1] in (mark, " "))


def do(change: Change, root: Path) -> None:
    """Do to a copy of the sources what an example says."""
    path = root / change.path
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for before, after in change.hunks:
        if before:
            assert text.count(before) == 1, f"{change.path} has not once: {before}"
            text = text.replace(before, after)
        else:
            text += after
    path.write_text(text, encoding="utf-8")


def copy_with(name: str, folder: Path) -> Path:
    """Return a copy of the sources with an example done to it."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=LEFT)
    for change in read_example(name):
        do(change, folder)
    return folder


def run_in(sources: Path, script: str, *arguments: object) -> object:
    """Return what a script prints that runs with these sources."""
    done = subprocess.run(  # noqa: S603 — a script of this file
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=sources,
        env={**os.environ, "PYTHONPATH": str(sources), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def write_reports(folder: Path, **texts: str) -> Path:
    reports = folder / "reports"
    reports.mkdir()
    for name, text in texts.items():
        (reports / name.replace("_", ".")).write_text(text, encoding="utf-8")
    return reports


def test_a_term_is_one_data_file(tmp_path: Path) -> None:
    assert [one.path for one in read_example("term")] == ["corpus/lexicon/data/vocabulary.toml"]
    assert load_vocabulary().term("无人机巡查费") is None
    sources = copy_with("term", tmp_path / "sources")
    write_reports(
        tmp_path,
        a_txt="河口县林业局2024年度部门决算\n一、支出情况\n2024年度无人机巡检经费支出3.2万元。\n",
    )
    told = run_in(sources, ASK, tmp_path, "2024年无人机的钱花了多少")
    assert told == "河口县林业局2024年无人机巡查费决算3.2万元。[1]"


def test_a_format_is_one_module_and_one_line(tmp_path: Path) -> None:
    module, table = read_example("format")
    assert not (ROOT / module.path).exists()
    added = [line for before, after in table.hunks for line in minus(after, before)]
    (brought, listed) = added
    assert brought.startswith("from corpus.readers.")
    assert listed.strip().startswith("Format(")
    assert ".tbl" not in suffixes()
    sources = copy_with("format", tmp_path / "sources")
    write_reports(
        tmp_path,
        a_tbl="%TABLE\n河口县林业局2024年度部门决算\n支出决算表\n单位：万元\n"
        "项目;决算数\n公务接待费;2.4\n培训费;1.5\n",
    )
    told = run_in(sources, ASK, tmp_path, "2024年公务接待费多少")
    assert told == "河口县林业局2024年公务接待费决算2.4万元。[1]"


def minus(after: str, before: str) -> list[str]:
    """Return the lines that a hunk adds."""
    kept = before.splitlines()
    return [line for line in after.splitlines() if line not in kept]


def test_a_form_is_one_rule_one_case_and_one_template(tmp_path: Path) -> None:
    assert [one.path for one in read_example("form")] == [
        "bot/query/forms.py",
        "bot/query/executor.py",
        "bot/understanding/candidates.py",
        "bot/answering/composer.py",
    ]
    assert "latest" not in KINDS
    sources = copy_with("form", tmp_path / "sources")
    reports = write_reports(
        tmp_path,
        a_txt="河口县林业局2023年度部门决算\n一、支出情况\n2023年度培训费支出8万元。\n",
        b_txt="河口县林业局2024年度部门决算\n一、支出情况\n2024年度培训费支出5万元。\n",
    )
    assert run_in(sources, CONSIDER, reports) == [
        "河口县林业局2024年培训费决算5万元。[1]",
        "最近一年 决算",
        "培训费",
    ]


# ------------------------------------------------------------ the closed set of forms is whole

ONE = Select(concept=Concept(measure="会议费"), aspect="决算")
FORMS: tuple[type[Form], ...] = get_args(get_args(Form)[0])


def forms_of(form: type[Form]) -> Iterator[Form]:
    """Yield a form of a class, of each of its manners."""
    if form is Passage:
        yield Passage(report="甲", start=0, end=1)
        return
    if form is Together:
        yield Together(parts=(Lookup(of=ONE), Lookup(of=ONE)))
        return
    slots = {
        name: (ONE, ONE) if field.annotation == tuple[Select, ...] else ONE
        for name, field in form.model_fields.items()
        if name not in ("op", "manner", "least")
    }
    manners = get_args(Ratio.model_fields["manner"].annotation) if form is Ratio else ()
    for manner in manners or ("",):
        yield form.model_validate(slots | ({"manner": manner} if manner else {}))


def kind_of(form: Form) -> str:
    """Return the kind of a form: its manner where it has several, else its own."""
    return form.manner if isinstance(form, Ratio) else form.op


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_its_case_and_its_template(form: type[Form]) -> None:
    holdings = Holdings(report_of=lambda report: pytest.fail(report), facts=())
    for one in forms_of(form):
        assert isinstance(run(one, Facts()), Failure)
        assert compose(one, Result(values=()), holdings).figures == ()


def test_every_form_has_its_kind_and_every_kind_a_name_of_its_own() -> None:
    kinds = [kind_of(one) for form in FORMS for one in forms_of(form)]
    kinds.remove("together")  # what one message asks of one figure is several
    whole_sections = "section"  # a passage as well
    assert sorted([*kinds, whole_sections]) == sorted(KINDS)
    assert len({known.name for known in KINDS.values()}) == len(KINDS)
    assert {name for known in KINDS.values() for name in known.operations} <= set(OPERATIONS)
