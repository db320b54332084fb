"""The operations that a question may ask for, as the head of the adapter tells them apart."""

from typing import Literal, get_args

# In the order of the rows of the head.
Operation = Literal[
    "lookup", "several", "difference", "growth", "ratio_times", "share", "completion", "per", "sum",
    "compare", "rank", "trend", "parts", "list", "why", "define", "passage", "yesno",
    "worked_back", "overview", "smalltalk", "none",
]  # fmt: skip
OPERATIONS: tuple[Operation, ...] = get_args(Operation)
