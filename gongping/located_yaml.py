"""YAML as plain data that remembers in which line everything stands, for files that people write."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

At = tuple[str | int, ...]
"""Where something is in the data: keys and indices from the outside in."""
Lines = Mapping[At, int]


class LocatedError(Exception):
    """Something in a file is wrong. str() is one line: where, what, and the remedy in brackets."""

    def __init__(self, message: str, file: Path | None = None, line: int | None = None, remedy: str = "") -> None:
        super().__init__(message, file, line, remedy)  # all of them, so that it can be pickled
        self.message, self.file, self.line, self.remedy = message, file, line, remedy

    def __str__(self) -> str:
        where = (
            "" if self.file is None else f"{shown(self.file)}:{self.line}: " if self.line else f"{shown(self.file)}: "
        )
        return f"{where}{self.message}" + (f" ({self.remedy})" if self.remedy else "")


def shown(file: Path) -> str:
    """The file as a user would write it."""
    return str(file.relative_to(Path.cwd())) if file.is_relative_to(Path.cwd()) else str(file)


def line_of(lines: Lines, at: At) -> int | None:
    """The line of a place in the data, or of the nearest thing around it that is written."""
    return next((lines[at[:end]] for end in range(len(at), -1, -1) if at[:end] in lines), None)


def read(file: Path) -> tuple[Any, Lines]:
    """The data and its lines. Duplicate keys and keys that aren't text are errors: raises LocatedError."""
    lines: dict[At, int] = {}
    try:
        loader = yaml.SafeLoader(file.read_text("utf-8-sig"))
        node = loader.get_single_node()
        return (None if node is None else _Plain(file, loader, lines).data(node, (), ())), lines
    except UnicodeDecodeError:
        raise LocatedError("is not UTF-8", file, remedy="save it as UTF-8") from None
    except OSError as error:
        raise LocatedError(f"can't be read: {error.strerror}", file) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        remedy = "indent with spaces" if "'\\t'" in (error.problem or "") else ""
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise LocatedError(f"not YAML: {said}", file, mark.line + 1 if mark else None, remedy) from None
    except yaml.YAMLError as error:
        raise LocatedError(f"not YAML: {error}".replace("\n", " "), file) from None


class _Plain:
    """Walks the nodes of one file."""

    def __init__(self, file: Path, loader: yaml.SafeLoader, lines: dict[At, int]) -> None:
        self.file, self.loader, self.lines = file, loader, lines

    def data(self, node: yaml.Node, at: At, around: tuple[int, ...]) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(at, line)
        if id(node) in around:
            raise LocatedError("an alias stands for what contains it", self.file, line)
        around = (*around, id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.data(item, (*at, index), around) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            self._check_keys(node)
            self.loader.flatten_mapping(node)  # `<<: *base`: what is merged comes first, so that own keys win
            data: dict[str, Any] = {}
            for key, value in node.value:
                self.lines[(*at, key.value)] = key.start_mark.line + 1
                data[key.value] = self.data(value, (*at, key.value), around)
            return data
        try:
            return self.loader.construct_object(node)
        except ValueError as error:  # a date like 2027-02-31
            raise LocatedError(f"{node.value}: {error}", self.file, line) from None

    def _check_keys(self, node: yaml.MappingNode) -> None:
        first: dict[str, int] = {}
        for key, _ in node.value:
            line = key.start_mark.line + 1
            if key.tag == "tag:yaml.org,2002:merge":
                continue
            if key.tag != "tag:yaml.org,2002:str":
                written = f"key {key.value}" if isinstance(key, yaml.ScalarNode) else "a key"
                raise LocatedError(f"{written} is not text", self.file, line, "put it in quotes")
            if key.value in first:
                remedy = f"first in line {first[key.value]}"
                raise LocatedError(f'key "{key.value}" stands twice', self.file, line, remedy)
            first[key.value] = line
