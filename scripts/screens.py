"""Pictures of typical talks as a phone shows them: twenty answers, five proofs, five charts.

    python -m scripts.screens [--out FOLDER] [--only NAME ...]

`wenshu serve` runs as it comes, over a copy of the reports that are there, against the emulator;
what it sent is drawn by headless Chromium, on Debian and Ubuntu `apt-get install chromium
fonts-noto-cjk fonts-noto-color-emoji`. Without Chromium only the HTML pages are written.
"""

import argparse
import asyncio
import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PIL import Image, ImageChops

from bot.settings.environment import Settings, load_settings
from bot.telegram.views.texts import SEARCHING
from corpus.model.types import Report
from corpus.readers.detect import read
from index.encoder.encoder import SentenceEncoder
from index.library import Library
from scripts.make_scans import pages_to_scan, pieces_to_pages
from scripts.tgrig import Call, Person, Rig, labels
from scripts.try_bot import serving

SECONDS = 600.0  # a machine may have much else to do
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_WIDTH, _HEIGHT = 390, 3200  # CSS pixels: a phone held upright, and room for a long talk
_PAPER = "#c8d8e4"  # behind the messages: where nothing else follows the picture is cut
_STYLE = """
body { margin: 0; padding: 12px; width: 366px; background: #c8d8e4;
       font: 15px/1.38 "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei", sans-serif; }
.me, .bot { max-width: 310px; padding: 7px 10px; border-radius: 14px; margin: 6px 0 0;
            white-space: pre-wrap; overflow-wrap: anywhere; }
.me { background: #e1fec6; margin-left: auto; width: fit-content; }
.bot { background: #fff; width: fit-content; }
blockquote { margin: 4px 0; padding: 3px 8px; border-left: 3px solid #3a8ee6; background: #eef5fd;
             border-radius: 5px; font-size: 14px; display: -webkit-box; overflow: hidden;
             -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
code { color: #b3303f; font-family: inherit; } pre { white-space: pre-wrap; background: #f3f4f6;
       padding: 6px; border-radius: 6px; font-family: inherit; margin: 0; }
a { color: #2678b6; text-decoration: none; }
.row { display: flex; gap: 4px; margin-top: 4px; width: 330px; }
.row span { flex: 1; text-align: center; background: rgba(60,90,110,.55); color: #fff;
            border-radius: 8px; padding: 6px 4px; font-size: 13px; overflow: hidden;
            white-space: nowrap; text-overflow: ellipsis; }
img { width: 330px; margin: -7px -10px 4px; display: block; border-radius: 14px 14px 0 0; }
"""


@dataclass(frozen=True)
class Talk:
    """One talk: its name, what is asked in turn, and a button to press at the end, if any."""

    name: str
    asks: tuple[str, ...]
    press: str = ""


