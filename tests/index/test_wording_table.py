"""The table of wordings: what is encoded, what is scored for whom, what goes with its report.

The toy encoder counts 车会水电, so that each cosine is worked by hand.
"""

from pathlib import Path

import pytest

from corpus.model.types import Block, Fact
from corpus.pipeline import Parts
from index.library import Library
from index.wordings.table import Scored, report_to_wordings
from scripts.toy_library import CULTURE, FINANCE, ToyEncoder, read_toy, write_toy

CAR, MEETING = "车3万元", "会5万元"
# The wording of a toy's figure: its name twice, once as its measure and once in its clause.
CAR_WORDING = "车 决算 钱 |  | 车#万元"
MEETING_WORDING = "会 决算 钱 |  | 会#万元"
SENTENCE = "水务工作进展顺利。"


def read_with_sentences(path: Path) -> Parts:
    """Read a toy report whose lines are paragraphs as well."""
    parts = read_toy(path)
    blocks = tuple(
        Block(kind="paragraph", span=one.span, section=("一、情况",)) for one in parts.passages
    )
    return parts.model_copy(update={"report": parts.report.model_copy(update={"blocks": blocks})})


def open_told(folder: Path, encoder: ToyEncoder) -> Library:
    return Library.open(folder / "library", encoder=lambda: encoder, read=read_with_sentences)


def toy(folder: Path, body: str, *lines: str) -> Path:
    return write_toy(folder / f"{body}.txt", f"{body}|2024|决算|甲", *lines)


def asked(library: Library, words: str, *reports: str, least: float = 0.0) -> list[Scored]:
    return list(library.wordings(library.read_questions([words])[0], reports, least=least))


def named(library: Library, found: list[Scored]) -> list[tuple[str, str, float]]:
    """Return whose and what was found, with its cosine to three places."""
    facts: dict[str, Fact] = {fact.id: fact for fact in library.facts.find()}
    return [
        (
            library.report(one.report).organisation,
            facts[one.fact].measure
            if one.fact
            else library.report(one.report).text[one.start : one.end],
            round(one.score, 3),
        )
        for one in found
    ]


def test_a_report_has_a_wording_for_each_figure_and_each_sentence(tmp_path: Path) -> None:
    parts = read_with_sentences(toy(tmp_path, FINANCE, CAR, SENTENCE))
    made = report_to_wordings(parts.report, parts.facts)
    at = parts.report.text.index(SENTENCE)
    assert [(one.text, one.fact, one.start, one.end) for one in made] == [
        (CAR_WORDING, parts.facts[0].id, 0, 0),
        (f"情况 | {SENTENCE}", None, at, at + len(SENTENCE)),
    ]


def test_a_question_is_scored_against_the_reports_that_are_asked_alone(tmp_path: Path) -> None:
    """Vectors over (车会水电, 1): a question 车 is (1,0,0,0,1); 车…车 is (2,0,0,0,1)."""
    with open_told(tmp_path, ToyEncoder()) as library:
        one, other = library.add(
            [toy(tmp_path, FINANCE, CAR, MEETING, SENTENCE), toy(tmp_path, CULTURE, CAR)]
        )
        found = asked(library, "车", one.report.id)
        assert named(library, found) == [
            (FINANCE, "车", 0.949),  # 3 / (√2 √5)
            (FINANCE, SENTENCE, 0.5),  # 1 / (√2 √2)
            (FINANCE, "会", 0.316),  # 1 / (√2 √5)
        ]
        assert named(library, asked(library, "车", one.report.id, least=0.6)) == [
            (FINANCE, "车", 0.949)
        ]
        both = asked(library, "车", one.report.id, other.report.id, least=0.6)
        assert named(library, both) == [(FINANCE, "车", 0.949), (CULTURE, "车", 0.949)]
        assert asked(library, "车") == []
        assert asked(library, "车", "no report") == []


def test_a_wording_that_reports_share_is_encoded_once(tmp_path: Path) -> None:
    encoder = ToyEncoder()
    with open_told(tmp_path, encoder) as library:
        library.add([toy(tmp_path, FINANCE, CAR, MEETING), toy(tmp_path, CULTURE, CAR)])
        assert sorted(set(encoder.encoded) - {CAR, MEETING}) == [MEETING_WORDING, CAR_WORDING]
        assert encoder.encoded.count(CAR_WORDING) == 1
        library.add([toy(tmp_path, "青山市临江区水务局", "车8万元")])
        assert encoder.encoded.count(CAR_WORDING) == 1


def test_the_wordings_of_a_report_go_with_it_and_those_it_shared_stay(tmp_path: Path) -> None:
    encoder = ToyEncoder()
    with open_told(tmp_path, encoder) as library:
        gone, kept = library.add(
            [toy(tmp_path, FINANCE, CAR, MEETING), toy(tmp_path, CULTURE, CAR)]
        )
        both = (gone.report.id, kept.report.id)
        assert [one[0] for one in named(library, asked(library, "车", *both, least=0.6))] == [
            FINANCE,
            CULTURE,
        ]
        library.remove(gone.report.id)
        assert named(library, asked(library, "车", *both)) == [(CULTURE, "车", 0.949)]
        library.add([toy(tmp_path, FINANCE, MEETING)])
        assert encoder.encoded.count(CAR_WORDING) == 1
        assert encoder.encoded.count(MEETING_WORDING) == 2  # it was forgotten with its report


def test_the_newer_file_of_a_report_is_scored_in_its_place(tmp_path: Path) -> None:
    with open_told(tmp_path, ToyEncoder()) as library:
        (old,) = library.add([toy(tmp_path, FINANCE, CAR)])
        (new,) = library.add([toy(tmp_path, FINANCE, "电9万元")])
        assert asked(library, "电", old.report.id) == []
        assert named(library, asked(library, "电", new.report.id)) == [(FINANCE, "电", 0.949)]


@pytest.mark.parametrize("least", [0.0, 0.9])
def test_an_empty_library_answers_nothing(tmp_path: Path, least: float) -> None:
    with open_told(tmp_path, ToyEncoder()) as library:
        assert asked(library, "车", "any", least=least) == []
