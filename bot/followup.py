"""Filling up a message from the talk so far: "那2023年呢", "人均呢", "那财政局呢", "为什么"."""

from bot.nouns import Ask, Memory, Question
from bot.understand import Reading
from corpus.vocabulary import load_vocabulary

# Aspects that a follow-up about another thing does not carry over.
NEWS = ("增减额", "增减率", "占比", "完成率", "人均")
WHOLE, UNITS = "支出合计", "下属单位"
# What a message that only names another body or year asks for again.
LASTING = ("列举", "说明", "是否", "差额", "增长率", "占比", "比值", "原因")


def fill_up(reading: Reading, memory: Memory) -> Question:
    """Return the question of a reading, its empty slots taken from the question before.

    A named organisation, year, aspect or thing always wins over a remembered one; the organisation
    of the talk stays until another is named.
    """
    asked, before = reading.question, memory.question
    if before is None:
        return of_whole(asked)
    asked = asked.model_copy(update={"asks": name_parts(asked.asks, before.asks)})
    changes: dict[str, object] = {}
    if not asked.organisations and not asked.unknown_organisation:
        changes["organisations"] = before.organisations
        changes["unknown_organisation"] = before.unknown_organisation
    if not asked.years and asked.as_of is None:
        changes["years"] = before.years
    if not asked.documents and not asked.years:
        changes["documents"] = before.documents
    units = any(UNITS in ask.terms for ask in asked.asks)  # they are of neither level
    if not asked.levels and not asked.organisations and not units:
        changes["levels"] = before.levels
    if says_what(asked):
        changes |= carried_manner(asked, before) if reading.follows else {}
    else:
        changes |= carried_thing(asked, before)
    return of_whole(asked.model_copy(update=changes))


def of_whole(question: Question) -> Question:
    """Take 预算 or 决算 of nothing for that of all spending: 财政局2025年预算比上年多多少."""
    levels = set(question.aspects) & {"预算", "决算"}
    if says_what(question) or question.topic or not levels or not question.organisations:
        return question
    kind = next((ask.kind for ask in question.asks), None)
    if kind not in (None, "金额"):
        return question
    whole = Ask(kind=kind, terms=(WHOLE,), said=(WHOLE,))
    return question.model_copy(update={"asks": (whole,)})


def carried_manner(asked: Question, before: Question) -> dict[str, object]:
    """Return how the new thing is asked for, where the message does not say: "那公用经费呢"."""
    changes: dict[str, object] = {}
    if not asked.aspects:
        changes["aspects"] = tuple(a for a in before.aspects if a not in NEWS)
    if asked.operation == "查数" and before.operation == "是否":
        changes["operation"] = "是否"
    return changes


def carried_thing(asked: Question, before: Question) -> dict[str, object]:
    """Return the old thing, asked for anew: "那2023年呢", "人均呢", "为什么"."""
    changes: dict[str, object] = {"asks": merge_asks(asked.asks, before.asks)}
    if not asked.aspects:
        changes["aspects"] = before.aspects
    if asked.operation == "查数" and not asked.aspects and before.operation in LASTING:
        changes["operation"] = before.operation
    if not asked.topic:
        changes["topic"] = before.topic
    if asked.operation == "查数" and not asked.aspects and not any(a.kind for a in asked.asks):
        # What is to be worked out stands in the words as well: 平均每人次, 加起来.
        changes["words"] = f"{before.words} {asked.words}"
    return changes


def name_parts(new: tuple[Ask, ...], old: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """Read words that are a part of what was talked of, or its sister, as that term.

    服务, after 政府采购, is 政府采购服务; 事业, after 行政编制, is 事业编制.
    """
    vocabulary = load_vocabulary()
    said = [term for ask in old for term in ask.terms]
    wholes = [*said, *(whole for term in said if (whole := vocabulary.whole_of(term)))]
    read = []
    for ask in new:
        if not ask.terms and ask.words:
            term = vocabulary.term_of(ask.words)
            if not any(term in vocabulary.parts_of(whole) for whole in wholes):
                term = next(
                    (s for name in said if (s := vocabulary.sister_of(name, ask.words))), None
                )
            if term:
                ask = ask.model_copy(update={"terms": (term,), "said": (term,), "words": ""})
        read.append(ask)
    return tuple(read)


def says_what(question: Question) -> bool:
    """Tell whether a message names the thing that it asks about."""
    return any(ask.terms or ask.words for ask in question.asks)


def merge_asks(new: tuple[Ask, ...], old: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """Return the old things asked for, in the kind that the new message wants, if it says one."""
    kind = next((ask.kind for ask in new if ask.kind), None)
    if kind is None:
        return old
    return tuple(ask.model_copy(update={"kind": kind}) for ask in old)
