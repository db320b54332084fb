"""The projects whose forms a report prints: of forms that are alike, the figures of those named."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from itertools import chain, product
from typing import NamedTuple

from bot.parsing.annotations import blanked
from bot.query.retrieval.fact_pool import Pool
from corpus.entities.organisations import core_of, find_organisations, is_subsequence
from corpus.lexicon.grammar import patterns
from corpus.lexicon.normalise import fold
from corpus.model.types import Fact

PATTERNS = patterns("retrieval.projects")
VARIANT, OWN, NOT_MEANT = PATTERNS["variant"], PATTERNS["own"], PATTERNS["not_meant"]
SEVERAL = 2  # forms from which on one is told apart from others
SHORTEST = 4  # characters of a name in a row that name it
SHORT_FORMS = (2, 3)  # characters of a short form of a body's name
Carriers = Mapping[str, str]


class NamedProjects(NamedTuple):
    """The figures that may be meant, and the words that named their projects and whose they are."""

    pool: Pool
    names: tuple[str, ...] = ()
    carriers: tuple[str, ...] = ()


def of_named_projects(pool: Pool, words: str, bodies: Iterable[str]) -> NamedProjects:
    """Return a pool without the forms of other projects than those that words name.

    Words name a project by a stretch of its name, or by who carries it out, or by both; the names
    of the `bodies` that report are none of these. Where they name none or all of them, the pool
    stays.
    """
    carriers = _projects(pool.of_forms)
    if len(carriers) < SEVERAL:
        return NamedProjects(pool)
    said = _said_of_projects(words, bodies)
    shorts = {own: tuple(short_forms(own, said, carriers.values())) for own in carriers.values()}
    stretches = _stretches(said, carriers)
    named = _of_carriers(said, stretches, carriers, {own for own, short in shorts.items() if short})
    others = carriers.keys() - named
    if not named or not others:
        return NamedProjects(pool)
    kept = tuple(fact for fact in pool.facts if fact.project not in others)
    names = tuple(dict.fromkeys(stretches.values()))
    return NamedProjects(pool.of(kept), names, tuple(chain.from_iterable(shorts.values())))


def _said_of_projects(words: str, bodies: Iterable[str]) -> str:
    """Return words, folded, without the bodies that report and without what is not meant."""
    found = find_organisations(words, bodies)
    bare = blanked(words, [(one.start, one.end) for one in found])
    return fold(NOT_MEANT.sub(" ", bare))


def _projects(facts: Iterable[Fact]) -> Carriers:
    """Return the projects that forms name, and the own part of the name of who carries each out."""
    found: defaultdict[str, str] = defaultdict(str)
    for fact in facts:
        own = core_of(fact.carrier).removeprefix(fact.organisation)  # 附属中学 of a university
        found[fact.project] = found[fact.project] or fold(own)
    return dict(found)


def _stretches(said: str, carriers: Carriers) -> Mapping[str, str]:
    """Return the projects of whose names words say a stretch, the longest, each with it."""
    found = {name: longest_common(fold(name), said) for name in carriers}
    told = {own for own in found.values() if len(own) >= SHORTEST}
    longest = {own for own in told if not any(own != other and own in other for other in told)}
    return {name: own for name, own in found.items() if own in longest}


def _of_carriers(
    said: str, named: Collection[str], carriers: Carriers, whose: Set[str]
) -> Collection[str]:
    """Return those of the projects named, or of all, whose variant or carrier is said."""
    variants = [name for name in named if any(one in said for one in VARIANT.findall(fold(name)))]
    own = {""} if OWN.search(said) else set()
    of_those = [name for name in named or carriers if carriers[name] in whose | own]
    return variants or of_those or named


def short_forms(own: str, said: str, bodies: Iterable[str]) -> Iterator[str]:
    """Yield the words for a body, its name or a short form that is of none of the others: 附中."""
    if own and own in said:
        yield own
    others = {*bodies} - {own}
    for at, length in product(range(len(said)), SHORT_FORMS if own else ()):
        short = said[at : at + length]
        # What a name begins with is no short form of it: 附属 of 附属中学 and 附属小学.
        shortens = short[0] == own[0] and is_subsequence(short, own) and not own.startswith(short)
        if shortens and not any(is_subsequence(short, other) for other in others):
            yield short


def longest_common(one: str, other: str) -> str:
    """Return the longest stretch of characters that stands in both of two texts."""
    best = ""
    for start in range(len(one)):
        while start + len(best) < len(one) and one[start : start + len(best) + 1] in other:
            best = one[start : start + len(best) + 1]
    return best
