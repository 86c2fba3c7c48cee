"""Which shop a host name asks for: `RUN.fault1--fault2.fault3.localhost` is run RUN with three switches on."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gongping.market.faults import SWITCHES

LABEL_MAX = 63  # octets of a DNS label (RFC 1035, 2.3.4)
HOST_MAX = 240  # of a whole name are 253; the database file is named after it
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_BARE = {"localhost", "127.0.0.1", "[::1]"}


class UnknownFault(ValueError):
    """A name that is neither a fault nor a lookalike; the message holds close matches."""

    def __init__(self, name: str) -> None:
        near = difflib.get_close_matches(name, SWITCHES, n=3, cutoff=0.5)
        self.name, self.near = name, near
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        super().__init__(f"no fault or lookalike is named {name!r}{hint}")


@dataclass(frozen=True)
class Variant:
    """One run of the shop: a name of its own and the switches that are on."""

    run: str = "main"
    switches: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, run: str, switches: Iterable[str]) -> "Variant":
        """Check the names. Raises UnknownFault, or ValueError where `run` is not a DNS label."""
        run = run.lower()
        if len(run) > LABEL_MAX or not _LABEL.fullmatch(run):
            raise ValueError(
                f"a run's name must be one DNS label of lower-case letters, digits and hyphens, not {run!r}"
            )
        chosen = frozenset(switches)
        for name in sorted(chosen):
            if name not in SWITCHES:
                raise UnknownFault(name)
        variant = cls(run, chosen)
        if len(variant.host) > HOST_MAX:
            raise ValueError(f"{len(chosen)} switches make a host name longer than {HOST_MAX} characters")
        return variant

    @classmethod
    def from_host(cls, host: str) -> "Variant":
        """Read a Host header (a port is ignored). Raises UnknownFault or ValueError."""
        name = re.sub(r":\d+$", "", host.lower())
        if name in _BARE:
            return cls()
        if not name.endswith(".localhost"):
            raise ValueError(f"this market answers on *.localhost, not on {name!r}")
        run, *labels = name.removesuffix(".localhost").split(".")
        if not labels and run in SWITCHES:
            raise ValueError(f"{run!r} stands where a run's name belongs: use main.{run}.localhost")
        return cls.of(run, [part for label in labels for part in label.split("--")])

    @property
    def host(self) -> str:
        """The host name without a port; labels are filled up to 63 characters."""
        labels = [self.run]
        line = ""
        for name in sorted(self.switches):
            joined = f"{line}--{name}" if line else name
            if len(joined) > LABEL_MAX:
                labels.append(line)
                joined = name
            line = joined
        if line:
            labels.append(line)
        return ".".join([*labels, "localhost"])
