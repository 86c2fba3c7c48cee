"""What a run noticed, for later days (`--history`): made from the observations of its bundle when it ends."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TypeVar

from gongping.consumer.experiments import Stopped, observation_file, read_observation
from gongping.history import History, Note, Run
from gongping.norm.predicates import Predicates
from gongping.norm.predicates_days import CHINA, penalty_notes
from gongping.observations.documents import HomeSeen
from gongping.observations.library import LibrarySeen

Observation = TypeVar("Observation")


def remember(history: History, bundle: Path, device: str, norm: Predicates, at: datetime) -> None:
    """Adds to the history what a run saw on a device: documents, notices on home, penalised sellers, the licence, and where it looked."""
    home = _observed(bundle, device, "home", 1, HomeSeen)
    library = _observed(bundle, device, "library", 1, LibrarySeen)
    today = at.astimezone(CHINA).date()
    looked: list[str] = []
    notes: list[Note] = []
    if library is not None:
        history.add(library.papers, at)
        rows = penalty_notes(library)
        notes += rows
        looked += ["penalties"] if rows else []
    if home is not None:
        notes += norm.notes_of_home(home, library, today)
        again = _observed(bundle, device, "home", 2, HomeSeen)
        now = [norm.licence_on_home(seen, today) for seen in (home, again) if seen is not None]
        looked += ["licence"] if any(j.held for j in now) else []
        looked += ["no-licence"] if len(now) == 2 and all(j.broken for j in now) else []
    if home is not None and library is not None:
        looked.append("home")
    if looked:
        history.note(Run(at, device, tuple(looked)), notes)


def _observed(bundle: Path, device: str, experiment: str, attempt: int, kind: type[Observation]) -> Observation | None:
    """What an experiment saw; None where it was not made, or met a wall."""
    file = observation_file(bundle, device, experiment, attempt)
    seen = read_observation(file, kind) if file.exists() else None
    return None if isinstance(seen, Stopped) else seen
