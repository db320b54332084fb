"""Web pages and pieces of them as drafts. The only module that knows lxml."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from corpus.model.errors import BadReport
from corpus.model.types import Draft, Origin, Paragraph, Piece, Segment
from corpus.readers.plain_text import decode
from corpus.readers.web.article import find_article, find_notices, find_origin, find_title
from corpus.readers.web.blocks import element_to_pieces

Element = Any

# What may stand before the first element: marks of the encoding, an XML line, comments.
LEADING = r"\ufeff?(?:\s|<\?xml[^>]*>|<!--.*?-->)*"
PAGE = re.compile(
    LEADING
    + r"<(?:!doctype\s+html|html|head|body|meta|link|title|style|script|div|table|p|span|font"
    r"|center|h[1-6]|article|section|ul|ol|strong|b)\b",
    re.IGNORECASE | re.DOTALL,
)
XML_LINE = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
LOOKED_AT = 20_000
ARCHIVED = re.compile(rb"^(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+", re.IGNORECASE)
MULTIPART = re.compile(rb"(?im)^content-type:\s*(?:multipart/related|text/html)")

EMPTY = "网页里没有正文；请在浏览器中打开原文再保存，或打印为 PDF 再添加。"
PICTURES = "网页的正文是图片，没有可读的文字；请下载原件，或先做文字识别（OCR）再添加。"
BROKEN = "网页已损坏，无法读取；请在浏览器中重新保存，或打印为 PDF 再添加。"


def is_page(data: bytes) -> bool:
    """Tell whether bytes are a web page or a piece of one, whatever stands in front of it."""
    try:
        text = decode(data)
    except BadReport:
        return bool(PAGE.match(data[:LOOKED_AT].decode("latin-1")))
    return bool(PAGE.match(text[:LOOKED_AT]))


def is_archived_page(data: bytes) -> bool:
    """Tell whether bytes are a page that a browser saved as one file (.mht)."""
    head = ARCHIVED.match(data[:LOOKED_AT].lstrip())
    return bool(head and MULTIPART.search(head.group()))


def read_html(data: bytes) -> Draft:
    """Read a web page: its article as paragraphs and tables, no pages.

    Raises `BadReport` where the page has no text: an empty frame, or nothing but pictures.
    """
    return text_to_draft(decode(data))


def read_mht(data: bytes) -> Draft:
    """Read a page that a browser saved as one file, with the address that it was saved from."""
    message = message_from_bytes(data.lstrip(), policy=policy.default)
    part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    if not isinstance(part, EmailMessage) or not isinstance(message, EmailMessage):
        raise BadReport(EMPTY)
    payload = part.get_payload(decode=True)
    draft = text_to_draft(decode(payload if isinstance(payload, bytes) else b""))
    told = [str(one.get(name, "")) for name in LOCATIONS for one in (message, part)]
    address = next((said for said in told if said.startswith("http")), "")
    origin = Origin(address=draft.origin.address or address, published=draft.origin.published)
    return draft.model_copy(update={"origin": origin})


LOCATIONS = ("Snapshot-Content-Location", "Content-Location")


def text_to_draft(text: str) -> Draft:
    """Make the draft of a page from its source."""
    try:
        page = html.document_fromstring(XML_LINE.sub("", text))
        return page_to_draft(page, text)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        raise BadReport(BROKEN) from error


def page_to_draft(page: Element, source: str) -> Draft:
    """Find the article of a page and read it; its title stands first."""
    body = page.find("body")
    article = find_article(page if body is None else body)
    notices = find_notices(article)
    pieces = list(element_to_pieces(article))
    if not pieces:
        raise BadReport(PICTURES if notices else EMPTY)
    title = find_title(page, article)
    return Draft(
        pages=None,
        pieces=(*title_pieces(title, pieces), *pieces),
        title=title,
        origin=find_origin(page, source[:LOOKED_AT]),
        notices=notices,
    )


def title_pieces(title: str, pieces: list[Piece]) -> list[Piece]:
    """Return the title as a paragraph where the article does not print it at its top itself."""
    top = [piece.text for piece in pieces[:3] if isinstance(piece, Paragraph)]
    if not title or any(title in text or text in title for text in top):
        return []
    return [Paragraph(segments=(Segment(page=None, text=title),))]