# {budget}, {account} and {appraisal} are bodies that have such a report, {…_year} its latest year.
TALKS = (
    Talk("01-start", ("/start",)),
    Talk("02-help", ("/help",)),
    Talk("03-figure", ("{budget}{budget_year}年三公经费预算多少", "那{budget_before}年呢")),
    Talk("04-account", ("{account}{account_year}年支出合计决算多少",)),
    Talk("05-asked-back", ("2024年三公经费多少",)),
    Talk("06-no-such-year", ("{account}2019年三公经费决算多少",)),
    Talk("07-not-there", ("{appraisal}{appraisal_year}年信访件数是多少",)),
    Talk("08-worked-out", ("{budget}{budget_year}年和{budget_before}年三公经费预算合计多少",)),
    Talk("09-reason", ("{budget}{budget_year}年三公经费预算为什么减少",)),
    Talk("10-passage-as-answer", ("{account}的主要职责是什么",)),
    Talk("11-list", ("各单位2024年三公经费分别多少",)),
    Talk("12-card", ("{account}",)),
    Talk("13-card-of-two-years", ("{budget}对比{budget_before}和{budget_year}年",)),
    Talk("14-passage", ("{appraisal}{appraisal_year}年三公经费多少",), press="原文"),
    Talk("15-copy", ("{appraisal}{appraisal_year}年三公经费多少",), press="复制答复"),
    Talk("16-unit", ("{budget}{budget_year}年支出合计多少",), press="换单位"),
    Talk("17-year-before", ("{budget}{budget_year}年三公经费预算多少",), press="对比上年"),
    Talk("18-small-talk", ("你好", "你是AI吗", "准不准", "哪些数字对不上")),
    Talk("19-around", ("/coverage", "/units")),
    Talk("20-audit", ("/audit",)),
    Talk("21-proof-row", ("{budget}{budget_year}年社会保障和就业支出预算多少",), press="出处图"),
    Talk("22-proof-paragraph", ("{budget}{budget_before}年支出合计多少",), press="出处图"),
    Talk("23-proof-docx", ("{account}{account_year}年三公经费决算多少",), press="出处图"),
    Talk("24-proof-text", ("{appraisal}{appraisal_year}年三公经费多少",), press="出处图"),
    Talk("26-trend", ("{budget}{budget_year}年三公经费预算多少",), press="趋势图"),
    Talk("27-trend-both", ("{appraisal}{appraisal_year}年三公经费多少",), press="趋势图"),
    Talk("28-parts", ("{budget}{budget_year}年三公经费预算多少",), press="组成图"),
    Talk("29-parts-of-all", ("{budget}{budget_year}年支出合计预算多少",), press="组成图"),
    Talk("30-bodies", ("各单位2024年三公经费分别多少",), press="各单位对比图"),
)
SCANNED = (Talk("25-proof-scan", ("{appraisal}{appraisal_year}年三公经费多少",), press="出处图"),)


def words_for(reports: Iterable[Report]) -> dict[str, str]:
    """Return what stands for the bodies and years in the talks, of the reports that are there."""
    kinds = {"预算": "budget", "决算": "account", "绩效自评": "appraisal"}
    words = {}
    for report in sorted(reports, key=lambda report: report.year or 0):
        if report.kind in kinds:
            name = kinds[report.kind]
            words[name] = report.organisation
            words[f"{name}_year"] = str(report.year)
            words[f"{name}_before"] = str((report.year or 0) - 1)
    return words


def filled(talks: Iterable[Talk], words: Mapping[str, str]) -> Iterator[Talk]:
    """Give the talks about the bodies that there are."""
    for talk in talks:
        try:
            yield Talk(talk.name, tuple(ask.format_map(words) for ask in talk.asks), talk.press)
        except KeyError as missing:
            print(f"{talk.name}：没有这样的报告（{missing}），跳过。")


async def play(talk: Talk, person: Person) -> list[str]:
    """Hold a talk and return its messages as HTML."""
    page: list[str] = []
    last: Call | None = None
    for words in talk.asks:
        page.append(f'<div class="me">{escape(words)}</div>')
        await person.send(words)
        last = await _said(person)
        page.append(call_to_html(last))
    if talk.press and last and any(talk.press in row for row in labels(last.result)):
        page.append(f'<div class="me">（按“{escape(talk.press)}”）</div>')
        await person.press(last.result, talk.press, seconds=SECONDS)
        chat = person.rig.arrived[person.chat_id]
        while not chat.empty():
            page.append(call_to_html(chat.get_nowait()))
    elif talk.press:
        print(f"{talk.name}：没有“{talk.press}”。")
    return page


async def _said(person: Person) -> Call:
    """Return the answer; one that takes long is first a word that it is looked up."""
    while True:
        call = await person.next(seconds=SECONDS)
        if call.text != SEARCHING:
            return call


def call_to_html(call: Call) -> str:
    """Draw what a call of the bot shows."""
    pictures = [f'<img src="{_inline(content)}">' for content in call.files.values()]
    rows = [
        '<div class="row">' + "".join(f"<span>{escape(text)}</span>" for text in row) + "</div>"
        for row in labels(call.result)
    ]
    text = call.text.replace("</blockquote>\n", "</blockquote>")  # a block ends its line by itself
    return f'<div class="bot">{"".join(pictures)}{text}</div>{"".join(rows)}'


