"""A stand-in for a large model over HTTP: it writes down what it is asked, or replays answers.

    python -m scripts.large_model record PROMPTS.jsonl [--port 8123]
    python -m scripts.large_model keep PROMPTS.jsonl REPLIES.jsonl KEPT.jsonl
    python -m scripts.large_model replay KEPT.jsonl [--port 8123]

Each line of PROMPTS is {"id": n, "text": ...}; somebody reads them and writes REPLIES, a line
{"id": n, "reply": {"operation": ..., "figures": [...], "sentences": [...]}} for each. What is kept
of the two names messages and lines by their hashes, so that no text of a report is in it and that a
reply still fits where the lines come in another order.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

PORT = 8123
Reply = dict[str, Any]
UNCLEAR: Reply = {"operation": "unclear"}
ASKED = ("上一句：", "这一句：")
LISTS = ("数：", "句子：")  # over the figures and the sentences of a prompt


def digest(text: str) -> str:
    """Return the name of a text."""
    return sha256(text.encode()).hexdigest()[:16]


def asked_in(text: str) -> str:
    """Return the name of the message that a prompt is about, with the one before it."""
    return digest("\n".join(line for line in text.splitlines() if line.startswith(ASKED)))


def numbered(text: str, head: str) -> dict[int, str]:
    """Return the names of the numbered lines below a head of a prompt."""
    lines = text.splitlines()
    found: dict[int, str] = {}
    for line in lines[lines.index(head) + 1 :]:
        number, dot, told = line.partition(". ")
        if not dot or not number.isdigit():
            break
        found[int(number)] = digest(told)
    return found


def keep(text: str, reply: Reply) -> Reply:
    """Return a reply with the names of lines in the place of their numbers."""
    return _renamed(reply, *(numbered(text, head) for head in LISTS))


def replayed(text: str, kept: Mapping[str, Reply]) -> Reply:
    """Return the reply that was kept for a prompt, its names of lines as numbers again."""
    reply = kept.get(asked_in(text))
    if reply is None:
        return UNCLEAR
    lines = (numbered(text, head) for head in LISTS)
    try:
        return _renamed(reply, *({name: number for number, name in own.items()} for own in lines))
    except KeyError:  # a line that is no longer offered
        return UNCLEAR


def _renamed(reply: Reply, figures: Mapping[Any, Any], sentences: Mapping[Any, Any]) -> Reply:
    """Return a reply that calls its lines by their other names."""
    return {
        **reply,
        "figures": [
            {**pick, "number": figures[pick["number"]]} for pick in reply.get("figures", ())
        ],
        "sentences": [sentences[name] for name in reply.get("sentences", ())],
    }


class Server(ThreadingHTTPServer):
    """Answers chat completions by what was kept; notes what it was asked, each once."""

    def __init__(
        self, kept: Mapping[str, Reply], *, port: int = 0, notes: Path | None = None
    ) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.kept = kept
        self.prompts: list[str] = []
        self._notes = notes
        self.keys: list[str] = []
        self._lock = Lock()

    @property
    def url(self) -> str:
        """The address to set as WENSHU_LLM_URL."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def reply_to(self, text: str) -> str:
        """Return the reply to a prompt, as a model would write it."""
        with self._lock:
            if text not in self.prompts:
                self.prompts.append(text)
                if self._notes is not None:
                    with self._notes.open("a", encoding="utf-8") as notes:
                        notes.write(line_of({"id": len(self.prompts), "text": text}))
        return json.dumps(replayed(text, self.kept), ensure_ascii=False)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_POST(self) -> None:
        """Answer a chat completion."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.keys.append(self.headers.get("Authorization", ""))
        reply = self.server.reply_to(asked["messages"][-1]["content"])
        body = json.dumps({"choices": [{"message": {"content": reply}}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of lines of JSON."""
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())


def line_of(row: object) -> str:
    """Return a row as a line of JSON."""
    return f"{json.dumps(row, ensure_ascii=False)}\n"


def read_kept(path: Path) -> dict[str, Reply]:
    """Read replies that were kept."""
    return {row["asked"]: row["reply"] for row in rows(path)}


def kept_of(asked: Path, replies: Path) -> Iterator[Reply]:
    """Yield replies to prompts by the name of their message."""
    texts = {row["id"]: row["text"] for row in rows(asked)}
    for row in rows(replies):
        text = texts[row["id"]]
        yield {"asked": asked_in(text), "reply": keep(text, row["reply"])}


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.large_model",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=("record", "keep", "replay"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--port", type=int, default=PORT)
    chosen = parser.parse_args(arguments)
    first, *others = chosen.files
    if chosen.what == "keep":
        replies, kept = others
        kept.write_text("".join(map(line_of, kept_of(first, replies))), "utf-8")
        return 0
    record = chosen.what == "record"
    with Server(
        {} if record else read_kept(first), port=chosen.port, notes=first if record else None
    ) as server:
        print(server.url, flush=True)
        server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
