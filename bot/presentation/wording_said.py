"""The very words of a report, where a question asks how something is written in it."""

import re

from bot.presentation.answer_text import TEXT_LIMIT, cut
from bot.types import Answer, Choice, Citation

# 三公经费原文怎么写的; the word for the wording alone is enough: 看下原文.
ASKS_WORDING = re.compile(
    r"[，, ]*(?:请|麻烦|想|要|能不能|能否|可以)?(?:给我|让我|帮我|把)?"
    r"(?:看一?[看下]?|发一?下?|贴一?下?|引一?下?)?"
    r"(?:在?报告|文件)?[里中上]?(?:面)?的?(?:原文|原话|原句)[里中上]?(?:面)?(?:是|具体|到底)*"
    r"(?:怎么|怎样|如何|咋|什么)?(?:写|说|讲|表述|描述|印)?(?:着|了)?的?是?(?:什么|多少)?"
    r"(?:发一?下?|贴一?下?)?(?:给我)?(?:看一?[看下]?)?"
)
# Without a word for the wording it is one only by itself, after an answer: 报告里怎么说的.
ASKS_AGAIN = re.compile(
    r"那?(?:在?报告|文件|文中)?[里中上]?(?:面)?是?(?:怎么|怎样|如何|咋)(?:写|说|讲|表述|描述)的?"
)
ENDS = " ？?。！!呢啊呀吗吧"
WORDING = "，原文怎么写的"
NOTHING_ASKED = "要看哪一项的出处？请写上单位和项目，例如：财政局2024年三公经费原文怎么写的"


def asks_wording(words: str) -> bool:
    """Tell whether a message asks how something is written in a report."""
    return bool(ASKS_WORDING.search(words) or ASKS_AGAIN.fullmatch(words.strip(ENDS)))


def without_wording(words: str) -> str:
    """Return a question without that for the wording: what is left is what is looked for."""
    rest = ASKS_WORDING.sub("", words).strip(f"{ENDS}的，,")
    return "" if ASKS_AGAIN.fullmatch(rest) else rest


def with_wording(answer: Answer, words: str) -> Answer:
    """Return the proofs of an answer, word for word and each with its place, where it is asked.

    What a choice of one that asks back leads to is the wording as well.
    """
    if not asks_wording(words):
        return answer
    if answer.status == "clarify":
        choices = tuple(
            Choice(label=one.label, question=one.question + WORDING) for one in answer.choices
        )
        return answer.model_copy(update={"choices": choices})
    if answer.status != "answered" or not answer.citations:
        return answer
    lines: list[str] = []
    room = TEXT_LIMIT - sum(map(len, answer.corrections))
    for one in answer.citations:
        line = f"{place_of(one)}：\n“{one.quote}”[{one.n}]"
        if lines and len(line) > room:
            break
        lines.append(cut(line, room))
        room -= len(lines[-1]) + 1
    figures = tuple(figure for figure in answer.figures if not figure.formula)
    text = "\n".join((*lines, *answer.corrections))
    return answer.model_copy(update={"text": text, "figures": figures})


def place_of(citation: Citation) -> str:
    """Return where a passage stands: the report, the page where there is one, the section."""
    page = f"第{citation.page}页" if citation.page is not None else ""
    section = f"“{citation.section}”" if citation.section else ""
    return f"《{citation.title or citation.document}》{page}{section}"
