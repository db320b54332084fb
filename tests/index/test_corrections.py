"""Corrections: kept beside the facts, found again in a new reading, kept where they fit no more."""

import sqlite3
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.model.types import Correction, Fact
from index import library as library_module
from index.corrections import Standing, corrected_among
from index.engines.opening import open_store
from index.library import Library
from scripts.toy_library import FINANCE, ToyEncoder, open_toys, read_toy, write_toy

RIGHT = Correction(
    value=Decimal("1.96"),
    said="1.96",
    reason="笔误",
    made=date(2026, 1, 2),
    instead_of=Decimal("1.95"),
)


def toy(folder: Path, name: str, *lines: str) -> Path:
    return write_toy(folder / name, f"{FINANCE}|2024|决算|甲", *lines)


def values(library: Library) -> list[tuple[str, str]]:
    return [(str(fact.value), fact.printed) for fact in library.facts.find()]


def standing(library: Library) -> tuple[Standing, list[str]]:
    (one,) = library.corrections()
    return one, [fact.id for fact in one.facts]


def correct_first(library: Library) -> Fact:
    fact = library.facts.find()[0]
    library.correct(fact, RIGHT)
    return fact


def test_a_correction_is_in_force_beside_what_is_printed(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library, open_toys(tmp_path / "library") as other:
        library.add([toy(tmp_path, "a.txt", "三公1.95万元", "会议费1.95万元")])
        before = other.reports()
        fact = correct_first(library)
        (now,) = library.facts.get([fact.id])
        assert now == fact.model_copy(update={"value": Decimal("1.96"), "correction": RIGHT})
        assert now.as_printed() == fact
        assert values(other) == [("1.96", "1.95"), ("1.95", "1.95")]
        assert other.reports() is not before, "who keeps facts as long as these reports reads anew"
        assert [one.value for one in library.printed(fact.report)] == [Decimal("1.95")] * 2
        assert library.facts.starting(fact.id[:4])[0] == now
        one, ids = standing(library)
        assert (one.kept.fact, one.kept.file, one.is_loaded, ids) == (
            fact,
            "a.txt",
            True,
            [fact.id],
        )


def test_a_second_correction_takes_the_place_of_the_first_and_is_undone(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "三公1.95万元")])
        correct_first(library)
        (fact,) = library.facts.find()
        again = RIGHT.model_copy(update={"value": Decimal("1.97"), "said": "1.97"})
        library.correct(fact, again)
        assert values(library) == [("1.97", "1.95")]
        one, _ = standing(library)
        assert one.kept.fact.value == Decimal("1.95"), "what is printed is kept, not the first one"
        library.undo_correction(one.number)
        assert (values(library), library.corrections()) == ([("1.95", "1.95")], ())


def test_the_same_file_read_by_other_rules_keeps_its_correction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "三公1.95万元", "会议费1.95万元")])
        correct_first(library)
    monkeypatch.setattr(library_module, "pipeline_version", lambda: "later")

    def renamed(path: Path) -> object:
        """Read the figures as others, under other ids."""
        parts = read_toy(path)
        facts = tuple(
            fact.model_copy(update={"id": f"new{at}", "measure": f"{fact.measure}经费"})
            for at, fact in enumerate(parts.facts)
        )
        return parts.model_copy(update={"facts": facts})

    with Library.open(
        tmp_path / "library",
        encoder=ToyEncoder,
        read=renamed,  # type: ignore[arg-type]
    ) as library:
        assert values(library) == [("1.96", "1.95"), ("1.95", "1.95")]
        assert standing(library)[1] == ["new0"]


def test_a_report_that_is_removed_and_added_again_keeps_its_correction(tmp_path: Path) -> None:
    path = toy(tmp_path, "a.txt", "三公1.95万元")
    with open_toys(tmp_path / "library") as library:
        library.add([path])
        fact = correct_first(library)
        library.remove(fact.report)
        one, ids = standing(library)
        assert (one.is_loaded, ids) == (False, [])
        library.add([path])
        assert (values(library), standing(library)[1]) == ([("1.96", "1.95")], [fact.id])


def test_a_file_in_its_place_keeps_it_where_the_figure_is_the_same(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "三公1.95万元")])
        correct_first(library)
        library.add([toy(tmp_path, "b.txt", "车2万元", "三公1.95万元，见表")])
        assert values(library) == [("2", "2"), ("1.96", "1.95")]


def test_a_correction_that_fits_no_more_is_kept_and_fits_again(tmp_path: Path) -> None:
    first = toy(tmp_path, "a.txt", "三公1.95万元")
    with open_toys(tmp_path / "library") as library:
        library.add([first])
        correct_first(library)
        library.add([toy(tmp_path, "b.txt", "三公1.98万元")])
        assert values(library) == [("1.98", "1.98")]
        one, ids = standing(library)
        assert (one.is_loaded, ids, [fact.printed for fact in one.now]) == (True, [], ["1.98"])
        library.add([first])
        assert (values(library), standing(library)[0].now) == ([("1.96", "1.95")], ())


def test_of_a_number_printed_twice_in_a_sentence_the_one_that_is_meant_is_corrected(
    tmp_path: Path,
) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "预算1.95万元，实际支出1.95万元")])
        (fact,) = library.facts.find()
    plan = fact.model_copy(update={"aspect": "预算", "spans": (fact.spans[0].model_copy(),)})
    later = fact.spans[0].model_copy(update={"start": fact.spans[0].start + 5})
    twin = fact.model_copy(update={"id": "half", "measure": "收入", "spans": (later,)})
    spent = fact.model_copy(update={"spans": (later,)})
    assert corrected_among(spent, {1: plan, 2: spent}) == (2,)
    assert corrected_among(spent, {1: plan, 2: spent, 3: twin}) == (2, 3), "one number, two facts"
    other = {1: plan.model_copy(update={"measure": "甲"}), 2: spent.model_copy(update={"year": 1})}
    assert corrected_among(spent, other) == (), "it cannot be told which of the two"


def test_a_library_of_the_layout_before_is_raised_and_keeps_its_reports(tmp_path: Path) -> None:
    path = tmp_path / "library" / "library.sqlite"
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "三公1.95万元")])
    make_layout_1(path)
    with open_toys(tmp_path / "library") as library:
        assert values(library) == [("1.95", "1.95")]
        report = library.reports()[0].id
        assert (library.reading(report).at, library.corrections()) == ("", ())
        correct_first(library)
        assert values(library) == [("1.96", "1.95")]
    manifest = open_store(path.parent).manifest()
    assert manifest is not None
    assert manifest.layout == 3


def test_what_an_earlier_version_wrote_in_between_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "library" / "library.sqlite"
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "三公1.95万元")])
        correct_first(library)
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM corrected")
    connection.execute("UPDATE manifest SET layout = 1")
    connection.commit()
    connection.close()
    with open_toys(tmp_path / "library") as library:
        assert values(library) == [("1.96", "1.95")]


def test_a_library_of_the_layout_before_that_can_only_be_read_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "三公1.95万元")])
    make_layout_1(tmp_path / "library" / "library.sqlite")
    monkeypatch.setattr("index.database.is_writable", lambda _: False)
    with open_toys(tmp_path / "library") as library:
        assert (values(library), library.corrections()) == ([("1.95", "1.95")], ())
        assert library.reading(library.reports()[0].id).at == ""


def make_layout_1(path: Path) -> None:
    """Take away what layout 2 added."""
    connection = sqlite3.connect(path)
    for table in ("corrected", "corrections", "readings"):
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE manifest SET layout = 1")
    connection.commit()
    connection.close()
