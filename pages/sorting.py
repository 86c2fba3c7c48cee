"""The ways in which a list can be ordered: finds the controls (tabs, links, selects, menus, sheets), operates them, tells what followed.

For journeys: `controls(results, live)` finds them; `trial(results, live, control)` operates one and never raises for what a control
does (login, app, nothing): the control comes back with what happened, and the page as it is then; `apply` is `trial` for who only
wants the ordered list, and raises NotOffered where none came. `live` is always the present page; go back to the default list, or
on to the next control, as you like: a control is found again on the page that is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.consumer import Happened
from gongping.consumer.guard import Effect, Refused
from gongping.consumer.walls import NotOffered, Wall, is_login
from gongping.detectors import ranking
from gongping.lexicon import normalise, parse_count, phrase, words
from gongping.observations.ranking import SortControl, SortsSeen
from gongping.observations.results import Card
from gongping.pages import finding
from gongping.pages.results import Results
from gongping.pages.sort_controls import (
    ARROWS,
    instead,
    labels_around,
    merged,
    on_page,
    openers,
    plain,
    said_total,
    unclear,
)
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_MOST_OPENERS = 3
_TELLS = re.compile(r"log|track|beacon|collect|stat|metric|analy|report|expos|pixel|monitor|telemetry|sentry", re.I)


def controls(results: Results, live: Live) -> tuple[SortControl, ...]:
    """The sort controls of the list on the page, those in menus too (opened for looking, then left). A menu is opened only where
    price, sales or credit does not stand on the page itself."""
    found = _shown(results, live.sight)
    if {"price", "sales", "credit"} <= {c.key for c in found}:
        return found
    for opener in openers(live.sight, results.cards(live.sight), found)[:_MOST_OPENERS]:
        inside = _look_inside(results, live, opener, found)
        if inside:
            found = merged(found, inside)
            if {"price", "sales", "credit"} <= {c.key for c in found}:
                break
        live = results.look()
    return found


def _shown(results: Results, sight: Sight) -> tuple[SortControl, ...]:
    return on_page(sight, results.cards(sight))


def _look_inside(results: Results, live: Live, opener: Seen, known: tuple[SortControl, ...]) -> tuple[SortControl, ...]:
    """Opens (hovering first, where there is a pointer) and reads what appears. Nothing where it leads elsewhere."""
    label = live.sight.label_of(opener)[:40]
    here = results.consumer.page.url
    for way in ("hover", "click") if not results.consumer.device.touch else ("click",):
        try:
            if way == "hover":
                live.element(opener).hover(timeout=1500)
                results.consumer.settle(800)
            else:
                results.click(live, opener, f"open {label!r}", Effect.SESSION)
            now = results.look()
        except (Wall, Refused, PlaywrightError, LookupError) as error:
            results.consumer.journal.note("opener-stays", label=label, error=str(error).splitlines()[0])
            continue
        if results.consumer.page.url.split("#")[0] != here.split("#")[0]:
            return ()
        found = [
            c
            for c in _shown(results, now.sight)
            if not any(plain(k.label) == plain(c.label) and k.key == c.key for k in known)
        ]
        if found:
            _close(results)
            return tuple(replace(c, clicks=1, opener=label, opener_at=opener.box.centre) for c in found)
    _close(results)
    return ()


def _close(results: Results) -> None:
    """Lets go of an open menu: Escape, and the pointer moves away."""
    page = results.consumer.page
    try:
        page.keyboard.press("Escape")
        page.mouse.move(2, 2)
    except PlaywrightError:
        return
    results.consumer.settle(800)


# -- operating --------------------------------------------------------------------------------------------------------------


def apply(results: Results, live: Live, control: SortControl) -> Live:
    """The list in the order of `control`. Raises NotOffered where that is not to be had here (login, app, gone)."""
    tried, now = trial(results, live, control)
    if tried.blocked:
        raise NotOffered(f"{control.label!r}: {tried.why}", results.place, results.consumer.page.url)
    return now


_LIST_S = 3.0
"""Longest wait for the list in its new order (convention: a page that fills itself late)."""


def trial(results: Results, live: Live, control: SortControl) -> tuple[SortControl, Live]:
    """Operates a control: the control with what that did, and the page as it is then."""
    before = _keys(results, live.sight)
    url = results.consumer.page.url
    already = sorted_already(results.cards(live.sight), control)
    try:
        happened = _operate(results, live, control)
        now = results.look_until(lambda live: bool(results.cards(live.sight)) or is_login(live.sight), within_s=_LIST_S)
    except NotOffered as missing:
        return replace(control, blocked="gone", why=missing.detail), results.look()
    except Refused as refused:
        return replace(control, blocked="wall", why=str(refused)), results.look()
    except Wall as wall:
        return replace(control, blocked="login" if wall.name == "login" else "wall", why=str(wall)), _back(results, url)
    tried = _effect(results, live.sight, now.sight, control, keys=before, happened=happened)
    if not (tried.changed_order or tried.changed_request or tried.blocked):
        tried, now = _second_step(results, live.sight, now, control, before)
    if tried.blocked in ("login", "app"):
        results.consumer.journal.note("sort", control=control.label, blocked=tried.blocked)
    tried = replace(tried, sorted_already=already, sight_after=now.sight.id)
    if tried.blocked and not results.cards(now.sight):
        now = _back(results, url)
    return tried, now


def _back(results: Results, url: str) -> Live:
    """Back to the list that stood there before."""
    results.consumer.visit(url, results.place)
    return results.look()


def _keys(results: Results, sight: Sight) -> list[str]:
    return [c.key for c in results.cards(sight)]


def _operate(results: Results, live: Live, control: SortControl) -> Happened:
    """Finds the control on the present page (its menu opened where needed) and clicks or chooses it. Raises NotOffered, Wall."""
    consumer = results.consumer
    target = _again(results, live.sight, control)
    if target is None and control.kind == "control":
        live = _open(results, live, control)
        target = _again(results, live.sight, control)
    if target is None or target.seen is None:
        raise NotOffered(f"{control.label!r} is no longer there", results.place, consumer.page.url)
    seen = target.seen
    if target.kind == "select":
        select = next(a for a in live.sight.ancestors(seen.index) if a.tag == "select")
        element = live.element(select)
        with consumer.acting(f"sort: {control.label}", Effect.SESSION):
            happened = consumer.watch(lambda: element.select_option(value=seen.value))
        if not happened.navigated and not happened.requests:
            happened = _press_go(results, select) or happened
        return happened
    label = (
        next((live.sight.elements[i] for i in seen.labels if live.sight.elements[i].shown), None)
        if seen.kind == "radio"
        else None
    )
    return results.click(live, label or seen, f"sort: {control.label}", Effect.SESSION)


def _press_go(results: Results, select: Seen) -> Happened | None:
    """A select that waits for its button."""
    live = results.look()
    buttons = [
        s
        for s in finding.controls(live.sight, roles=("button",))
        if s.shown and abs(s.box.centre[1] - select.box.centre[1]) < 60 and s.box.gap(select.box) < 200
    ]
    button = next((s for s in buttons if phrase("applies_choice").match(normalise(live.sight.label_of(s)))), None)
    return results.click(live, button, "sort: confirm", Effect.SESSION) if button else None


def _again(results: Results, sight: Sight, control: SortControl) -> SortControl | None:
    """The same control on the page as it is now. Its arrow or direction may have turned over."""
    visible = [c for c in _shown(results, sight) if c.key == control.key]
    same = [c for c in visible if plain(c.label) == plain(control.label)]
    turned = [c for c in visible if c.kind == control.kind and not control.direction and not c.direction]
    for c in (*[c for c in same if c.direction == control.direction], *same, *turned):
        return c
    return None


def _open(results: Results, live: Live, control: SortControl) -> Live:
    """Opens the menu that holds a control: the one of that name, or where it stood (its label may by now name the order in force)."""
    opener = control.opener
    candidates = openers(live.sight, results.cards(live.sight), ())
    same = [s for s in candidates if plain(live.sight.label_of(s)) == plain(opener)]
    there = [
        s
        for s in finding.controls(live.sight)
        if control.opener_at and s.tag != "select" and _stands_at(s, control.opener_at)
    ]
    for seen in list({s.index: s for s in [*same, *there[-1:], *candidates]}.values())[:3]:
        known = len(_shown(results, live.sight))
        if not results.consumer.device.touch:
            try:
                live.element(seen).hover(timeout=1500)
                results.consumer.settle(800)
            except (PlaywrightError, LookupError):
                continue
            now = results.look()
            if len(_shown(results, now.sight)) > known:
                return now
        results.click(live, seen, f"open {opener!r}", Effect.SESSION)
        now = results.look()
        if len(_shown(results, now.sight)) > known:
            return now
    return results.look()


def _stands_at(seen: Seen, at: tuple[float, float]) -> bool:
    x, y = seen.box.centre
    return abs(x - at[0]) < 60 and abs(y - at[1]) < 24 and seen.box.height < 90


def _effect(
    results: Results, before: Sight, now: Sight, control: SortControl, *, keys: list[str], happened: Happened
) -> SortControl:
    """What operating the control did."""
    cards = results.cards(now)
    if is_login(now) and not is_login(before):
        return replace(control, blocked="login", why="登录后才能使用")
    asked = _new_text(before, now)
    order = ranking.order_changed(keys, [c.key for c in cards])
    if not order and not _asked_else(happened):
        app = next((line for line in asked if _sends_to_app(line)), None)
        app = app or next(
            (line for line in now.text.splitlines() if phrase("only_in_app").search(line) and len(line) <= 60), None
        )
        if app:
            return replace(control, blocked="app", why=app.strip())
    told = next((line for line in asked if len(line) <= 60 and words("login").match(line)), None)
    if told and not order and not _asked_else(happened):
        return replace(control, blocked="login", why=told)
    if not cards:
        return replace(control, blocked="wall", why="no list came")
    return replace(
        control, changed_order=order, changed_request=_asked_else(happened), why=_request_of(happened) or control.why
    )


def _sends_to_app(line: str) -> bool:
    return len(line) <= 60 and bool(words("app_download").match(line) or phrase("only_in_app").search(line))


def _new_text(before: Sight, now: Sight) -> list[str]:
    known = set(before.text.splitlines())
    return [line.strip() for line in now.text.splitlines() if line.strip() and line not in known]


def _asked_else(happened: Happened) -> bool:
    return bool(_request_of(happened))


def _request_of(happened: Happened) -> str:
    """The address or request by which another order was asked for; "" where there is none (a counter that is told of a click does
    not count, nor the same page once more)."""
    if _address(happened.after) != _address(happened.before):
        return happened.after
    for request in happened.requests:
        method, _, url = request.partition(" ")
        if _address(url) == _address(happened.before) and method == "GET":
            continue
        if not _TELLS.search(urlsplit(url).path) and not re.search(
            r"\.(js|css|png|jpe?g|svg|woff2?)$", urlsplit(url).path
        ):
            return url
    return ""


def _address(url: str) -> tuple[str, str, tuple[tuple[str, str], ...], str]:
    parts = urlsplit(url)
    query = tuple(
        sorted(
            (k, v)
            for k, v in parse_qsl(parts.query, keep_blank_values=True)
            if not re.match(r"_|t$|ts$|spm|utm|timestamp|trace", k, re.I)
        )
    )
    return parts.netloc, parts.path, query, parts.fragment if re.search(r"[/=]", parts.fragment) else ""


def _second_step(
    results: Results, before: Sight, live: Live, control: SortControl, keys: list[str]
) -> tuple[SortControl, Live]:
    """Nothing followed the click itself: a choice may have opened (价格 -> 从低到高), a sheet may wait for 确定, or it was a filter."""
    opened = [
        c
        for c in _shown(results, live.sight)
        if c.key == control.key and c.seen and plain(c.label) != plain(control.label)
    ]
    known = {plain(before.label_of(s)) for s in finding.controls(before)}
    opened.sort(key=lambda c: bool(control.direction) and c.direction != control.direction)
    steps = [c.seen for c in opened if c.seen and plain(c.label) not in known]
    sheets = {c.seen.layer for c in _shown(results, live.sight) if c.seen and c.seen.layer >= 0}
    layer = [
        s
        for s in finding.controls(live.sight)
        if phrase("applies_choice").match(label := plain(live.sight.label_of(s)))
        and (label not in known or s.layer in sheets)
    ]
    opening = live
    for seen in (*steps[:1], *layer[:1]):
        happened = results.click(opening, seen, f"sort: {opening.sight.label_of(seen)[:40]}", Effect.SESSION)
        now = results.look()
        tried = _effect(results, before, now.sight, control, keys=keys, happened=happened)
        if tried.changed_order or tried.changed_request or tried.blocked:
            return tried, now
        live = now
    fields = [
        f
        for f in finding.fields(live.sight)
        if phrase("price_range_field").search(f"{f.name} {f.placeholder} {f.field_name}")
    ]
    appeared = [f for f in fields if not any(s.box == f.box and s.shown for s in before.elements)]
    tried = _effect(
        results, before, live.sight, control, keys=keys, happened=Happened(live.sight.url, live.sight.url, False)
    )
    if appeared or (not opened and _panel(before, live.sight)):
        tried = replace(tried, blocked="filter", changed_order=None, why="opens a filter")
        _close(results)
    return tried, live


def _panel(before: Sight, now: Sight) -> bool:
    """Whether boxes to tick, or a range, appeared: the control narrows the list."""

    def boxes(sight: Sight) -> int:
        return sum(1 for s in sight.elements if s.shown and s.role in ("checkbox", "slider"))

    return boxes(now) > boxes(before) + 1


def sorted_already(cards: tuple[Card, ...], control: SortControl) -> bool | None:
    """Whether the list stands in the order of `control` by what its cards display; None where they don't tell."""
    if control.key == "price":
        values = [c.price for c in cards]
        ways = {"asc": (False,), "desc": (True,), "": (False, True)}[control.direction]
        told = [ranking.monotone(values, descending=way) for way in ways]
        return None if None in told else any(told)
    concept = {"sales": "sold_count", "credit": "rating"}.get(control.key)
    if concept is None:
        return None
    return ranking.monotone([_displayed(c.text, concept) for c in cards], descending=True)


