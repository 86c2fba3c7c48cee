"""report.html: one file, in Chinese with an English switch, that an auditor can read, print and keep."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from gongping.norm import Norm, load
from gongping.reports import english, words
from gongping.reports import notes as test_notes
from gongping.reports.notes import TestNotes
from gongping.reports.outline import ArticleSeen, DutySeen, articles, counts
from gongping.reports.pictures import Figure, figures, is_picture
from gongping.verdicts import Outcome, Says, Shown, TestMode, Verdict, Verdicts

NAME = "report.html"
_TELLING = (Outcome.FAILED, Outcome.CANT_TELL)
_JUDGED_FIRST = ("broken", "unknown", "held", "seen")
# how many things a verdict shows in full, and how many more with a line each; what lies beyond stays in verdicts.json, and the report
# says so: a report is read and printed, and the two hundredth unmarked ad says what the twelfth said
_IN_FULL = {Outcome.FAILED: 12, Outcome.CANT_TELL: 12, Outcome.PASSED: 8, Outcome.INAPPLICABLE: 8}
_MOST_LINES = 100
_CHINA = timezone(timedelta(hours=8), "UTC+8")


@dataclass(frozen=True)
class _Picture:
    figure: Figure
    first: bool  # later mentions of the same picture only refer to it


@dataclass(frozen=True)
class _ShownView:
    shown: Shown | None
    measured: list[words.Measured]
    pictures: list[_Picture]
    files: list[str]


@dataclass(frozen=True)
class _VerdictView:
    verdict: Verdict
    notes: TestNotes | None
    measured: list[words.Measured]
    shown: list[_ShownView]
    lines: list[Shown]
    left_out: int


def render(
    verdicts: Verdicts, bundle: Path, *, notes: Mapping[str, TestNotes] | None = None, norm: Norm | None = None
) -> Path:
    """Write report.html into `bundle`, with its pictures in it; `notes` by test id. Returns the file's path."""
    report = bundle / NAME
    report.write_text(text(verdicts, bundle, notes=notes, norm=norm), encoding="utf-8", newline="\n")
    return report


def text(
    verdicts: Verdicts, bundle: Path, *, notes: Mapping[str, TestNotes] | None = None, norm: Norm | None = None
) -> str:
    """The HTML of the report; nothing is written."""
    norm = norm or load()
    seen = articles(verdicts, norm)
    duties = [duty for article in seen for duty in article.duties]
    units = _units(norm)
    album = figures(bundle, _pictures(duties))
    views = _Views(album, notes or {}, units)
    template = environment().get_template("report.html.j2")
    script, style = part("report.js"), part("report.css")
    return template.render(
        v=verdicts,
        script=Markup(script),  # our own files, not what a platform said
        style=Markup(style),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        started=times(verdicts.started),
        articles=seen,
        duty_counts=counts(duty.outcome for duty in duties),
        article_counts=counts(article.outcome for article in seen),
        failed=[duty for duty in duties if duty.outcome is Outcome.FAILED],
        cant_tell=[duty for duty in duties if any(each.outcome is Outcome.CANT_TELL for each in duty.verdicts)],
        by_person=[duty for duty in duties if any(_by_person(each) for each in duty.verdicts)],
        untested=[duty for duty in duties if duty.outcome is Outcome.UNTESTED],
        coverage=_coverage(duties),
        reasons=_reasons(duties),
        views={duty.duty.id: views.of(duty) for article in seen for duty in article.duties},
        lines=_marked_lines,
        verdicts_hash=_sha256(bundle / "verdicts.json"),
        figures=len(album),
        Outcome=Outcome,
        words=words,
        english=english,
        header=_css_text(f"{verdicts.target}　{times(verdicts.started)[0]}"),
    )


class _Views:
    """Makes the views of verdicts, in the order of the report: it decides which mention of a picture is the first."""

    def __init__(self, album: Mapping[str, Figure], notes: Mapping[str, TestNotes], units: Mapping[str, str]) -> None:
        self._album, self._notes, self._units = album, notes, units
        self._told: set[str] = set()

    def of(self, duty: DutySeen) -> list[_VerdictView]:
        return [self._verdict(verdict) for verdict in duty.verdicts]

    def _verdict(self, verdict: Verdict) -> _VerdictView:
        kept, further = _kept(verdict)
        shown = [self._shown(each, each.files) for each in kept]
        of_shown = {
            file for each in verdict.shown for file in each.files
        }  # with the lines' files, which the lines name
        if rest := [file for file in verdict.evidence if file not in of_shown]:
            shown.append(self._shown(None, rest))
        # most tests measure what they show: what stands below need not stand above
        told = any(verdict.measured == each.measured for each in kept)
        return _VerdictView(
            verdict,
            test_notes.find(self._notes, verdict.test),
            [] if told else list(words.measured_rows(verdict.measured, self._units)),
            shown,
            further[:_MOST_LINES],
            max(0, len(further) - _MOST_LINES),
        )

    def _shown(self, shown: Shown | None, files: list[str]) -> _ShownView:
        pictures = []
        for file in files:
            if figure := self._album.get(file):
                pictures.append(_Picture(figure, file not in self._told))
                self._told.add(file)
        return _ShownView(
            shown,
            list(words.measured_rows(shown.measured, self._units)) if shown else [],
            pictures,
            [file for file in files if file not in self._album],
        )


