"""Pictures of ten typical talks as a phone shows them: real messages of the bot on a narrow page.

    python -m scripts.screens [--reports FOLDER] [--out FOLDER]

The bot runs against the emulator; what it sent is drawn by headless Chromium, on Debian and Ubuntu
`apt-get install chromium fonts-noto-cjk fonts-noto-color-emoji`. Without Chromium only the HTML
pages are written.
"""

import argparse
import asyncio
import base64
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from index.files import report_files
from scripts.tgrig import Call, Person, Rig, labels
from scripts.tgstage import Stage

_SAMPLES = Path(__file__).parents[1] / "corpus" / "reports"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_WIDTH = 390  # CSS pixels: a phone held upright
_STYLE = """
body { margin: 0; padding: 12px; width: 366px; background: #c8d8e4;
       font: 15px/1.38 "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Zen Hei", sans-serif; }
.me, .bot { max-width: 310px; padding: 7px 10px; border-radius: 14px; margin: 6px 0 0;
            white-space: pre-wrap; overflow-wrap: anywhere; }
.me { background: #e1fec6; margin-left: auto; width: fit-content; }
.bot { background: #fff; width: fit-content; }
blockquote { margin: 4px 0; padding: 3px 8px; border-left: 3px solid #3a8ee6; background: #eef5fd;
             border-radius: 5px; font-size: 14px; max-height: 58px; overflow: hidden; }
code { color: #b3303f; font-family: inherit; } pre { white-space: pre-wrap; background: #f3f4f6;
       padding: 6px; border-radius: 6px; font-family: inherit; margin: 0; }
a { color: #2678b6; text-decoration: none; }
.row { display: flex; gap: 4px; margin-top: 4px; width: 330px; }
.row span { flex: 1; text-align: center; background: rgba(60,90,110,.55); color: #fff;
            border-radius: 8px; padding: 6px 4px; font-size: 13px; overflow: hidden;
            white-space: nowrap; text-overflow: ellipsis; }
img { max-width: 310px; display: block; border-radius: 8px; }
"""


@dataclass(frozen=True)
class Talk:
    """One talk: its name, what is asked in turn, and a button to press at the end, if any."""

    name: str
    asks: tuple[str, ...]
    press: str = ""


def talks_of(stage: Stage) -> list[Talk]:
    """Return ten talks about the reports that are loaded."""
    reports = stage.library.reports()
    first, last = reports[0], reports[-1]
    one, other = f"{first.organisation}{first.year}年", f"{last.organisation}{last.year}年"
    return [
        Talk("01-start", ("/start",)),
        Talk("02-figure", (f"{other}三公经费多少",)),
        Talk("03-follow-up", (f"{one}支出合计多少", "那收入合计呢")),
        Talk("04-asked-back", ("2024年三公经费多少",)),
        Talk("05-not-found", (f"{other}信访件数是多少",)),
        Talk("06-passage", (f"{other}三公经费多少",), press="原文"),
        Talk("07-copy", (f"{other}三公经费多少",), press="复制答复"),
        Talk("08-unit", (f"{one}支出合计多少",), press="换单位"),
        Talk("09-picture", (f"{one}支出合计多少",), press="出处图"),
        Talk("10-coverage", ("/coverage", "/units")),
    ]


async def play(talk: Talk, person: Person) -> list[str]:
    """Hold a talk and return its messages as HTML."""
    page = []
    for words in talk.asks:
        page.append(f'<div class="me">{escape(words)}</div>')
        await person.send(words)
        call = await person.next(seconds=30)
        page.append(call_to_html(call))
    if talk.press and any(talk.press in row for row in labels(call.result)):
        await person.press(call.result, talk.press, seconds=30)
        page.append(f'<div class="me">（按“{escape(talk.press)}”）</div>')
        page.append(call_to_html(await person.next(seconds=30)))
    return page


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
            "--force-device-scale-factor=2", f"--window-size={_WIDTH},1400",
            f"--screenshot={picture}", page.as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip


async def record(reports: Path, out: Path) -> list[Path]:
    """Play the talks and write a page for each."""
    written = []
    with tempfile.TemporaryDirectory() as folder:
        async with Rig().serve() as rig:
            stage = Stage(rig, Path(folder))
            stage.library.add(report_files([reports]))
            async with stage.bot():
                for number, talk in enumerate(talks_of(stage), start=1):
                    messages = await play(talk, rig.person(number))
                    page = out / f"{talk.name}.html"
                    head = f'<meta charset="utf-8"><style>{_STYLE}</style>'
                    page.write_text(head + "\n".join(messages), encoding="utf-8")
                    written.append(page)
            stage.library.close()
    return written


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=Path, default=_SAMPLES)
    parser.add_argument("--out", type=Path, default=Path("build/screens"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    pages = asyncio.run(record(chosen.reports, chosen.out.resolve()))
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    for page in pages:
        if browser:
            draw(browser, page, page.with_suffix(".png"))
        print(page.with_suffix(".png") if browser else page)
    if browser is None:
        print("没有找到 Chromium，只写了网页：apt-get install chromium 之后可以得到图片。")


if __name__ == "__main__":
    main()