def _inline(picture: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(picture).decode()


def draw(browser: str, page: Path, picture: Path) -> None:
    """Have Chromium draw a page at the width of a phone."""
    subprocess.run(  # noqa: S603 - a browser that was found on this machine
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--force-device-scale-factor=2", f"--window-size={_WIDTH},{_HEIGHT}",
            f"--screenshot={picture}", page.as_uri(),
        ],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    whole = Image.open(picture).convert("RGB")
    paper = Image.new("RGB", whole.size, _PAPER)
    written = ImageChops.difference(whole, paper).getbbox() or (0, 0, *whole.size)
    whole.crop((0, 0, whole.width, min(whole.height, written[3] + 24))).save(picture)


async def record(talks: Iterable[Talk], folder: Path, out: Path) -> list[Path]:
    """Hold the talks with the bot over a data folder and write a page for each."""
    written = []
    async with Rig().serve() as rig, serving(folder, rig):
        for number, talk in enumerate(talks, start=1):
            messages = await play(talk, rig.person(number))
            page = out / f"{talk.name}.html"
            head = f'<meta charset="utf-8"><style>{_STYLE}</style>'
            page.write_text(head + "\n".join(messages), encoding="utf-8")
            written.append(page)
    return written


def copied(settings: Settings, folder: Path) -> Path:
    """Make a data folder with a copy of the library, and the model where it is."""
    shutil.copytree(settings.library, folder / settings.library.name)
    (folder / settings.models.name).symlink_to(settings.models)
    return folder


def scanned(settings: Settings, report: Path, folder: Path) -> Path:
    """Make a data folder with nothing in it but a scan of a report."""
    (folder / settings.models.name).symlink_to(settings.models)
    scan = folder / f"{report.stem}.pdf"
    scan.write_bytes(pages_to_scan(pieces_to_pages(read(report)[1].pieces)))
    command = [sys.executable, "-m", "bot.cli", "add", str(scan)]
    set_up = os.environ | {"WENSHU_ENV": os.devnull, "WENSHU_DATA": str(folder)}
    subprocess.run(command, check=True, timeout=900, env=set_up)  # noqa: S603 - this interpreter
    return folder


def record_all(settings: Settings, out: Path, only: Sequence[str]) -> list[Path]:
    """Hold the talks over the reports that are there, and those over a scan of an appraisal."""
    encoder = SentenceEncoder(settings.model, models=settings.models)
    with Library.open(settings.library, encoder=lambda: encoder) as library:
        reports = library.reports()
        words = words_for(reports)
        appraisals = [report for report in reports if report.kind == "绩效自评"]
        originals = [(report.name, library.original(report.id)) for report in appraisals[:1]]
    wanted = [talk for talk in filled(TALKS, words) if not only or talk.name in only]
    of_scan = [talk for talk in filled(SCANNED, words) if not only or talk.name in only]
    pages = []
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        if wanted:
            pages += asyncio.run(record(wanted, copied(settings, Path(one)), out))
        for name, data in originals if of_scan else ():
            original = Path(one) / name
            original.write_bytes(data)
            folder = scanned(settings, original, Path(two))
            pages += asyncio.run(record(of_scan, folder, out))
    return pages


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("build/screens"))
    parser.add_argument("--only", nargs="*", default=(), metavar="NAME", help="of these talks")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    pages = record_all(load_settings(), chosen.out.resolve(), chosen.only)
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    for page in pages:
        if browser:
            draw(browser, page, page.with_suffix(".png"))
        print(page.with_suffix(".png") if browser else page)
    if browser is None:
        print("没有找到 Chromium，只写了网页：apt-get install chromium 之后可以得到图片。")


if __name__ == "__main__":
    main()
