"""README and CONTRIBUTING name every command and script that can be run, and their files exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_group

from bot.assistant import Assistant
from bot.cli.answer_lines import answer_to_text
from bot.cli.app import app
from bot.settings.environment import PREFIX, Settings
from index.files import report_files
from index.library import Library
from scripts.toy_library import ToyEncoder

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """Return the names of the commands of `wenshu`."""
    return sorted(get_group(app).commands)


def scripts() -> list[str]:
    """Return the scripts that can be run from the command line."""
    return [
        path.stem
        for path in sorted((ROOT / "scripts").glob("*.py"))
        if 'if __name__ == "__main__":' in path.read_text(encoding="utf-8")
    ]


def targets() -> list[str]:
    """Return the targets of the Makefile that its help lists."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE)


def test_there_is_something_to_name() -> None:
    assert {"ask", "chat", "add", "remove", "list", "facts", "serve"} <= set(commands())
    assert {"answer", "evaluate", "make_samples"} <= set(scripts())
    assert {"ask", "test"} <= set(targets())


@pytest.mark.parametrize("command", commands())
def test_the_readme_names_every_command(command: str) -> None:
    assert f"wenshu {command}" in README


@pytest.mark.parametrize("script", scripts())
def test_contributing_names_every_script(script: str) -> None:
    assert f"scripts.{script}" in CONTRIBUTING


def test_every_script_that_is_named_is_one() -> None:
    named = set(re.findall(r"-m scripts\.(\w+)", README + CONTRIBUTING))
    assert named <= {*scripts(), "train"}


def test_every_file_that_is_named_is_there() -> None:
    named = re.findall(
        r"(?:`|\]\()((?:corpus|index|bot|scripts|tests|deploy)/[\w./*-]*)[`)]",
        README + CONTRIBUTING,
    )
    assert "tests/examples/form.diff" in named
    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


@pytest.mark.parametrize("target", ["ask", "test"])
def test_the_readme_opens_with_the_two_commands(target: str) -> None:
    opening = README.partition("\n## ")[0]
    assert f"make {target}" in opening


def test_every_make_target_that_is_named_is_one() -> None:
    named = set(re.findall(r"make ([a-z]+)", README + CONTRIBUTING))
    assert named <= {*targets(), "clean"}


def test_every_setting_the_readme_names_is_one() -> None:
    named = re.findall(rf"{PREFIX}([A-Z_]+)", README)
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_session_of_the_readme_is_what_the_samples_answer(tmp_path: Path) -> None:
    session = re.search(r"```text\n\$ make ask Q=\"([^\"]*)\"\n(.*?)\n```", README, re.DOTALL)
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    home = re.search(r"^SAMPLE_HOME := (.*)$", makefile, re.MULTILINE)
    assert session
    assert home
    with Library.open(tmp_path, encoder=ToyEncoder) as library:
        library.add(report_files([ROOT / "corpus" / "reports"]))
        answer = Assistant(library, home=home.group(1)).answer(session.group(1)).answer
    assert answer_to_text(answer).strip() == session.group(2)
