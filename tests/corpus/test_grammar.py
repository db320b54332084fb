"""The patterns of the grammar find what their examples say; every class has its use."""

import re
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

import bot.parsing
from corpus.lexicon import grammar
from corpus.lexicon.grammar import NAMED, Form, Template, patterns, words_of
from corpus.model.errors import BadData

DATA = Path(grammar.__file__).parent / "data"
PACKAGES = sorted(path.stem for path in (DATA / "grammar").glob("*.toml"))
ASKING = Path(bot.parsing.__file__).parent / "grammar.toml"  # templates as well
READERS = ("corpus", "index", "bot")
LONGEST = 420  # characters of one alternative: what is longer is several, or wants a piece


FORMS = {
    f"{package}.{module}.{name}": form
    for package in PACKAGES
    for module, named in grammar.grammar(package).modules.items()
    for name, form in named.items()
}


def test_a_pattern_finds_its_examples_and_passes_the_others() -> None:
    for place, form in FORMS.items():
        section, name = place.rsplit(".", 1)
        pattern = patterns(section)[name]
        assert form.finds, f"{place} shows nothing that it finds"
        for example in form.finds:
            assert pattern.search(example), f"{place} does not find {example}"
        for example in form.passes:
            found = pattern.search(example)
            assert found is None, f"{place} finds {found} in {example}"


def test_no_pattern_is_longer_than_can_be_read() -> None:
    for place, form in FORMS.items():
        ways = [form.match] if isinstance(form.match, str) else form.match
        assert max(map(len, ways)) <= LONGEST, place


def test_every_class_and_piece_has_its_use() -> None:
    shared = grammar.shared()
    templates = [form.template for form in FORMS.values()] + list(shared.pieces.values())
    named = {name for template in templates for name in NAMED.findall(template)}
    named |= {name for words in shared.classes.values() for name in words.takes}
    named |= set(NAMED.findall(ASKING.read_text(encoding="utf-8")))
    for path in Path(grammar.__file__).parents[1].rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"(?:piece|words_of)\([\"'](\w+)[\"']\)", source))
    assert {*shared.classes, *shared.pieces} == named


def test_every_section_is_that_of_a_module_that_reads_it() -> None:
    root = Path(grammar.__file__).parents[2]
    read_by = (path for package in READERS for path in (root / package).rglob("*.py"))
    source = "".join(path.read_text(encoding="utf-8") for path in read_by)
    read = set(re.findall(r"patterns\(\"([\w.]+)\"\)", source))
    assert read == {place.rsplit(".", 1)[0] for place in FORMS}


def test_the_longest_word_of_a_class_is_tried_first() -> None:
    words = words_of("moved")
    assert list(words) == sorted(words, key=len, reverse=True)
    assert {"增减", "增加", "下降"} <= set(words)


def test_a_template_that_names_nothing_is_told_with_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = Form(match="{no_such_class}", finds=("甲",))
    modules = grammar.Grammar(modules={"rows": {"among": wrong}})
    monkeypatch.setattr(grammar, "grammar", lambda package: modules)
    patterns.cache_clear()
    with pytest.raises(BadData) as raised:
        patterns("tables.rows")
    line = (DATA / "grammar" / "tables.toml").read_text(encoding="utf-8").splitlines()
    at = line.index("[rows.among]") + 1
    assert f"tables.toml 第 {at + 1} 行写错了：'no_such_class'" in str(raised.value)
    patterns.cache_clear()


def test_a_pattern_of_another_data_file_is_a_template_too() -> None:
    adapter: TypeAdapter[re.Pattern[str]] = TypeAdapter(Template)
    assert adapter.validate_python("{went}了").search("比上年涨了")
    with pytest.raises(ValidationError, match="没有词类'no_such_class'"):
        adapter.validate_python("{no_such_class}了")
