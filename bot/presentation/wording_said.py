"""The very words of a report, where a question asks how something is written in it."""

from bot.presentation.answer_text import TEXT_LIMIT, cut
from bot.types import Answer, Choice, Citation
from corpus.lexicon.grammar import patterns

PATTERNS = patterns("answers.wording_said")
ASKS_WORDING = PATTERNS["asks_wording"]
ASKS_AGAIN = PATTERNS["asks_again"]
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
