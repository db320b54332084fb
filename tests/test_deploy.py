"""The files to run the bot with: they start what there is, and end it as it wants to be ended."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

from bot.cli.app import FAILED
from bot.settings.environment import PREFIX, Settings

ROOT = Path(__file__).parents[1]
COMPOSE = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
CONTAINER = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")


def unit() -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(ROOT / "deploy" / "wenshu.service", encoding="utf-8")
    return parser


def test_unit_serves_and_lets_answers_be_finished() -> None:
    service = unit()["Service"]
    assert service["ExecStart"].endswith("/wenshu serve")
    assert service["KillSignal"] == "SIGTERM"
    assert int(service["TimeoutStopSec"]) >= 30
    assert service["RestartPreventExitStatus"] == str(FAILED)  # what is set wrongly stays wrong


def test_systemd_finds_nothing_wrong_in_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    text = (ROOT / "deploy" / "wenshu.service").read_text(encoding="utf-8")
    path = tmp_path / "wenshu.service"
    # Only the program is not where it will be.
    path.write_text(text.replace("/opt/wenshu/.venv/bin/wenshu", sys.executable), encoding="utf-8")
    said = subprocess.run(  # noqa: S603 - the program and the file are ours
        [program, "verify", str(path)], capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stderr) == (0, "")


def test_container_has_every_package_and_serves() -> None:
    copied = {line.split()[1] for line in CONTAINER.splitlines() if line.startswith("COPY")}
    assert {"corpus", "index", "bot"} <= copied
    assert 'CMD ["wenshu", "serve"]' in CONTAINER
    assert "STOPSIGNAL SIGTERM" in CONTAINER
    assert "/health" in CONTAINER


def test_compose_runs_what_there_is_over_one_store() -> None:
    compose = yaml.safe_load(COMPOSE)
    services = compose["services"]
    assert set(services) == {"bot", "indexer", "postgres", "milvus"}
    for name in ("bot", "indexer"):
        own = services[name]
        assert own["build"]["args"]["EXTRA"] == "[engines]"
        assert own["environment"]["WENSHU_STORE"].startswith("postgresql://")
        assert own["environment"]["WENSHU_STORE"].endswith("@postgres/wenshu")
        assert own["environment"]["WENSHU_VECTORS"] == "http://milvus:19530"
        assert own["volumes"] == ["wenshu:/data"]  # the originals, which all of them share
        assert set(own["depends_on"]) == {"postgres", "milvus"}
    assert services["indexer"]["command"] == ["wenshu", "index"]
    assert "WENSHU_TOKEN" not in services["indexer"]["environment"]
    assert set(compose["volumes"]) == {"wenshu", "postgres", "milvus"}
    assert "ports" not in str(services)  # nothing but the bot reaches out, and nothing reaches in


def test_settings_that_the_files_name_are_settings() -> None:
    text = CONTAINER + COMPOSE + (ROOT / "deploy" / "wenshu.service").read_text(encoding="utf-8")
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+", text))
    assert {name.removeprefix(PREFIX).lower() for name in named} <= set(Settings.model_fields)
    assert f"{PREFIX}DATA" in named
