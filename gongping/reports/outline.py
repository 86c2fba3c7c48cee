"""verdicts.json arranged as reports need it: by article, duty and device, beside the norm. No words, no markup."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from gongping.norm import Article, Chapter, Duty, Norm
from gongping.verdicts import Outcome, Verdict, Verdicts, worst


@dataclass(frozen=True)
class DutySeen:
    """A duty with all that was said of it, devices in the run's order."""

    duty: Duty
    outcome: Outcome
    verdicts: tuple[Verdict, ...]

    @property
    def waived(self) -> bool:
        """Whether waivers cover every failure; false where there is none."""
        return _waived(self.verdicts)

    @cached_property
    def by_device(self) -> dict[str, Outcome]:
        """The worst outcome on each device that has a verdict."""
        return {device: worst(each.outcome for each in said) for device, said in _by_device(self.verdicts).items()}


@dataclass(frozen=True)
class ArticleSeen:
    """An article with its duties."""

    article: Article
    chapter: Chapter
    outcome: Outcome
    duties: tuple[DutySeen, ...]

    @property
    def tested(self) -> bool:
        """Whether any duty has another outcome than untested."""
        return any(duty.outcome is not Outcome.UNTESTED for duty in self.duties)

    @cached_property
    def counts(self) -> dict[Outcome, int]:
        """How many duties have each outcome."""
        return counts(duty.outcome for duty in self.duties)


@dataclass(frozen=True)
class Case:
    """What a machine calls a test: one duty on one device, or a duty that nothing was said of (device "")."""

    duty: Duty
    device: str
    outcome: Outcome
    verdicts: tuple[Verdict, ...]

    @property
    def waived(self) -> bool:
        """Whether waivers cover every failure; false where there is none."""
        return _waived(self.verdicts)

    @property
    def seconds(self) -> float:
        """The time that its tests took, in seconds."""
        return sum(verdict.seconds for verdict in self.verdicts)


def articles(verdicts: Verdicts, norm: Norm) -> list[ArticleSeen]:
    """All articles of the norm in order."""
    said = _said(verdicts)
    seen: dict[int, list[DutySeen]] = defaultdict(list)
    for duty in norm.duties:
        outcome = verdicts.duties.get(duty.id, worst(verdict.outcome for verdict in said[duty.id]))
        seen[duty.article].append(DutySeen(duty, outcome, said[duty.id]))
    return [
        ArticleSeen(
            norm.article(number),
            norm.chapter_of(number),
            verdicts.articles.get(str(number), worst(duty.outcome for duty in duties)),
            tuple(duties),
        )
        for number, duties in sorted(seen.items())
    ]


def cases(verdicts: Verdicts, norm: Norm) -> list[Case]:
    """A case per duty and device in the norm's order; a duty without a verdict gives one case without a device."""
    said = _said(verdicts)
    found = []
    for duty in norm.duties:
        by_device = _by_device(said[duty.id])
        for device, of_device in by_device.items():
            found.append(Case(duty, device, worst(verdict.outcome for verdict in of_device), tuple(of_device)))
        if not by_device:
            found.append(Case(duty, "", verdicts.duties.get(duty.id, Outcome.UNTESTED), ()))
    return found


def counts(outcomes: Iterable[Outcome]) -> dict[Outcome, int]:
    """How often each of the five outcomes comes, worst first, zeros included."""
    counted = Counter(outcomes)
    return {outcome: counted[outcome] for outcome in Outcome}


def _said(verdicts: Verdicts) -> dict[str, tuple[Verdict, ...]]:
    order = {device: place for place, device in enumerate(verdicts.devices)}
    said: dict[str, tuple[Verdict, ...]] = defaultdict(tuple)
    for verdict in sorted(verdicts.verdicts, key=lambda each: order.get(each.device, len(order))):
        # a run also notes the duties that no test spoke of; the norm says more of those than the note does
        if verdict.test or verdict.outcome is not Outcome.UNTESTED:
            said[verdict.duty] += (verdict,)
    return said


def _by_device(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    by_device: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_device[verdict.device].append(verdict)
    return by_device


def _waived(verdicts: Iterable[Verdict]) -> bool:
    failed = [verdict for verdict in verdicts if verdict.outcome is Outcome.FAILED]
    return bool(failed) and all(verdict.waiver for verdict in failed)
