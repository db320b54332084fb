"""Where on a page the article is, and what the page says around it: title, date, address.

A portal puts menus, side bars and lists of other articles around the text. The article is the
innermost block that holds most of what is neither link nor list.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from corpus.model.types import Origin
from corpus.readers.plain_text import clean_text
from corpus.readers.web.blocks import is_layout, is_printed, table_rows

Element = Any  # of lxml, which only the module that parses pages knows

BLOCKS = frozenset({"div", "td", "article", "section", "main", "body"})
FRAME_TAGS = frozenset({"nav", "footer", "aside", "form"})
LISTED = frozenset({"a", "li", "option", "label"})
# Words in the id or class of what stands around an article.
FRAME_WORDS = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|foot|footer|crumbs?|breadcrumbs?|breadcutnav|sidebar|share|"
    r"copyright|related|recommend|pager?|pagination)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
# What content systems of portals name the block with the text of an article.
ARTICLE_NAMES = re.compile(
    r"(?:^|\s)(?:zoom\w*|ucap-content|trs_editor|trs_uedit\w*|article[-_]?(?:content|body|con|text)"
    r"|news[-_]?(?:content|text|body)|content[-_]?(?:text|body|main)|bt_content|\w*xxgk_?content"
    r"|j_content|vsb_content\w*|wp_articlecontent|czfxcontent|info_?content|mainText)(?:\s|$)",
    re.IGNORECASE,
)
MOST, MUCH = 0.6, 0.4
TITLE_META = ("ArticleTitle", "og:title", "DC.title")
DATE_META = ("PubDate", "publishdate", "article:published_time", "firstpublishedtime", "DC.date")
ADDRESS_META = ("Url", "og:url")
SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
DATE = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
DATED = re.compile(
    r"(?:发布|更新|发文|成文|公开|生成|印发)?(?:时间|日期)\s*[：:]\s*(20\d\d\s*[-/.年].{1,12})"
)
SITE_TAIL = re.compile(r"\s*[_|—–-]+\s*[^_|—–-]*$")
ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|ofd)(?:$|[?#])", re.IGNORECASE)
PICTURES = "正文里有 {count} 张图片，图里的文字和表格没有读"
FILES = "正文附有 {count} 个文件，没有读：{names}"
LEAST_PIXELS = 100
MOST_NAMED = 5


def find_article(body: Element) -> Element:
    """Return the innermost block that holds most of the text of a page."""
    weights: dict[Element, int] = {}
    weigh(body, weights)
    whole = max(weights.get(body, 0), 1)
    best = named = body
    for element in body.iter(*BLOCKS):
        weight = weights.get(element, 0)
        if weight >= MUCH * whole and is_named(element):
            named = element
        if weight >= MOST * whole and not is_datum(element):
            best = element
    return best if named is body else named


def is_datum(element: Element) -> bool:
    """Tell whether a block is a cell of a table that holds data, however long its text."""
    table = next(element.iterancestors("table"), None)
    return element.tag == "td" and table is not None and not is_layout(table_rows(table))


def is_named(element: Element) -> bool:
    """Tell whether a block has the name that a content system gives to articles."""
    return any(ARTICLE_NAMES.search(element.get(key, "")) for key in ("id", "class"))


def is_frame(element: Element) -> bool:
    """Tell whether an element stands around articles: a menu, a foot, a list of others."""
    return element.tag in FRAME_TAGS or any(
        FRAME_WORDS.search(element.get(key, "")) for key in ("id", "class")
    )


def weigh(element: Element, weights: dict[Element, int]) -> int:
    """Count the characters in each element that are neither of the frame nor of links."""
    if not is_printed(element) or element.tag in LISTED or is_frame(element):
        return 0
    weight = len(clean_text(element.text or ""))
    for child in element:
        weight += weigh(child, weights) + len(clean_text(child.tail or ""))
    weights[element] = weight
    return weight


def find_title(page: Element, article: Element) -> str:
    """Return the title of an article: the heading before it, else what the page calls itself."""
    inside = set(article.iter())
    headings = []
    for element in page.iter("h1", "h2", "h3"):
        if element in inside:
            break
        if is_printed(element) and (text := clean_text(element.text_content())):
            headings.append((element.tag, text))
    highest = min((tag for tag, _ in headings), default="")
    own = [text for tag, text in headings if tag == highest]
    return own[-1] if own else told_title(page)


def told_title(page: Element) -> str:
    """Return the title in what a page says of itself, without the name of its site."""
    said = metas(page)
    for name in TITLE_META:
        if text := said.get(name.lower()):
            return clean_text(text)
    title = page.find(".//title")
    text = clean_text(title.text or "") if title is not None else ""
    return SITE_TAIL.sub("", text) or text


def find_origin(page: Element, source: str) -> Origin:
    """Return the address and the day of publication that a page gives."""
    said = metas(page)
    told = [said[name.lower()] for name in DATE_META if name.lower() in said]
    told += DATED.findall(" ".join(page.itertext()))
    dates = [day for text in told if (day := to_date(text))]
    return Origin(address=find_address(page, said, source), published=dates[0] if dates else None)


def find_address(page: Element, said: dict[str, str], source: str) -> str:
    """Return the address of a page: as it says itself, else as the browser that saved it says."""
    told = [said[name.lower()] for name in ADDRESS_META if name.lower() in said]
    told += [link.get("href", "") for link in page.iter("link") if link.get("rel") == "canonical"]
    told += SAVED_FROM.findall(source)
    return next((address.strip() for address in told if address.strip().startswith("http")), "")


def to_date(text: str) -> date | None:
    """Return the first day that a text names, None where it names none that exists."""
    match = DATE.search(text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def metas(page: Element) -> dict[str, str]:
    """Return what the meta elements of a page say, by their names in small letters."""
    return {
        (meta.get("name") or meta.get("property") or "").lower(): meta.get("content")
        for meta in page.iter("meta")
        if meta.get("content")
    }


def find_notices(article: Element) -> tuple[str, ...]:
    """Say what an article holds that is not read: pictures and files."""
    pictures = sum(1 for image in article.iter("img") if is_printed(image) and is_large(image))
    files = list(dict.fromkeys(attached(article)))
    named = "、".join(files[:MOST_NAMED]) + ("等" if len(files) > MOST_NAMED else "")
    notices = [PICTURES.format(count=pictures)] if pictures else []
    notices += [FILES.format(count=len(files), names=named)] if files else []
    return tuple(notices)


def is_large(image: Element) -> bool:
    """Tell whether a picture may show text, being no icon by the size that the page gives it."""
    sizes = [image.get(side, "").strip().removesuffix("px") for side in ("width", "height")]
    return all(not size.isdecimal() or int(size) >= LEAST_PIXELS for size in sizes)


def attached(article: Element) -> Iterator[str]:
    """Yield the names of the files that an article links to."""
    for link in article.iter("a"):
        address = link.get("href", "")
        if ATTACHED.search(address):
            yield clean_text(link.text_content()) or address.rpartition("/")[2]
