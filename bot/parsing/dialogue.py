"""Filling up a message from the talk so far: "那2023年呢", "人均呢", "那财政局呢", "为什么"."""

from collections.abc import Iterable

from bot.parsing.parser import Reading
from bot.parsing.slots import TOTALS
from bot.parsing.spelling import SIDES, other_side
from bot.types import Ask, Memory, Question
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import normalise
from corpus.lexicon.term_matcher import load_vocabulary

PATTERNS = patterns("questions.dialogue")
THAN_IT = PATTERNS["than_it"]
NAMES_YEAR = PATTERNS["names_year"]
LEVEL_ALONE = PATTERNS["level_alone"]
# Aspects that a follow-up about another thing does not carry over.
NEWS = ("增减额", "增减率", "占比", "完成率", "人均")
COMPARING = ("差额", "增长率", "比较")
CHANGING = ("差额", "增长率")
PART_OF = PATTERNS["part_of"]
THING_ALONE = PATTERNS["thing_alone"]
WHOLE, UNITS = "支出合计", "下属单位"
# What a message that only names another body or year asks for again.
LASTING = ("列举", "说明", "是否", "差额", "增长率", "占比", "比值", "原因")


def spell_out(words: str, memory: Memory) -> str:
    """Put what was talked of in the place of 它 in a comparison: "2024年比它多多少".

    支出决算呢 after the budget of one thing asks for the account of that thing, not of all.
    """
    before = memory.question
    if before is None:
        return words
    if any(set(ask.terms) - TOTALS for ask in before.asks):
        words = LEVEL_ALONE.sub(r"\1呢", words)
    words = in_place_of(words, before)
    if len(before.years) == 1 and NAMES_YEAR.search(words):
        return THAN_IT.sub(f"比{before.years[0]}年", words)
    if len(before.organisations) == 1:
        return THAN_IT.sub(f"比{before.organisations[0]}", words)
    return words


def in_place_of(words: str, before: Question) -> str:
    """Put a new thing in the place of the old one: 公用经费呢, after by how much 人员经费 rose.

    A level is asked for by its name alone; a change is counted from what the old message says.
    """
    named, asks = THING_ALONE.match(normalise(words)), before.asks
    if named is None or before.operation not in CHANGING or [len(ask.said) for ask in asks] != [1]:
        return words
    old, thing = asks[0].said[0], named["thing"]
    mentions = load_vocabulary().mentions(thing, asked=True)
    alone = [(one.start, one.end) for one in mentions] == [(0, len(thing))]
    if not alone or before.words.count(old) != 1:
        return words
    return before.words.replace(old, mentions[0].term)


def fill_up(reading: Reading, memory: Memory) -> Question:
    """Return the question of a reading, its empty slots taken from the question before.

    A named organisation, year, aspect or thing always wins over a remembered one; the organisation
    of the talk stays until another is named.
    """
    asked, before = reading.question, memory.question
    if before is None:
        return of_whole(asked)
    asked = asked.model_copy(update={"asks": name_parts(asked.asks, before.asks)})
    changes = carried_bodies(reading, asked, before)
    if not asked.years and asked.as_of is None:
        changes["years"] = before.years
    if not asked.documents and not asked.years:
        changes["documents"] = before.documents
    units = any(UNITS in ask.terms for ask in asked.asks)  # they are of neither level
    if not asked.levels and not asked.organisations and not units:
        changes["levels"] = before.levels
    if says_what(asked):
        if not asked.organisations and not asked.years:
            changes["asks"] = within_thing(asked, before.asks)
        changes |= carried_manner(asked, before) if reading.follows else {}
    else:
        changes |= carried_thing(asked, before)
    return of_whole(asked.model_copy(update=changes))


def of_whole(question: Question) -> Question:
    """Take 预算 or 决算 of nothing for that of all spending: 财政局2025年预算比上年多多少."""
    levels = set(question.aspects) & {"预算", "调整预算", "决算"}
    if question.operation not in COMPARING or says_what(question) or question.topic:
        return question
    if not levels or not question.organisations:
        return question
    kind = next((ask.kind for ask in question.asks), None)
    if kind not in (None, "金额"):
        return question
    whole = Ask(kind=kind, terms=(WHOLE,), said=(WHOLE,))
    return question.model_copy(update={"asks": (whole,)})


