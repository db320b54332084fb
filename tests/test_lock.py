"""The lock files are of the dependencies as they are declared, and what they name is hashed."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==(\S+)(?: ;.*?)? \\\n(?:    --hash=sha256:[0-9a-f]{64}.*\n?)+",
    re.MULTILINE,
)
LEFT_TO_THE_INDEX = {"torch"}  # the Makefile says why


def pinned(name: str) -> dict[str, list[str]]:
    """Return the versions that a lock file has of each package; every line of it is of one."""
    text = (ROOT / name).read_text(encoding="utf-8")
    assert PINNED.sub("", text) == ""
    versions: dict[str, list[str]] = defaultdict(list)
    for found in PINNED.finditer(text):
        versions[canonicalize_name(found[1])].append(found[2])
    return dict(versions)


def declared(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    more = (project["optional-dependencies"][extra] for extra in extras)
    return [Requirement(one) for one in sum(more, project["dependencies"])]


@pytest.mark.parametrize(
    ("name", "extras"), [("requirements.lock", ()), ("requirements-dev.lock", ("dev", "engines"))]
)
def test_every_dependency_is_locked_to_a_version_that_it_allows(
    name: str, extras: tuple[str, ...]
) -> None:
    versions = pinned(name)
    for wanted in declared(*extras):
        held = versions.get(canonicalize_name(wanted.name), [])
        if wanted.name in LEFT_TO_THE_INDEX:
            assert not held
            continue
        assert held, f"{name} lacks {wanted.name}: make lock"
        assert all(wanted.specifier.contains(one) for one in held), f"{name} has {held}: make lock"


def test_what_runs_is_what_is_tested() -> None:
    run, tested = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert run.items() <= tested.items()


def test_make_installs_what_is_locked() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    container = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    for name, files in (
        ("requirements.lock", (makefile, container)),
        ("requirements-dev.lock", (makefile,)),
    ):
        for text in files:
            assert f"--no-deps --require-hashes --requirement {name}" in text
