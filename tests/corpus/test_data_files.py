"""What is written wrongly in a data file is told with the file and the line."""

from pathlib import Path

import pytest

from corpus.lexicon.data_files import read_toml, validate
from corpus.model.errors import BadData
from corpus.model.types import Noun

TEXT = """\
title = "甲"

[[term]]
name = "三公经费"
count = 1

[[term]]
name = "会议费"
count = "许多"
"""


class Term(Noun):
    name: str
    count: int


class Terms(Noun):
    title: str
    term: tuple[Term, ...]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (TEXT, "第 9 行写错了：term.1.count: Input should be a valid integer"),
        (TEXT.replace("[[term]]\nname", "[[term]]\nnames", 1), "第 3 行写错了：term.0.name: Field"),
        (
            TEXT.replace('title = "甲"', "title = 3"),
            "第 1 行写错了：title: Input should be a valid",
        ),
        (TEXT.replace('name = "会议费"', 'name = "会议费'), "第 8 行写错了：Illegal character"),
        (TEXT + "[", "第 10 行写错了："),
    ],
)
def test_a_mistake_names_file_and_line(tmp_path: Path, wrong: str, said: str) -> None:
    path = tmp_path / "words.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(BadData) as raised:
        validate(Terms, read_toml(path), path)
    assert str(raised.value).startswith(f"数据文件 words.toml {said}")
