"""Asking a large model over HTTP, by the protocol of chat completions; the only user of httpx."""

import json
import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from hashlib import sha256
from threading import Lock
from typing import Any

import httpx

from bot.settings.environment import Settings
from bot.understanding.advice.prompt import load_prompt
from bot.understanding.advice.reading import Advice, text_to_advice
from corpus.model.errors import BadSettings

_log = logging.getLogger(__name__)
KEPT = 1000  # answers that are remembered
RESTS = 60.0  # seconds for which a model that failed is not asked again
MOST_TOKENS = 400  # of a reply
MOST_BYTES = 200_000


class LargeModel:
    """A model behind an address such as http://127.0.0.1:8000/v1; safe to use from threads.

    It answers within `seconds` or not at all; after a failure it is left alone for a while, so
    that a server that is down costs one message its time and not each.
    """

    def __init__(
        self,
        url: str,
        model: str,
        key: str = "",
        *,
        seconds: float,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._address = f"{url.rstrip('/')}/chat/completions"
        self._model = model
        head = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = httpx.Client(timeout=seconds, headers=head, follow_redirects=False)
        self._seconds = seconds
        self._now = now
        self._rests_until = 0.0
        self._kept: OrderedDict[str, Advice] = OrderedDict()
        self._lock = Lock()

    def advise(self, text: str, revision: str) -> Advice | None:
        """Return what the model says of a message over a revision of the library, or None."""
        name = sha256(f"{revision}\n{text}".encode()).hexdigest()
        with self._lock:
            if name in self._kept:
                self._kept.move_to_end(name)
                return self._kept[name]
            if self._now() < self._rests_until:
                return None
        advice = self._ask(text)
        with self._lock:
            if advice is not None:
                self._kept[name] = advice
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return advice

    def _ask(self, text: str) -> Advice | None:
        """Ask once; what fails or makes no sense is logged by its kind alone."""
        body = {
            "model": self._model,
            "temperature": 0,
            "max_tokens": MOST_TOKENS,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": load_prompt()["system"]},
                {"role": "user", "content": text},
            ],
        }
        try:
            reply = self._post(body)["choices"][0]["message"]["content"]
        except (httpx.HTTPError, ValueError, LookupError, TypeError) as error:
            self._rests_until = self._now() + RESTS
            _log.warning("大模型没有答复（%s），%d 秒内不再问它。", type(error).__name__, RESTS)
            return None
        try:
            return text_to_advice(str(reply))
        except ValueError:
            _log.warning("大模型的答复看不懂，没有采用。")
            return None

    def _post(self, body: Mapping[str, object]) -> Any:
        """Return what the server replies, read to its end in time and in bounds."""
        until = self._now() + self._seconds
        with self._client.stream("POST", self._address, json=body) as response:
            response.raise_for_status()
            read = bytearray()
            for piece in response.iter_bytes():
                read += piece
                if len(read) > MOST_BYTES or self._now() > until:
                    raise ValueError("too long")
        return json.loads(read)


def model_of(settings: Settings) -> LargeModel:
    """Return the model of the settings; raise `BadSettings` where its address or name is amiss."""
    if not settings.llm_url.startswith(("http://", "https://")):
        raise BadSettings(
            "WENSHU_LLM_URL 要以 http:// 或 https:// 开头，例如 http://127.0.0.1:8000/v1。"
        )
    if not settings.llm_model:
        raise BadSettings("设了 WENSHU_LLM_URL，还要在 WENSHU_LLM_MODEL 里写大模型的名称。")
    key = settings.llm_key.get_secret_value() if settings.llm_key else ""
    return LargeModel(settings.llm_url, settings.llm_model, key, seconds=settings.llm_seconds)
