"""The operations that a question may ask for, as the head of the adapter tells them apart."""

from collections.abc import Mapping
from typing import Literal, get_args

# In the order of the rows of the head.
Operation = Literal[
    "lookup", "several", "difference", "growth", "ratio_times", "share", "completion", "per", "sum",
    "compare", "rank", "trend", "parts", "list", "why", "define", "passage", "yesno",
    "worked_back", "overview", "smalltalk", "none",
]  # fmt: skip
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
NONE: Operation = "none"


def asked_for(operations: Mapping[str, float]) -> dict[str, float]:
    """Return the probabilities of what may be asked for, without that nothing answers it.

    Whether a report has a thing is not to be seen in the question: people who make up questions
    without an answer ask for 奖金, which every department has.
    """
    rest = max(1.0 - operations.get(NONE, 0.0), 1e-3)
    return {name: min(one / rest, 1.0) for name, one in operations.items() if name != NONE}
