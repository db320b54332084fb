"""A plugin of pytest that greps what every test shows and leaves: the bot's token is in none of it.

Looked at are what pytest captured (what was printed, by the processes of a test as well, and what
was logged), all that the emulated Telegram was sent, and the files in the test's folder, those
within archives and exports included. Only settings may hold the token, where it is kept, and a copy
of the emulator that gives it out.
"""

from collections.abc import Generator, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest

from scripts.tgrig import TOKEN, Call

SECRET = TOKEN.encode()
# How the names of files end that hold it: settings, and the emulator that gives it out.
KEPT_IN = (".env", "tgrig.py")
LARGEST = 2**26  # bytes of a packed file: a test of archives makes larger ones, of nothing


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test, when it is over, for each place where the token is found."""
    report = yield
    if report.when == "teardown" and (found := [*shown(report), *left(item)]):
        report.outcome = "failed"
        report.longrepr = f"the token is in: {', '.join(found)}"
    return report


def shown(report: pytest.TestReport) -> Iterator[str]:
    """Yield the captured streams that hold the token."""
    yield from (name for name, text in report.sections if TOKEN in text)


def left(item: pytest.Item) -> Iterator[str]:
    """Yield what holds the token of what a test sent and of what it left in its folder."""
    used = getattr(item, "funcargs", {})
    if stage := used.get("stage"):
        calls = (call for call in stage.rig.calls if holds(call))
        yield from (f"what was sent by {call.method}" for call in calls)
    if folder := used.get("tmp_path"):
        yield from leaks(folder)


def holds(call: Call) -> bool:
    """Tell whether a call has the token in its fields or in a file that goes with it."""
    return TOKEN in str(call.params) or any(map(leaky, call.files.values()))


def leaks(folder: Path) -> Iterator[str]:
    """Yield the files below a folder that hold the token, settings left out."""
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.endswith(KEPT_IN) and leaky(path.read_bytes()):
            yield str(path.relative_to(folder))


def leaky(content: bytes) -> bool:
    """Tell whether the token is in a file, or in one that is packed in it."""
    return SECRET in content or any(SECRET in one for one in unpacked(content))


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield the files of an archive; nothing of what is none, or of what nobody can unpack."""
    try:
        packed = ZipFile(BytesIO(content))
    except (BadZipFile, ValueError):
        return
    for one in packed.infolist():
        if one.file_size <= LARGEST:
            with suppress(Exception):  # many a test makes an archive that is damaged or locked
                yield packed.read(one)
