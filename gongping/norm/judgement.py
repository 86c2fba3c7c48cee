"""What a predicate answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["held", "broken", "unknown"]


@dataclass(frozen=True)
class Judgement:
    """A predicate's answer. `zh` says why, in words for a file; `measured` has the numbers with their units in the keys."""

    state: State
    zh: str = ""
    measured: dict[str, Any] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        return self.state == "held"

    @property
    def broken(self) -> bool:
        return self.state == "broken"

    @property
    def unknown(self) -> bool:
        return self.state == "unknown"


def both(*judgements: Judgement) -> Judgement:
    """The conjunction: broken where one is, else unknown where one is, else held; all measurements are kept."""
    measured = {k: v for j in judgements for k, v in j.measured.items()}
    for state in ("broken", "unknown"):
        found = [j for j in judgements if j.state == state]
        if found:
            return Judgement(state, "；".join(j.zh for j in found if j.zh), measured)
    return Judgement("held", "；".join(j.zh for j in judgements if j.zh), measured)
