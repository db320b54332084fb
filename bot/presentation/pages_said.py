"""On which page an answer stands, where the question asks for it."""

from collections.abc import Iterable

from bot.types import Answer, Citation
from corpus.lexicon.grammar import patterns

PATTERNS = patterns("answers.pages_said")
ASKS_PAGE = PATTERNS["asks_page"]
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
    said = f"{'；'.join(places)}。" if (places := _places(answer.citations)) else NO_PAGES
    return answer.model_copy(update={"text": f"{answer.text}\n{said}"})


def _places(citations: Iterable[Citation]) -> list[str]:
    """Say where each proof stands, a document named once and a page once within it."""
    found: dict[str, dict[int, str]] = {}
    for one in citations:
        if one.page is not None:
            pages = found.setdefault(one.title or one.document, {})
            pages[one.page] = pages.get(one.page, "") + f"[{one.n}]"
    return [
        f"《{document}》" + "，".join(f"第{page}页{marks}" for page, marks in pages.items())
        for document, pages in found.items()
    ]
