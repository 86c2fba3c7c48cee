"""What a text says about the rights of a consumer to its data: which topics it explains, and how.

A topic counts where the text tells the reader how to act: "您可以在…中查询". A heading, a list of rights or a sentence about what the
platform does ("我们将删除") is no explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongping.lexicon import phrase, words
from gongping.lexicon.text import fold
from gongping.observations.account import RIGHTS, Right
from gongping.observations.documents import Document


@dataclass(frozen=True)
class Unit:
    """A clause-like piece of a text with what it stands under."""

    text: str
    line: int
    section: int
    heading: str
    topics: tuple[Right, ...]
    lead: bool = True
    """False where the topic is only the whole document's."""


@dataclass(frozen=True)
class Explained:
    """What one document says about one right. `how` are the words for the procedure, `time` those for the time it takes; `paths`
    are ways through the account that it names; `offline` where it knows only telephone, post or e-mail; `app` where it speaks of
    an app."""

    right: Right
    document: str
    url: str
    sight: str
    quote: str
    how: tuple[str, ...] = ()
    time: str = ""
    paths: tuple[tuple[str, ...], ...] = field(default=())
    offline: bool = False
    app: bool = False

    @property
    def state(self) -> str:
        """full, no_time, or mentioned (without a procedure)."""
        return "mentioned" if not self.how else "full" if self.time else "no_time"


_LABELS: dict[Right, str] = {
    "deregister": "topic_deregister",
    "query": "topic_query",
    "correct": "topic_correct",
    "delete": "topic_delete",
}
"""The phrases of what headings, leads ("更正：") and short labels say for each right."""

_LEAD = re.compile(
    r"^\W{0,3}(?:[(（]?[一二三四五六七八九十\dA-Za-z]{1,3}[)）、.．]{1,2}\s*)?(?P<lead>[^：:。；]{1,40})[：:]\s*\S"
)
_NUMBERED = re.compile(
    r"^\s*(第[一二三四五六七八九十\d]+[章节条部]|[(（]?[一二三四五六七八九十\d]{1,3}([.．]\d+)*[)）、.．\s])"
)
_SEPARATOR = r"(?:>|＞|→|›|»|⟶|➔|-{1,2}>?|—+|－|–|/)"


def topics_of(label: str) -> tuple[Right, ...]:
    """The rights that a heading or a lead names. "删除账号" is deregistration, not deletion."""
    found: list[Right] = []
    rest = label = fold(label)
    for right in ("deregister", "query", "correct", "delete"):
        pattern = phrase(_LABELS[right])
        if pattern.search(rest):
            found.append(right)
            if right == "deregister":
                rest = pattern.sub(" ", rest)
    return tuple(found)


def _named(label: str) -> tuple[Right, ...]:
    """The rights that a heading or a lead is about: 政策的修改 and 订单查询 are about something else."""
    named, label = topics_of(label), fold(label)
    if (
        named != ("deregister",)
        and phrase("other_than_data").search(label)
        and not phrase("right_object").search(label)
    ):
        return tuple(r for r in named if r == "deregister")
    return named


def is_heading(line: str) -> bool:
    """Whether a line stands over others: short, without a full stop, no path."""
    text = line.strip()
    if not 1 < len(text) <= 48 or re.search(r"[。；;，,！!>＞→]|[.：:]$", text) or len(text.split()) > 9:
        return False
    return bool(_NUMBERED.match(text)) or bool(topics_of(text)) or len(text) <= 20


def _under(lead: str, present: tuple[Right, ...], whole: tuple[Right, ...]) -> tuple[Right, ...]:
    """The topics of what follows a lead: those that it names, else the present ones where it only goes on with them."""
    goes_on = phrase("goes_on_with_topic").search(lead) or len(lead) > 16
    return _named(lead) or (present if goes_on else whole)


def units(document: Document) -> Iterator[Unit]:
    """The text in pieces, each with the topics that its lead, its heading or the document's title give it."""
    title = document.title or next(iter(document.all_text.splitlines()), "")
    whole: tuple[Right, ...] = ("deregister",) if topics_of(title) == ("deregister",) else ()
    heading, section, topics, carried = title, 0, whole, 0
    for number, line in enumerate(document.all_text.splitlines()):
        if not line.strip():
            continue
        if is_heading(line):
            named = _named(line)
            heading, section, carried = line.strip(), section + 1, 0
            topics = named if len(named) == 1 else whole
            continue
        lead = _LEAD.match(line)
        if lead and not re.search(r"[>＞→]", lead["lead"]):
            topics = _under(lead["lead"], topics, whole)
            carried = 0
        elif topics and topics != whole:
            carried += 1
            if carried > 6:
                topics = whole
        current = topics
        for piece in re.split(r"(?<=[。；;！!？?\n])|(?<=[a-z)]\.)\s", line):
            if not piece.strip():
                continue
            inner = _LEAD.match(piece)
            if inner and not re.search(r"[>＞→]", inner["lead"]):
                current = _under(inner["lead"], current, whole)
            yield Unit(
                piece.strip(),
                number,
                section,
                heading,
                current,
                current != whole or (_named(heading) == whole and heading != title),
            )
        if lead is None:
            topics = current if len(current) == 1 else topics


def _acted_on(piece: str, right: Right) -> bool:
    """Whether the piece tells the reader how to exercise the right: a verb of the right over personal data, done by the reader."""
    piece = fold(piece)
    if not phrase("consumer_may_act").search(piece):
        return False
    blank = phrase("topic_deregister").sub(lambda m: "■" * len(m[0]), piece) if right == "delete" else piece
    for found in phrase(_LABELS[right]).finditer(blank):
        before = piece[max(0, found.start() - 16) : found.start()]
        if phrase("platform_acts").search(before):
            continue
        if right == "deregister":
            if words("right_deregister").rejects(piece):
                continue
            return True
        after = blank[found.end() : found.end() + 44]
        if phrase("no_right_object").match(after.lstrip("您的其我相关该 ")):
            continue
        if phrase("right_object").search(after.split("。")[0]):
            return True
    return False


