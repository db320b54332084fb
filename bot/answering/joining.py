"""Joining: the answers to the questions of one message as one answer, its proofs counted anew."""

import re
from collections.abc import Mapping, Sequence

from bot.types import Answer, Citation, Figure

MARK = re.compile(r"\[(\d+)\]")


def join_answers(answers: Sequence[Answer]) -> Answer:
    """Return one answer that tells all of some answers in their order; a proof stands once.

    All of them are `answered`.
    """
    proofs: list[Citation] = []
    lines: list[str] = []
    figures: list[Figure] = []
    for answer in answers:
        places = {one.n: _placed(one, proofs) for one in answer.citations}
        lines += _marked_anew(answer.text, places).split("\n")
        figures += [
            one.model_copy(update={"citation": places.get(one.citation, one.citation)})
            for one in answer.figures
        ]
    return answers[0].model_copy(
        update={
            "text": "\n".join(dict.fromkeys(lines)),
            "figures": tuple(dict.fromkeys(figures)),
            "citations": tuple(proofs),
            "choices": (),
            "corrections": tuple(dict.fromkeys(c for one in answers for c in one.corrections)),
        }
    )


def _marked_anew(text: str, places: Mapping[int, int]) -> str:
    return MARK.sub(lambda mark: f"[{places[int(mark[1])]}]", text)


def _placed(citation: Citation, proofs: list[Citation]) -> int:
    """Return the number of a proof among others, to which it is added where it is new."""
    for one in proofs:
        if (one.report, one.quote) == (citation.report, citation.quote):
            return one.n
    proofs.append(citation.model_copy(update={"n": len(proofs) + 1}))
    return len(proofs)
