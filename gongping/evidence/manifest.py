"""MANIFEST.sha256: the hashes of everything in a bundle, in the format that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

NAME = "MANIFEST.sha256"
_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9a-f]{64}) [ *](?P<path>.+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True, order=True)
class Problem:
    """One way in which a bundle differs from its manifest; `path` is relative to the bundle."""

    path: str
    kind: Literal["changed", "missing", "extra", "malformed"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.path}"


def write(bundle: Path) -> Path:
    """Hash every file below `bundle` into MANIFEST.sha256, sorted by path; returns its path. Links are left out."""
    lines = "".join(_line(bundle / path, path) for path in sorted(_files(bundle)))
    manifest = bundle / NAME
    draft = manifest.with_suffix(".part")
    draft.write_text(lines, encoding="utf-8", newline="\n")
    os.replace(draft, manifest)
    return manifest


def verify(bundle: Path) -> list[Problem]:
    """What has changed in `bundle`, is missing or has come since the manifest was written; empty where nothing has."""
    manifest = bundle / NAME
    if not manifest.is_file():
        return [Problem(NAME, "missing")]
    problems: list[Problem] = []
    listed: dict[str, str] = {}
    # not splitlines(): a file name may hold U+2028 and its kin
    for number, line in enumerate(manifest.read_bytes().decode("utf-8", "surrogateescape").split("\n"), start=1):
        if not line:
            continue
        match = _LINE.fullmatch(line.removesuffix("\r"))
        path = _unescaped(match["path"], bool(match["escaped"])) if match else ""
        if not match or not _inside(path) or path in listed:
            problems.append(Problem(f"{NAME}:{number}", "malformed"))
        else:
            listed[path] = match["digest"]
    present = set(_files(bundle))
    for path, digest in listed.items():
        if path not in present:
            problems.append(Problem(path, "missing"))
        elif _sha256(bundle / path) != digest:
            problems.append(Problem(path, "changed"))
    problems += [Problem(path, "extra") for path in (present | set(_links(bundle))) - set(listed)]
    return sorted(problems)


def _walk(bundle: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(bundle):  # links to folders are not followed, but are listed
        yield from (Path(folder, name) for name in names)
        yield from (Path(folder, name) for name in folders if Path(folder, name).is_symlink())


def _files(bundle: Path) -> Iterator[str]:
    for path in _walk(bundle):
        relative = path.relative_to(bundle).as_posix()
        if path.is_file() and not path.is_symlink() and relative not in {NAME, "MANIFEST.part"}:
            yield relative


def _links(bundle: Path) -> Iterator[str]:
    return (path.relative_to(bundle).as_posix() for path in _walk(bundle) if path.is_symlink())


def _inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _line(file: Path, path: str) -> str:
    escaped = "".join(_ESCAPES.get(letter, letter) for letter in path)
    prefix = "\\" if escaped != path else ""
    return f"{prefix}{_sha256(file)}  {escaped}\n"


def _unescaped(path: str, escaped: bool) -> str:
    if not escaped:
        return path
    return re.sub(r"\\([\\nr])", lambda match: {"\\": "\\", "n": "\n", "r": "\r"}[match[1]], path)