def _tells_how(piece: str) -> bool:
    """Whether a piece that stands under a right's lead says more than its name: an act, a path, a procedure, a time."""
    return bool(
        phrase("consumer_may_act").search(fold(piece)) or paths_in(piece) or words("procedure_words").match(piece)
    )


def explained(documents: Iterable[Document]) -> dict[Right, list[Explained]]:
    """For each right what the documents say about it, the fullest first."""
    found: dict[Right, list[Explained]] = {right: [] for right in RIGHTS}
    for document in documents:
        if document.wall or not document.all_text:
            continue
        pieces = list(units(document))
        general = _general_time(pieces)
        for right in RIGHTS:
            said = _one(document, pieces, right, general)
            if said:
                found[right].append(said)
    order = {"full": 0, "no_time": 1, "mentioned": 2}
    for said_of in found.values():
        said_of.sort(key=lambda e: order[e.state])
    return found


def _general_time(pieces: list[Unit]) -> str:
    """A time limit that a document sets for requests of this kind as a whole."""
    for unit in pieces:
        if phrase("about_requests").search(unit.text) and phrase("answers_requests").search(unit.text):
            hit = words("time_limit").match(unit.text)
            if hit and hit.key == "duration":
                return unit.text[:80]
    return ""


def _one(document: Document, pieces: list[Unit], right: Right, general: str) -> Explained | None:
    chosen = [u for u in pieces if _belongs(u, right)]
    if not any(_acted_on(u.text, right) or (u.topics == (right,) and _tells_how(u.text)) for u in chosen):
        return None
    text = " ".join(u.text for u in chosen)
    lines = {u.line for u in chosen}
    around = " ".join(u.text for u in pieces if u.line in lines)
    how = tuple(dict.fromkeys(h.word for h in words("procedure_words").find_all(text)))[:6]
    paths = tuple(dict.fromkeys(p for u in chosen for p in paths_in(u.text) if right in (topics_of(p[-1]) or (right,))))
    if paths and not how:
        how = ("路径",)
    time = words("time_limit").match(text) or words("time_limit").match(around)
    return Explained(
        right,
        document.title,
        document.url,
        document.sight,
        text[:300],
        how=tuple(w if len(w) < 20 else "路径" for w in how),
        time=text_at(f"{text} {around}", time.word, time.start) if time else general,
        paths=paths,
        offline=bool(phrase("right_by_an_agent").search(text))
        and not phrase("right_online").search(text)
        and not paths,
        app=bool(phrase("names_the_app").search(text)) and not phrase("names_the_web").search(text),
    )


def text_at(text: str, word: str, start: int) -> str:
    """The words of a time limit as the text has them, short."""
    found = phrase("time_as_written").search(text)
    return found[0] if found else word


def _belongs(unit: Unit, right: Right) -> bool:
    ends = {t for path in paths_in(unit.text) for t in topics_of(path[-1])}
    if unit.topics == (right,):
        return unit.lead or _acted_on(unit.text, right) or right in ends
    if not unit.lead:
        return _acted_on(unit.text, right) and (not ends or right in ends)
    if len(unit.topics) == 1 and unit.topics != (right,):
        # a piece under another right's lead counts only where it names this one as a thing to do, with its own path
        return False
    return _acted_on(unit.text, right)


def paths_in(text: str) -> list[tuple[str, ...]]:
    """Ways through the account that a text names: "我的 > 设置 > 注销账号" gives ("设置", "注销账号"), the account itself left out."""
    found = []
    for run in re.split(r"[“”\"「」『』《》【】()（）。；;，,、：:？?！!]|\s{2,}", text):
        if not re.search(_SEPARATOR, run):
            continue
        steps = [re.sub(r"\s+", " ", s).strip(" .'‘’[]") for s in re.split(rf"\s*{_SEPARATOR}\s*", run)]
        steps = [s for s in steps if s]
        if steps:  # "correct your data under Account": the path begins after the preposition
            steps[0] = re.split(r"\b(?:under|in|at|to|via|through|from|open|visit)\b", steps[0], flags=re.I)[-1].strip()
        arrows = bool(re.search(r">|＞|→|›|»|⟶|➔", run))
        if len(steps) < 2 or any(len(s) > 24 for s in steps[:-1]) or any(re.search(r"\d", s) for s in steps):
            continue
        first = phrase("path_root").sub("", steps[0]).strip()
        if not arrows and not (
            words("account").match(first) or words("settings").match(first) or words("security").match(first)
        ):
            continue
        steps = [phrase("behind_a_path").split(s)[0].strip() or s for s in steps]
        rest = [
            s for n, s in enumerate([first, *steps[1:]]) if s and not (n == 0 and _is_root(s) and not may_be_a_page(s))
        ]
        if rest and not phrase("breadcrumb_of_document").search(rest[-1]):
            found.append(tuple(rest))
    return found


def may_be_a_page(step: str) -> bool:
    """Whether the first step of a path may be a page of the account as well as the account itself."""
    return bool(phrase("path_step_of_my_data").search(step)) and _is_root(step)


def _is_root(step: str) -> bool:
    """Whether the first step of a path is the account itself."""
    hit = words("account").match(step)
    return bool(hit and hit.score >= 0.6) or bool(phrase("path_begins_at_account").search(step))
