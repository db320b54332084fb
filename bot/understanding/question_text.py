"""What the learned reader sees of a question: its words without body and year."""

import re

from bot.parsing.annotations import Marks, blanked

# Particles and polite openings that say nothing of what is asked for.
OPENING = re.compile(
    r"^(?:请问|想问(?:一下|下)?|问(?:一下|下)|麻烦(?:您|你)?(?:帮我|帮忙)?|你好|您好|劳驾|那个|那么?|喂|哎)+[，,。！!、]*"
)
EMPTY = re.compile(r"[\s_]+")
YEAR_LEFT = re.compile(r"(?:19|20)\d\d年?度?")


def marks_to_wording(marks: Marks, gap: str = "") -> str:
    """Return the text of a message without the bodies and years that its slots have taken.

    上年 and 去年 stay: they say what a figure is compared with. `gap` stands where there was white
    space or a slot.
    """
    bodies = [(one.start, one.end) for one in marks.organisations]
    years = [(one.start, one.end) for one in marks.years if one.offset is None]
    text = EMPTY.sub(gap, YEAR_LEFT.sub("", blanked(marks.text, [*bodies, *years])))
    return OPENING.sub("", text) or text
