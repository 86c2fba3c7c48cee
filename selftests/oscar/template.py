"""The prepared shop: made once per oscar version and source text, then copied. No Django at import."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from filelock import FileLock

HERE = Path(__file__).parent
DATABASE = "shop.sqlite3"  # exists in a data folder once that folder is complete


def cache_folder() -> Path:
    """Where prepared shops are kept: XDG_CACHE_HOME or ~/.cache."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongping"


def key() -> str:
    """Changes with the versions of oscar, Django and haystack, and with any file of this folder."""
    digest = hashlib.sha256()
    for package in ("django-oscar", "Django", "django-haystack", "Whoosh"):
        digest.update(f"{package} {version(package)}\n".encode())
    for path in sorted(HERE.rglob("*")):
        if path.suffix in {".py", ".toml"}:
            digest.update(f"{path.relative_to(HERE)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def ensure(data: Path, make: Callable[[Path], None]) -> None:
    """Give `data` a copy of the prepared shop unless it has one; `make(folder)` prepares one where none is cached.

    A half-made shop never gets its final name, and older ones are removed.
    """
    if (data / DATABASE).exists():
        return
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    ready = cache / f"oscar-{key()}"
    with FileLock(cache / "oscar.lock"):
        if not ready.exists():
            for old in cache.glob("oscar-*"):
                shutil.rmtree(old, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=cache, prefix="new-") as folder:
                make(Path(folder))
                Path(folder).rename(ready)
                Path(folder).mkdir()  # for TemporaryDirectory to remove
        data.mkdir(parents=True, exist_ok=True)
        shutil.copytree(ready, data, dirs_exist_ok=True, ignore=shutil.ignore_patterns(DATABASE))
        shutil.copy2(ready / DATABASE, data / DATABASE)
