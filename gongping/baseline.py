"""What an earlier verdicts.json already knows: only what it lacks breaks a run with `--baseline`.

A violation is known by duty, device, place and element. An address isn't part of it (ports and queries change), nor is what was said.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongping.verdicts import Outcome, Verdict, Verdicts

_Key = tuple[str, str, str, str]


def new(verdicts: Verdicts, baseline: Verdicts | None) -> list[Verdict]:
    """The failures that neither a waiver covers nor the baseline has; a failure with one place more is new as a whole."""
    known = {key for verdict in _failed(baseline) for key in _keys(verdict)}
    return [v for v in _failed(verdicts) if v.waiver is None and not known.issuperset(_keys(v))]


def remarks(verdicts: Verdicts, baseline: Verdicts) -> Iterator[str]:
    """Lines for the summary: what is new, what was known, what of the baseline is gone, and why it may not fit."""
    if baseline.target != verdicts.target:
        yield f'baseline is of another target: "{baseline.target}", not "{verdicts.target}"'
    if baseline.suite.norm != verdicts.suite.norm:
        yield f"baseline is of another norm: {baseline.suite.norm}"
    if not baseline.complete:
        yield "baseline is of an interrupted run: what it did not reach counts as new"
    failed, fresh = list(_failed(verdicts)), new(verdicts, baseline)
    waived = sum(verdict.waiver is not None for verdict in failed)
    rest = f", {waived} waived" if waived else ""
    yield f"baseline of {baseline.started}: {len(fresh)} new, {len(failed) - waived - len(fresh)} known{rest}"
    known = {key for verdict in _failed(baseline) for key in _keys(verdict)}
    for verdict in fresh:
        for key in _keys(verdict):
            if key not in known:
                yield f"  new: {_told(key)}"
    told = {(v.duty, v.device) for v in verdicts.verdicts if v.outcome in (Outcome.PASSED, Outcome.INAPPLICABLE)}
    told -= {(v.duty, v.device) for v in verdicts.verdicts if v.outcome in (Outcome.FAILED, Outcome.CANT_TELL)}
    for duty, device in sorted({(v.duty, v.device) for v in _failed(baseline)} & told):
        yield f"  gone: {duty} {device}: no violation observed any more, a new baseline would hold that"


def _failed(verdicts: Verdicts | None) -> Iterator[Verdict]:
    return (verdict for verdict in verdicts.verdicts if verdict.outcome is Outcome.FAILED) if verdicts else iter(())


def _keys(verdict: Verdict) -> list[_Key]:
    """Where a failure was seen; one that names no place is known by its device."""
    places = [(verdict.duty, where.device, where.place, where.element) for where in verdict.where]
    return places or [(verdict.duty, verdict.device, "", "")]


def _told(key: _Key) -> str:
    return " ".join(part for part in key if part)
