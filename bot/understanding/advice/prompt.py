"""What a large model is shown of a message: names of figures and sentences, without a digit."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from bot.understanding.features import Asked
from bot.understanding.form_text import WordingOf, plain
from bot.understanding.found import Near, NearPassage, group_to_near
from corpus.model.types import Report

FIGURES, SENTENCES = 40, 15  # that are offered
LONGEST_SENTENCE = 160
YEARS_BACK = {0: "当年", 1: "上年", 2: "前年"}


@dataclass(frozen=True)
class Offer:
    """What a model chooses from, and the message that says so."""

    figures: tuple[Near, ...]
    sentences: tuple[NearPassage, ...]
    bodies: tuple[str, ...]
    text: str


@cache
def load_prompt() -> dict[str, str]:
    """Read what a model is told."""
    text = resources.files(__package__).joinpath("prompt.toml").read_text("utf-8")
    return {name: told.strip() for name, told in tomllib.loads(text).items()}


def to_offer(
    asked: Asked, before: str, words: str, loaded: Sequence[Report], wording_of: WordingOf
) -> Offer:
    """Return what is offered for a message asked of loaded reports.

    `before` is the message before it, `words` its own.
    """
    told = load_prompt()
    none = told["none"]
    figures = tuple(_figures(asked))[:FIGURES]
    sentences = tuple(asked.recalled.passages)[:SENTENCES]
    text = told["message"].format(
        before=before or none,
        asked=words,
        bodies="、".join(asked.slots.bodies) or none,
        years="、".join(map(str, asked.slots.years)) or none,
        aspects="、".join(asked.slots.aspects) or none,
        loaded="、".join(_bodies(loaded)),
        figures="\n".join(_lines(_figure(asked, wording_of, one) for one in figures)) or none,
        sentences="\n".join(_lines(map(_sentence, sentences))) or none,
    )
    return Offer(figures=figures, sentences=sentences, bodies=tuple(asked.bodies), text=text)


def _bodies(loaded: Sequence[Report]) -> Iterator[str]:
    """Yield each body with the years of its reports: 县总工会（2023、2024年）."""
    for body in dict.fromkeys(report.organisation for report in loaded):
        years = sorted({one.year for one in loaded if one.organisation == body and one.year})
        yield f"{body}（{'、'.join(map(str, years))}年）" if years else body


def _figures(asked: Asked) -> Iterator[Near]:
    """Yield what was found for a message, the nearest of each way first, each figure once."""
    seen = set()
    recalled = asked.recalled
    ways: Sequence[Sequence[Near]] = (
        _of_rules(asked),
        recalled.beside,
        recalled.parts,
        recalled.near[: FIGURES * 3 // 4],
        recalled.wide,
    )
    for one in (near for way in ways for near in way):
        if one.single not in seen:
            seen.add(one.single)
            yield one


def _of_rules(asked: Asked) -> tuple[Near, ...]:
    """Return the figures that the rules would tell."""
    told = asked.rules.figures if asked.rules else ()
    facts = (asked.facts.get(figure.fact or "") for figure in told)
    return tuple(group_to_near([(fact, 0.0)]) for fact in facts if fact)


def _lines(texts: Iterator[str]) -> Iterator[str]:
    return (f"{number}. {text}" for number, text in enumerate(texts, start=1))


def _figure(asked: Asked, wording_of: WordingOf, near: Near) -> str:
    own = near.fact.report_year or near.fact.year or 0
    years = (YEARS_BACK.get(own - year, "别年") for year in near.select.when)
    name = f"{plain(wording_of(near.fact))}（{'、'.join(dict.fromkeys(years))}）"
    return f"{'、'.join(near.bodies)}：{name}" if len(asked.bodies) > 1 else name


def _sentence(one: NearPassage) -> str:
    heading = "".join(one.section[-1:])[-24:]
    return plain(f"{one.organisation}，{heading}：{one.text[:LONGEST_SENTENCE]}")
