"""Budget: what a device may cost, over all processes of a run."""

from __future__ import annotations

import time
from pathlib import Path

from gongping.consumer.walls import Wall, WallName


class Budget:
    """Navigations and minutes of a device. `tally` is a file that the workers of a run share: a byte a navigation."""

    def __init__(self, navigations: int, minutes: float, tally: Path | None = None) -> None:
        self.navigations = navigations
        self.minutes = minutes
        self.used = 0
        """Navigations of this process."""
        self.stopped = ""
        """Why nothing more may be spent although something is left: a person said so."""
        self._tally = tally
        self._start = time.monotonic()

    def count(self) -> None:
        """One more navigation, which a link or a script may have begun."""
        self.used += 1
        if self._tally:
            with self._tally.open("ab") as tally:  # appended as a whole, whoever else writes
                tally.write(b".")

    def spend(self, url: str, place: str = "") -> None:
        """One more navigation, to `url`. Raises a Wall where the budget is used up."""
        self.count()
        used = self._tally.stat().st_size if self._tally else self.used
        if used > self.navigations:
            raise Wall(WallName.BUDGET, f"the budget of {self.navigations} navigations is used up", place, url)
        self.check(url, place)

    def check(self, url: str = "", place: str = "") -> None:
        """Raises a Wall where there is no time left, or somebody stopped it."""
        if self.stopped:
            raise Wall(WallName.BUDGET, self.stopped, place, url)
        if (time.monotonic() - self._start) / 60 > self.minutes:
            raise Wall(WallName.BUDGET, f"the budget of {self.minutes:g} minutes is used up", place, url)
