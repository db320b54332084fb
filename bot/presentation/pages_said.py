"""On which page an answer stands, where the question asks for it."""

import re

from bot.types import Answer

# 在报告的第几页, but neither 印了几页 nor 有几页.
ASKS_PAGE = re.compile(
    r"[，, ]?(?:(?:在|是)?(?:报告)?(?:的|里)?(?:第几页|哪一?页|什么页)|页码)(?:是多少)?"
)
NO_PAGES = "报告没有页码。"


def asks_page(words: str) -> bool:
    """Tell whether a message asks on which page something stands."""
    return bool(ASKS_PAGE.search(words))


def without_page(words: str) -> str:
    """Return a question without that for the page: what is left is what the page is of."""
    return ASKS_PAGE.sub("", words).strip(" ？?呢啊")


def with_pages(answer: Answer, words: str) -> Answer:
    """Return an answer that says the pages of its proofs where the question asks for them."""
    if answer.status != "answered" or not answer.citations or not asks_page(words):
        return answer
    places = [
        f"[{one.n}]在《{one.title or one.document}》第{one.page}页"
        for one in answer.citations
        if one.page is not None
    ]
    said = f"{'，'.join(places)}。" if places else NO_PAGES
    return answer.model_copy(update={"text": f"{answer.text}\n{said}"})
