"""The library: adding, replacing, removing, refusing, catching up with new rules."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.model.errors import BadIndex, BadReport
from index import library as library_module
from index.database import Database
from index.engines.opening import open_store
from index.library import Library
from index.originals import Originals
from index.store import Manifest
from scripts.toy_library import (
    CULTURE,
    FINANCE,
    ToyEncoder,
    open_toys,
    read_toy,
    write_toy,
)


def toy(folder: Path, name: str, *lines: str, title: str = "甲", year: int = 2024) -> Path:
    return write_toy(folder / name, f"{FINANCE}|{year}|决算|{title}", *lines)


def texts(library: Library) -> list[str]:
    return [one.text for report in library.reports() for one in library.passages(report.id)]


def test_adding_says_what_came_of_each_file(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        (added,) = library.add([toy(tmp_path, "a.txt", "三公1.95万元", "车辆")])
        assert (added.passages, added.facts, added.already, added.replaced) == (2, 1, False, None)
        assert library.report(added.report.id) == added.report
        assert library.counts(added.report.id) == (2, 1)
        assert texts(library) == ["三公1.95万元", "车辆"]


def test_the_same_bytes_cost_nothing(tmp_path: Path) -> None:
    def never(path: Path) -> object:
        raise AssertionError(path)

    first = toy(tmp_path, "a.txt", "车")
    with open_toys(tmp_path / "library") as library:
        library.add([first])
    encoder = ToyEncoder()
    with Library.open(
        tmp_path / "library",
        encoder=lambda: encoder,
        read=never,  # type: ignore[arg-type]
    ) as library:
        (added,) = library.add([first])
        assert (added.already, added.passages) == (True, 1)
        assert encoder.encoded == []


def test_another_file_of_the_same_report_takes_its_place(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        (old,) = library.add([toy(tmp_path, "a.txt", "三公1万元")])
        (new,) = library.add([toy(tmp_path, "b.txt", "三公2万元")])
        assert new.replaced == old.report.id
        assert [fact.printed for fact in library.facts.find()] == ["2"]
        assert texts(library) == ["三公2万元"]
        with pytest.raises(BadIndex, match="原文件"):
            library.original(old.report.id)


def test_the_file_of_a_replaced_report_is_kept_aside_and_can_be_put_back(tmp_path: Path) -> None:
    aside = Originals(tmp_path / "aside")
    with open_toys(tmp_path / "library") as library:
        (old,) = library.add([toy(tmp_path, "a.txt", "三公1万元")], aside=aside)
        (new,) = library.add([toy(tmp_path, "b.txt", "三公2万元")], aside=aside)
        kept = aside.path(old.report.id)
        assert kept.name == "a.txt"
        (back,) = library.add([kept])
        assert (back.report, back.replaced) == (old.report, new.report.id)
        assert [fact.printed for fact in library.facts.find()] == ["1"]
        with pytest.raises(BadIndex, match="原文件"):
            aside.path(new.report.id)


@pytest.mark.parametrize("other", [{"title": "乙"}, {"year": 2023}])
def test_another_title_or_year_is_another_report(tmp_path: Path, other: dict[str, str]) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "车"), toy(tmp_path, "b.txt", "会", **other)])  # type: ignore[arg-type]
        assert len(library.reports()) == 2


def test_a_report_that_is_removed_is_found_nowhere(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        gone, kept = library.add(
            [toy(tmp_path, "a.txt", "车1万元"), toy(tmp_path, "b.txt", "会2万元", title="乙")]
        )
        library.remove(gone.report.id)
        assert [report.title for report in library.reports()] == ["乙"]
        assert [hit.passage.text for hit in library.search("车")] == ["会2万元"]
        assert [fact.printed for fact in library.facts.find()] == ["2"]
        with pytest.raises(BadIndex, match="不在库里"):
            library.remove(gone.report.id)
        library.remove(kept.report.id)
        assert library.search("车") == ()


def test_a_bad_file_among_good_ones_is_refused_alone(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("没有标题", encoding="utf-8")
    refused: list[tuple[str, str]] = []
    with open_toys(tmp_path / "library") as library:
        (added,) = library.add(
            [bad, toy(tmp_path, "a.txt", "车")],
            refuse=lambda path, error: refused.append((path.name, str(error))),
        )
        assert refused == [("bad.txt", "“bad.txt”不是一份报告。")]
        assert [report.id for report in library.reports()] == [added.report.id]


def test_without_a_handler_a_bad_file_changes_nothing(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        with pytest.raises(BadReport, match="找不到"):
            library.add([toy(tmp_path, "a.txt", "车"), tmp_path / "missing.txt"])
        assert library.reports() == ()


def test_the_original_is_kept_byte_for_byte(tmp_path: Path) -> None:
    path = toy(tmp_path, "a.txt", "车")
    content = path.read_bytes()
    with open_toys(tmp_path / "library") as library:
        (added,) = library.add([path])
        path.unlink()
        assert library.original(added.report.id) == content


def test_another_encoder_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "车")])
    with pytest.raises(BadIndex, match=r"“toy”.*“other”.*WENSHU_MODEL"):
        open_toys(tmp_path / "library", encoder=ToyEncoder("other"))


def test_the_manifest_names_encoder_and_dimension(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "车")])
    assert open_store(tmp_path / "library").manifest() == Manifest(
        layout=3, encoder="toy", dimension=5, revision=1
    )


def test_new_rules_read_the_reports_again_and_encode_only_new_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "车", "会")])
    monkeypatch.setattr(library_module, "pipeline_version", lambda: "later")
    encoder = ToyEncoder()

    def without_meetings(path: Path) -> object:
        parts = read_toy(path)
        first, second = parts.passages
        changed = second.model_copy(update={"text": "水"})
        return parts.model_copy(update={"passages": (first, changed)})

    with Library.open(
        tmp_path / "library",
        encoder=lambda: encoder,
        read=without_meetings,  # type: ignore[arg-type]
    ) as library:
        assert texts(library) == ["车", "水"]
        assert [report.name for report in library.reports()] == ["a.txt"]
        assert encoder.encoded == ["水"]


def test_a_library_that_is_open_sees_what_another_process_adds(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as reader, open_toys(tmp_path / "library") as writer:
        assert reader.reports() == ()
        writer.add([toy(tmp_path, "a.txt", "车1万元")])
        assert [report.name for report in reader.reports()] == ["a.txt"]
        assert [hit.passage.text for hit in reader.search("车")] == ["车1万元"]
        assert [fact.printed for fact in reader.facts.find()] == ["1"]


def test_a_snapshot_of_vectors_of_an_earlier_layout_goes(tmp_path: Path) -> None:
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "车", "会")])
    (tmp_path / "library" / "vectors-0123.faiss").write_bytes(b"old")
    with open_toys(tmp_path / "library") as library:
        assert [hit.passage.text for hit in library.search("会")] == ["会", "车"]
    assert not list((tmp_path / "library").glob("vectors-*"))


def test_a_report_is_read_when_what_it_says_is_asked_for(tmp_path: Path) -> None:
    files = [toy(tmp_path, "a.txt", "车1万元"), toy(tmp_path, "b.txt", "会", year=2023)]
    with open_toys(tmp_path / "library") as library:
        library.add(files)
        for file, report in zip(
            files, sorted(library.reports(), key=lambda one: one.name), strict=True
        ):
            whole = read_toy(file).report
            assert not {"text", "tables"} & vars(report).keys()
            assert (report, report.text, report.quote(report.span(0, 2))) == (
                whole,
                whole.text,
                whole.text[:2],
            )
            assert (hash(report), report == read_toy(files[0]).report) == (
                hash(whole),
                file is files[0],
            )
            with pytest.raises(AttributeError, match="pagse"):
                report.pagse  # type: ignore[attr-defined]  # noqa: B018
        kept = library.reports()[0]
        library.remove(kept.id)
        with pytest.raises(BadIndex, match="不在库里"):
            library.report(kept.id)


def test_a_damaged_library_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "library.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(BadIndex, match="已损坏"):
        open_toys(tmp_path / "library")


def test_progress_tells_stage_and_counts(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "车", "会")], progress=lambda *step: seen.append(step))
    assert seen == [("读取", 1, 1), ("编码", 2, 2)]


def test_reports_come_by_organisation_and_year(tmp_path: Path) -> None:
    culture = write_toy(tmp_path / "c.txt", f"{CULTURE}|2024|决算|丙", "水")
    with open_toys(tmp_path / "library") as library:
        library.add(
            [toy(tmp_path, "a.txt", "车"), culture, toy(tmp_path, "b.txt", "会", year=2023)]
        )
        assert [(one.organisation, one.year) for one in library.reports()] == [
            (CULTURE, 2024),
            (FINANCE, 2023),
            (FINANCE, 2024),
        ]


def test_a_question_is_answered_while_a_report_is_being_encoded(tmp_path: Path) -> None:
    encoding, answered = Event(), Event()

    class SlowEncoder(ToyEncoder):
        def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            encoding.set()
            assert answered.wait(10)
            return super().encode_passages(texts)

    with open_toys(tmp_path / "library") as library:
        library.add([toy(tmp_path, "a.txt", "车1万元")])
    with open_toys(tmp_path / "library", encoder=SlowEncoder()) as library:
        adding = Thread(target=library.add, args=([toy(tmp_path, "b.txt", "水", title="乙")],))
        adding.start()
        assert encoding.wait(10)
        assert [hit.passage.text for hit in library.search("水")] == ["车1万元"]
        assert [fact.printed for fact in library.facts.find()] == ["1"]
        answered.set()
        adding.join()
        assert library.search("水", k=1)[0].passage.text == "水"


def test_a_disk_that_is_full_is_told_from_one_that_is_closed(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.sqlite", tables="CREATE TABLE IF NOT EXISTS t (text TEXT)")

    def fill() -> None:
        with database.writing() as connection:
            connection.execute("PRAGMA max_page_count = 2")
            connection.execute("INSERT INTO t VALUES (?)", ("满" * 10_000,))

    with pytest.raises(BadIndex, match="磁盘满了"):
        fill()
    database.close()
