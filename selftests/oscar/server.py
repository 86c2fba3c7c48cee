"""The shop as a child process."""

import os
import queue
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import deque
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import IO, Self

ROOT = Path(__file__).parents[2]
NEEDS = {"oscar": "django-oscar", "haystack": "django-haystack", "whoosh": "Whoosh"}


def missing() -> list[str]:
    """The distributions that the shop needs and this interpreter lacks."""
    return [package for module, package in NEEDS.items() if find_spec(module) is None]


class Oscar:
    """A running shop. `url` ends in a slash; `data` is its folder, or None where it is the child's temporary one."""

    def __init__(self, child: "subprocess.Popen[str]", data: Path | None) -> None:
        self.url = ""
        self.data = data
        self._child = child
        self._said: deque[str] = deque(maxlen=200)
        self._lines: queue.Queue[str | None] = queue.Queue()
        assert child.stdout is not None
        # Read to the end, or the child blocks once the pipe is full.
        threading.Thread(target=self._listen, args=(child.stdout,), daemon=True).start()

    @classmethod
    def start(cls, data: Path | None = None, port: int = 0, patience: float = 90.0) -> Self:
        """Start the shop and wait until its home page answers.

        data: its folder, made if it is empty and kept; None for a temporary one, removed at the end.
        patience: seconds; the first start ever takes about nine, later ones two.
        RuntimeError, with what the child said: a package is missing, it ended early, or it did not answer in time.
        """
        if lacking := missing():
            raise RuntimeError(f"the oscar shop needs {', '.join(lacking)}: pip install {' '.join(lacking)}")
        command = [sys.executable, "-m", "selftests.oscar", "--port", str(port), "--with-parent"]
        if data is not None:
            command += ["--data", str(data.resolve())]
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        # stdin is a pipe that nobody writes to: it closes when this process ends, however it ends, and the child goes.
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        shop = cls(child, data)
        try:
            shop._wait(time.monotonic() + patience)
        except BaseException:
            shop.stop()
            raise
        return shop

    @property
    def output(self) -> str:
        """The last lines that the child wrote, errors of the server included."""
        return "".join(self._said)

    def stop(self) -> None:
        """End the child; again is harmless."""
        if self._child.stdin is not None:
            self._child.stdin.close()
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _listen(self, stream: IO[str]) -> None:
        for line in stream:
            self._said.append(line)
            self._lines.put(line)
        self._lines.put(None)

    def _wait(self, deadline: float) -> None:
        """Read the address, then ask for the home page, both before `deadline` (monotonic seconds)."""
        while not self.url:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise RuntimeError(f"the oscar shop gave no address in time; it said:\n{self.output}") from None
            if line is None:
                raise RuntimeError(f"the oscar shop ended with status {self._child.wait()}; it said:\n{self.output}")
            if line.startswith("http://"):
                self.url = line.strip()
        # It listens already; the first answer imports the rest of oscar and may be slow or an error.
        try:
            with urllib.request.urlopen(self.url, timeout=max(1.0, deadline - time.monotonic())):
                pass
        except (urllib.error.URLError, TimeoutError) as error:
            raise RuntimeError(f"the oscar shop's home page: {error}; it said:\n{self.output}") from error