def _kept(verdict: Verdict) -> tuple[list[Shown], list[Shown]]:
    """What a verdict shows in full, the telling first, and the rest."""
    most = _IN_FULL.get(verdict.outcome, 8)
    ordered = sorted(verdict.shown, key=lambda each: _JUDGED_FIRST.index(each.judged))
    return ordered[:most], ordered[most:]


def _pictures(duties: list[DutySeen]) -> Iterator[str]:
    """Which pictures the report holds, in order: all of a failure or a cantTell, else the first of each verdict."""
    for duty in duties:
        for verdict in duty.verdicts:
            kept, _ = _kept(verdict)
            files = [file for each in kept for file in each.files]
            files += [file for file in verdict.evidence if file not in files]
            pictures = [file for file in files if is_picture(file)]
            yield from pictures if verdict.outcome in _TELLING else pictures[:1]


def _by_person(verdict: Verdict) -> bool:
    return verdict.test_mode is not TestMode.AUTOMATIC and verdict.outcome is not Outcome.UNTESTED


def _coverage(duties: list[DutySeen]) -> dict[str, dict[Outcome, int]]:
    """How many duties of each observability have each outcome."""
    return {
        observability: counts(duty.outcome for duty in duties if duty.duty.observability == observability)
        for observability in words.OBSERVABILITY
    }


def _reasons(duties: list[DutySeen]) -> list[tuple[Says, int]]:
    """The reasons of what could not be told, the commonest first."""
    said = Counter(
        (verdict.says.zh, verdict.says.en)
        for duty in duties
        for verdict in duty.verdicts
        if verdict.outcome is Outcome.CANT_TELL
    )
    return [(Says(zh=zh, en=en), times) for (zh, en), times in said.most_common()]


def _marked_lines(article: ArticleSeen) -> list[tuple[str, list[DutySeen]]]:
    """The article's lines, verbatim, each with the duties that rest on it."""
    return [
        (line, [duty for duty in article.duties if line in duty.duty.clause or duty.duty.clause in line])
        for line in article.article.text.split("\n")
        if line.strip()
    ]


def _units(norm: Norm) -> dict[str, str]:
    return {parameter.name: str(parameter.unit) for parameter in norm.parameters}


def times(started: str) -> tuple[str, str]:
    """The start in UTC+8 and in UTC; as it stands where it is no time."""
    try:
        at = datetime.fromisoformat(started)
    except ValueError:
        return started, started
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return f"{at.astimezone(_CHINA):%Y-%m-%d %H:%M:%S} UTC+8", f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _duration(seconds: float) -> Markup:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return _both(f"{minutes} 分 {rest} 秒", f"{minutes} min {rest} s")
    return _both(f"{seconds:.1f} 秒", f"{seconds:.1f} s")


def _browser(browser: Mapping[str, Any]) -> str:
    """Name and version; what else the run noted of its browser, such as where it lies, is no one's business here."""
    return " ".join(str(browser[key]) for key in ("name", "version") if browser.get(key))


def _both(zh: Any, en: Any) -> Markup:
    """Both languages of one text; the style sheet shows the one that the reader chose."""
    if zh == en:
        return escape(zh)
    return Markup('<span class="zh">{}</span><span class="en" lang="en">{}</span>').format(zh, en)


def _said(zh: str, en: str = "", most: int = 0) -> Markup:
    """What a test said, at most `most` characters of it; where there is no English, the Chinese stands in both languages."""
    en = en or english.phrase(zh)
    zh, en = (text if not most or len(text) <= most else text[: most - 1] + "…" for text in (zh, en))
    return _both(zh, en) if en else Markup('<span class="untranslated" lang="zh-CN">{}</span>').format(zh)


def _tables(table: str, key: Any) -> Markup:
    """A word of both languages' tables, such as a place; a name that the tables lack stays as it is."""
    return _both(getattr(words, table).get(key, key), getattr(english, table).get(key, key))


def _css_text(text: str) -> Markup:
    """A string of CSS that holds `text`, whatever that is."""
    return Markup('"' + "".join(f"\\{ord(letter):x} " for letter in text) + '"')


@cache
def environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("gongping.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"duration": _duration, "browser": _browser, "href": quote, "gist": words.gist}
    environment.globals |= {"t": _both, "said": _said, "w": _tables}
    for name in ("device", "place", "wall"):
        environment.filters[name] = partial(_tables, name.upper())
    return environment


@cache
def part(name: str) -> str:
    """The text of one of our own templates, such as the style sheet."""
    loader = environment().loader
    assert loader
    return loader.get_source(environment(), name)[0]
