"""The journal: what the consumer did, tried and met, one JSON object a line, written as it happens."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Journal:
    """Appends to `path`. Every value passes `redact` first."""

    def __init__(self, path: Path, redact: Callable[[str], str] = str) -> None:
        self._path = path
        self._redact = redact
        self._start = time.monotonic()
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)

    def note(self, event: str, **facts: Any) -> None:
        """Writes one line: seconds since the run began, the event, the facts."""
        line = json.dumps(
            {"t": round(time.monotonic() - self._start, 2), "event": event, **facts}, ensure_ascii=False, default=str
        )
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(self._redact(line) + "\n")
