"""A message as it comes, made text that everything after it can take."""

import re

# Controls but for white space, and the marks that turn the direction of what is shown.
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def to_text(words: str) -> str:
    """Return a message without what is no character: halves of one, controls, turning marks.

    Two halves that stand together are the character that they make. A terminal hands over bytes
    that are not UTF-8 as halves, and no tokenizer takes them.
    """
    halves = words.encode("utf-16-le", "surrogatepass")
    return UNSEEN.sub("", halves.decode("utf-16-le", "ignore"))
