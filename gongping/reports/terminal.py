"""The summary at the end of a run, as plain lines; colours are the terminal's business."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gongping.norm import Norm, load
from gongping.reports import words
from gongping.reports.outline import articles, counts
from gongping.verdicts import Outcome, Verdict, Verdicts


def summary(verdicts: Verdicts, width: int, *, report: Path | None = None, norm: Norm | None = None) -> list[str]:
    """Lines of at most `width` columns: counts, a line per tested article, per failure and per reason of cantTell."""
    return [_cut(line, width) for line in _lines(verdicts, norm or load(), report)]


def _lines(verdicts: Verdicts, norm: Norm, report: Path | None) -> Iterator[str]:
    seen = articles(verdicts, norm)
    yield f"公平秤  {verdicts.target}  {verdicts.url}"
    if verdicts.certificate_unchecked:
        yield f"证书没有核对：{_one_line(verdicts.certificate_unchecked)}"
    if not verdicts.complete:
        yield "检测中断，结果不完整"
    all_duties = [duty.outcome for article in seen for duty in article.duties]
    yield "义务  " + _counts(counts(all_duties))
    yield "条    " + _counts(counts(article.outcome for article in seen))
    for article in seen:
        if article.tested:
            of_duties = _counts({outcome: number for outcome, number in article.counts.items() if number})
            yield f"  {_padded(article.article.name_zh, 10)} {_padded(words.OUTCOME[article.outcome], 10)}  {of_duties}"
    failed = [verdict for article in seen for duty in article.duties for verdict in duty.verdicts]
    failed = [verdict for verdict in failed if verdict.outcome is Outcome.FAILED]
    if failed:
        yield f"{words.OUTCOME[Outcome.FAILED]}："
        yield from (f"  {_failure(verdict)}" for verdict in failed)
    if reasons := _reasons(verdicts):
        yield f"{words.OUTCOME[Outcome.CANT_TELL]}："
        yield from (f"  {reason}（{len(duties)} 项：{'、'.join(duties)}）" for reason, duties in reasons.items())
    if verdicts.stops:
        yield "未到达："
        for stop in verdicts.stops:
            where = f"{words.device(stop.device)} {words.place(stop.place)}"
            yield f"  {where}：{words.wall(stop.wall)} {_one_line(stop.detail)}".rstrip()
    if verdicts.errors:
        yield "套件自身错误（不是结论）："
        yield from (f"  {_one_line(error)}" for error in verdicts.errors)
    if report:
        yield f"报告  {report}"


def _failure(verdict: Verdict) -> str:
    places = "、".join(dict.fromkeys(words.place(at.place) for at in verdict.where if at.place))
    tags = ("" if verdict.confirmed else "［未复现］") + ("［已豁免］" if verdict.waiver else "")
    where = f"{words.device(verdict.device)} {places}".rstrip()
    return f"{verdict.duty} {where} {tags}{_one_line(verdict.says.zh)}"


def _reasons(verdicts: Verdicts) -> dict[str, list[str]]:
    """The reasons of cantTell, the commonest first, each with its duties in the order in which they came."""
    reasons: dict[str, dict[str, None]] = defaultdict(dict)
    for verdict in verdicts.verdicts:
        if verdict.outcome is Outcome.CANT_TELL:
            reasons[_one_line(verdict.says.zh)][verdict.duty] = None
    return {reason: list(duties) for reason, duties in sorted(reasons.items(), key=lambda item: -len(item[1]))}


def _counts(counted: dict[Outcome, int]) -> str:
    return "  ".join(f"{words.OUTCOME[outcome]} {number}" for outcome, number in counted.items())


def _one_line(text: str) -> str:
    # control characters of a platform's text must not reach the terminal
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - words.columns(text))


def _cut(line: str, width: int) -> str:
    if words.columns(line) <= width:
        return line
    kept, used = [], 0
    for letter in line:
        used += words.columns(letter)
        if used > width - 1:
            break
        kept.append(letter)
    return "".join(kept) + "…"
