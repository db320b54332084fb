"""What the bot has done, counted, and shown on loopback for a monitor; never what was said."""

import asyncio
import json
import time
from collections import Counter

_OK = "HTTP/1.1 200 OK"
_MISSING = "HTTP/1.1 404 Not Found"
_LINE_LIMIT = 8192


class Counts:
    """Counters and the time spent on answers since the start of this run."""

    def __init__(self) -> None:
        self.started = time.time()
        self.totals: Counter[str] = Counter()
        self.seconds = 0.0

    def answered(self, status: str, seconds: float) -> None:
        """Count an answer of this status and the seconds that it took."""
        self.totals[f"answers_{status}"] += 1
        self.seconds += seconds

    def count(self, name: str) -> None:
        """Count an event."""
        self.totals[name] += 1

    def to_prometheus(self) -> str:
        """Write the counters in the text format of Prometheus."""
        lines = [f"wenshu_{name}_total {value}" for name, value in sorted(self.totals.items())]
        lines.append(f"wenshu_answer_seconds_total {self.seconds:.3f}")
        lines.append(f"wenshu_uptime_seconds {time.time() - self.started:.0f}")
        return "\n".join(lines) + "\n"

    def to_health(self) -> dict[str, int | float | str]:
        """Return the state in a few words for a health check."""
        return {
            "status": "ok",
            "uptime_seconds": round(time.time() - self.started),
            "answers": sum(n for name, n in self.totals.items() if name.startswith("answers_")),
            "errors": self.totals["errors"],
        }


async def serve_metrics(counts: Counts, port: int) -> asyncio.Server:
    """Answer GET /health and GET /metrics on 127.0.0.1; port 0 takes a free one."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await asyncio.wait_for(reader.readline(), 5)
            writer.write(_respond(counts, request))
            await writer.drain()
        except (
            TimeoutError,
            ConnectionError,
            ValueError,
        ):  # a client that is gone or talks rubbish
            return
        finally:
            writer.close()

    return await asyncio.start_server(handle, "127.0.0.1", port, limit=_LINE_LIMIT)


def _respond(counts: Counts, request: bytes) -> bytes:
    path = [*request.split(), b"", b""][1]
    if path == b"/health":
        return _http(_OK, "application/json", json.dumps(counts.to_health()))
    if path == b"/metrics":
        return _http(_OK, "text/plain; version=0.0.4", counts.to_prometheus())
    return _http(_MISSING, "text/plain", "not found\n")


def _http(status: str, kind: str, body: str) -> bytes:
    content = body.encode()
    head = (
        f"{status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\nConnection: close"
    )
    return f"{head}\r\n\r\n".encode() + content
