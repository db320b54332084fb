"""Score the answers to a set of questions whose answers are known, and list what was missed.

    python -m scripts.evaluate --reports PATH [--reports PATH ...] [--misses FILE] GOLD.jsonl

GOLD has {"id", "turns", "kind", "expect", "figures", "contains", "forbid", "doc", "evidence"} a
line. The measures: right (by kind), cited, wrong but confident, unsourced numbers, invented quotes,
and precision and recall of the headline figure by dimension. `--misses` writes a page of Markdown.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.assistant import Assistant, adviser_of
from bot.cli.console import Bar
from bot.settings.environment import load_settings
from corpus.model.errors import WenshuError
from corpus.model.types import Noun, Report
from scripts.answer import FAILED, Talk, answers, open_library
from scripts.dimensions import Tally, tally
from scripts.marks import Gold, Mark, answer_to_mark, to_list


class Scored(Noun):
    """A question with its mark and what was said."""

    gold: Gold
    mark: Mark
    said: str


def read_gold(path: Path) -> tuple[Gold, ...]:
    """Read a file of questions with their answers."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(Gold.model_validate_json(line) for line in lines if line.strip())


def scored_to_lines(scored: Sequence[Scored]) -> list[str]:
    """Return the table by kind and the totals."""
    asked = Counter(one.gold.kind for one in scored)
    right = Counter(one.gold.kind for one in scored if one.mark.right)
    citable = [one for one in scored if to_list(one.gold.expect)[0] == "answered"]
    times = sorted(one.mark.elapsed_ms for one in scored)
    return [
        *(f"{kind:14s} {right[kind]:4d}/{count}" for kind, count in sorted(asked.items())),
        f"right               {ratio(right.total(), len(scored))}",
        f"cited               {ratio(sum(one.mark.cited for one in citable), len(citable))}",
        f"wrong but confident {sum(one.mark.confident and not one.mark.right for one in scored)}",
        f"unsourced numbers   {sum(len(one.mark.unsourced) for one in scored)}",
        f"invented quotes     {sum(one.mark.invented for one in scored)}",
        f"median              {times[len(times) // 2]:.0f} ms",
        f"95 % within         {times[len(times) * 95 // 100]:.0f} ms",
    ]


def tallies_to_lines(tallies: Iterable[Tally]) -> list[str]:
    """Return precision and recall of the headline figure, a line a dimension."""
    return [
        f"{one.dimension:14s} precision {ratio(one.right, one.said)}"
        f"  recall {ratio(one.right, one.wanted)}"
        for one in tallies
    ]


def ratio(part: int, whole: int) -> str:
    """Write a share with its counts: "55/60 (0.917)"."""
    return f"{part}/{whole} ({part / whole:.3f})" if whole else "0/0"


def misses_to_page(scored: Iterable[Scored]) -> str:
    """Return a page of Markdown with every question that was not answered right and cited."""
    lines = ["# Misses", ""]
    for one in scored:
        if one.mark.why:
            lines += [
                f"## {one.gold.id} ({one.gold.kind})",
                "",
                *(f"- 问：{turn}" for turn in one.gold.turns),
                f"- {one.mark.why}",
                f"- 答：{' '.join(one.said.split())}",
                f"- {one.gold.note}",
                "",
            ]
    return "\n".join(lines)


def evaluate(gold: Sequence[Gold], paths: Sequence[Path]) -> tuple[list[Scored], list[Tally]]:
    """Answer the questions over these reports and mark the answers."""
    talks = [Talk(id=one.id, turns=one.turns) for one in gold]
    settings = load_settings()
    with Bar() as bar, open_library(paths, settings, bar=bar) as library:
        assistant = Assistant(library, adviser=adviser_of(settings))
        reports: dict[str, Report] = {report.name: report for report in library.reports()}
        said = [answer for _, answer in answers(assistant, talks, bar=bar)]
        facts = {
            report.name: library.facts.find(reports=(report.id,)) for report in reports.values()
        }
    pairs = list(zip(gold, said, strict=True))
    scored = [
        Scored(gold=one, mark=answer_to_mark(one, answer, reports), said=answer.text)
        for one, answer in pairs
    ]
    return scored, tally(pairs, facts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Evaluate by the command line; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.evaluate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--reports", type=Path, action="append", required=True)
    parser.add_argument("--misses", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        scored, tallies = evaluate(read_gold(chosen.gold), chosen.reports)
    except WenshuError as error:
        print(error, file=sys.stderr)
        return FAILED
    for one in scored:
        if one.mark.why:
            print(
                f"{one.gold.id} {one.gold.kind}: {' | '.join(one.gold.turns)}\n    {one.mark.why}"
            )
    print("\n".join([*scored_to_lines(scored), *tallies_to_lines(tallies)]))
    if chosen.misses:
        chosen.misses.write_text(misses_to_page(scored), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
