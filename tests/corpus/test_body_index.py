"""The index of bodies: what words may mean is found, and nothing else is tried."""

import pytest

from corpus.entities.body_index import BodyIndex
from corpus.entities.organisations import is_short_for, names_said

KNOWN = (
    "青山市财政局",
    "青山市临江区财政局",
    "石桥市财政局",
    "石桥市水务局",
    "石桥市应急管理局综合行政执法支队",
    "石桥市第一中学",
    "中共青山市委组织部",
    "共青团青山市委员会",
    "",
)
SAID = (
    "财政局",
    "临江财政局",
    "青山临江区财政局",
    "青山市财政局",
    "石桥市水务",
    "应急局执法支队",
    "执法支队",
    "支队",
    "一中",
    "石桥一中",
    "市委组织部",
    "组织部",
    "团市委",
    "税务局",
    "局",
)


@pytest.mark.parametrize("words", SAID)
def test_it_finds_what_trying_every_name_finds(words: str) -> None:
    tried = [name for name in KNOWN if is_short_for(words, name)]
    assert names_said(words, BodyIndex(KNOWN)) == tried


def test_only_names_that_may_be_meant_are_tried() -> None:
    bodies = BodyIndex(
        [f"第{number}市{kind}局" for number in range(1000) for kind in ("财政", "水务")]
    )
    assert [bodies.names[at] for at in bodies.of_end("第77市财政局")] == ["第77市财政局"]
    assert list(bodies.owns("财政局")) == ["财政局"]
    assert [bodies.names[at] for at in bodies.of_own("财政局", "第77市")] == ["第77市财政局"]
    assert [bodies.names[at] for at in bodies.of_own("财政局", "问第77市")] == []
    assert (
        len(list(bodies.of_own("财政局", ""))) == len(list(bodies.of_own("财政局", "市"))) == 1000
    )


def test_names_in_full_are_found_where_they_stand() -> None:
    bodies = BodyIndex(KNOWN)
    assert "石桥市水务局" in bodies
    assert list(bodies.starts_with("问石桥市水务局", 1)) == ["石桥市水务局"]
    assert list(bodies.starts_with("问石桥市水务局", 0)) == []