def carried_bodies(reading: Reading, asked: Question, before: Question) -> dict[str, object]:
    """Return whose figures are asked for where the message names nobody, or one to compare with."""
    if not asked.organisations and not asked.unknown_organisation:
        return {
            "organisations": before.organisations,
            "unknown_organisation": before.unknown_organisation,
        }
    if reading.against and asked.operation in COMPARING and not says_what(asked):
        both = (*before.organisations, *asked.organisations)
        return {"organisations": tuple(dict.fromkeys(both))}
    return {}


def carried_manner(asked: Question, before: Question) -> dict[str, object]:
    """Return how the new thing is asked for, where the message does not say: "那公用经费呢"."""
    changes: dict[str, object] = {}
    if not asked.aspects:
        changes["aspects"] = tuple(a for a in before.aspects if a not in NEWS)
    if asked.operation == "查数" and before.operation == "是否":
        changes |= {"operation": "是否", "judgement": before.judgement}
    if asked.operation == "查数" and before.operation == "原因" and not asked.aspects:
        changes |= {"operation": "原因", "aspects": before.aspects}
    return changes


def carried_thing(asked: Question, before: Question) -> dict[str, object]:
    """Return the old thing, asked for anew: "那2023年呢", "人均呢", "为什么"."""
    changes: dict[str, object] = {"asks": merge_asks(asked.asks, before.asks)}
    if not asked.aspects:
        changes["aspects"] = before.aspects
    if asked.operation == "查数" and not asked.aspects and before.operation in LASTING:
        changes |= {"operation": before.operation, "judgement": before.judgement}
    if not asked.topic:
        changes["topic"] = before.topic
    elsewhere = asked.organisations or asked.years
    plain = asked.operation == "查数" and not asked.aspects and not any(a.kind for a in asked.asks)
    if elsewhere and plain:
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
        side = ask.said[0] if len(ask.said) == 1 else ""
        named = (words for one in old for words in one.said) if side in SIDES else ()
        whole = next(filter(None, (other_side(words, side, vocabulary) for words in named)), "")
        if term := vocabulary.term_of(whole):
            ask = ask.model_copy(update={"terms": (term,), "said": (whole,)})
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


def is_of_part(asked: Question) -> bool:
    """Tell whether a message asks for a part of what was talked of: 其中调入别处的呢."""
    return bool(PART_OF.match(normalise(asked.words)))


def within_thing(asked: Question, old: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """Return asks for parts of the one thing talked of: 住房保障支出 × 项目支出.

    A term that adds up to it with others (公务接待费 of 三公经费) says so by itself. After such a
    part its sister is of the same thing: 其中基本支出呢, then 项目支出呢.
    """
    if len(old) != 1 or not old[0].terms:
        return asked.asks
    whole = dict(zip(old[0].terms, old[0].said, strict=False))
    named = {term for ask in asked.asks for term in ask.terms}
    if not is_of_part(asked):
        own = [term for term in whole if term not in old[0].within]
        if not named <= {sister for term in own for sister in sisters_of(term)}:
            return asked.asks
        whole = {term: said for term, said in whole.items() if term in old[0].within}
    if named & parts_below(whole):
        return asked.asks
    return tuple(ask.part_of(whole) if ask.terms else ask for ask in asked.asks)


def sisters_of(term: str) -> tuple[str, ...]:
    """Return the terms that add up to the same whole as this one."""
    whole = load_vocabulary().whole_of(term)
    return load_vocabulary().parts_of(whole) if whole else ()


def parts_below(terms: Iterable[str]) -> set[str]:
    """Return the parts of some terms and the parts of those."""
    vocabulary = load_vocabulary()
    parts = {part for term in terms for part in vocabulary.parts_of(term)}
    return parts | {below for part in parts for below in vocabulary.parts_of(part)}


def says_what(question: Question) -> bool:
    """Tell whether a message names the thing that it asks about."""
    return any(ask.terms or ask.words for ask in question.asks)


def merge_asks(new: tuple[Ask, ...], old: tuple[Ask, ...]) -> tuple[Ask, ...]:
    """Return the old things asked for, in the kind that the new message wants, if it says one."""
    kind = next((ask.kind for ask in new if ask.kind), None)
    if kind is None:
        return old
    return tuple(ask.model_copy(update={"kind": kind}) for ask in old)