def _displayed(text: str, concept: str) -> float | None:
    """The number that a card displays for a key of sorting."""
    hit = words(concept).match(text)
    if hit is None:
        return None
    said = normalise(text)[hit.start : hit.end]
    if concept == "rating":
        number = re.search(r"\d+(\.\d+)?", said)
        return float(number[0]) if number else None
    count = parse_count(said)
    return None if count is None else float(count)


After = Callable[[SortControl, Live, bool], Live]
"""Told of each list that a control gave, and whether it was the second time; returns the page as it is then."""


def read(results: Results, live: Live, after: After | None = None) -> SortsSeen:
    """All sort controls of the list, each operated once, from the default order each time where that is cheap to have: the control
    that was found in force comes last. The page is left in the last order. With `after`, the price is ordered the other way as well,
    by the control for that or by pressing the same one again."""
    sight = live.sight
    cards = results.cards(sight)
    found = controls(results, live)
    live = results.look()
    tried: list[SortControl] = []
    for control in _worth_trying(found):
        if control.current and control.key == "default":
            tried.append(control)
            continue
        done, live = trial(results, live, control)
        tried.append(done)
        if after and not done.blocked:
            live = after(done, live, False)
            if control.key == "price":
                live = _other_way(results, live, control, found, after)
    operated = {(c.key, c.direction, c.label) for c in tried}
    rest = [c for c in found if (c.key, c.direction, c.label) not in operated]
    return SortsSeen(
        query=results.query,
        url=sight.url,
        sight=sight.id,
        results=max(len(cards), said_total(sight)) if cards else 0,  # without a list there is no place for its controls
        controls=(*tried, *rest),
        read=tuple(labels_around(sight, cards)),
        note=instead(sight, cards),
        near=tuple(unclear(sight, cards)),
    )


def _other_way(
    results: Results, live: Live, control: SortControl, found: tuple[SortControl, ...], after: After
) -> Live:
    """The price the other way round, for `after` only: whether a second press does anything is no question of what is offered."""
    twin = next((c for c in found if c.key == "price" and c.direction and c.direction != control.direction), None)
    turns = control.kind == "control" and not (control.direction and not ARROWS.search(control.label))
    if twin is None and not turns:
        return live
    done, live = trial(
        results, live, twin or replace(control, direction="desc" if control.direction != "desc" else "asc")
    )
    if done.blocked or not (done.changed_order or done.changed_request):
        return live
    return after(replace(done, label=control.label) if twin is None else done, live, twin is None)


def label_now(results: Results, sight: Sight, control: SortControl) -> str:
    """What a control says on the page as it is now; "" where it is not there."""
    again = _again(results, sight, control)
    return again.label if again else ""


def _worth_trying(found: tuple[SortControl, ...]) -> Iterator[SortControl]:
    """The keys that the norm names, each in one direction, and a new-first order: one operation a key."""
    for key in ("price", "sales", "credit", "new", "default"):
        of_key = [c for c in found if c.key == key]
        yield from of_key[:1]
