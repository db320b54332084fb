"""On which page an answer stands, where the question asks for it."""

import re

from bot.types import Answer

ASKS_PAGE = re.compile(r"(?:第?几|哪一?|什么)页|页码")
NO_PAGES = "这份报告没有页码。"


def with_pages(answer: Answer, words: str) -> Answer:
    """Return an answer that says the pages of its proofs where the question asks for them."""
    if answer.status != "answered" or not answer.citations or not ASKS_PAGE.search(words):
        return answer
    places = [
        f"[{one.n}]在《{one.title or one.document}》第{one.page}页"
        for one in answer.citations
        if one.page is not None
    ]
    said = f"{'，'.join(places)}。" if places else NO_PAGES
    return answer.model_copy(update={"text": f"{answer.text}\n{said}"})
