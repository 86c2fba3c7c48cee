"""The option not to get personal results: finding it on a page, telling what it covers and how it stands, and operating it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from playwright.sync_api import Error as PlaywrightError

from gongping.consumer.guard import Effect
from gongping.consumer.walls import NotOffered
from gongping.lexicon import normalise, phrase, words
from gongping.observations.ranking import Option, Scope
from gongping.pages import finding
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

State = Literal["", "on", "off"]

_LONGEST_NAME = 48
"""Characters: what is longer is a sentence about the option, not its name (convention)."""

_LONGEST_ROW = 400
"""Characters: a setting with its explanation; what holds more is a page (convention)."""

_CLASS_ON = re.compile(r"(^|[-_ ])(on|active|checked|open|opened|selected|enabled|is-on|is-checked)([-_ ]|$)", re.I)
_CLASS_OFF = re.compile(r"(^|[-_ ])(off|closed|close|unchecked|inactive|disabled)([-_ ]|$)", re.I)
_TOGGLES = frozenset(("checkbox", "switch", "radio"))

_SAY_YES = (
    """() => { window.confirm = (m) => { (window.__gongping.confirmed ||= []).push(String(m)); return true; }; }"""
)
"""A person who wants it off answers the browser's own question with yes."""


@dataclass(frozen=True)
class Found:
    """An option on a page: its controls, and what was read around it."""

    option: Option
    controls: tuple[Seen, ...]


class Personalisation(Page):
    """Wherever the option stands."""

    place: ClassVar[str] = "account"

    def on_page(
        self,
        live: Live,
        *,
        clicks: int = 0,
        path: tuple[str, ...] = (),
        place: str = "",
        outside: frozenset[int] = frozenset(),
    ) -> tuple[Found, ...]:
        """Every option, and every remark on one, on the present page; `outside` are elements that don't count (cards)."""
        sight = live.sight
        found: dict[int, Found] = {}
        for anchor in _anchors(sight, outside):
            row = _row(sight, anchor)
            controls = tuple(s for s in _controls(sight, anchor, row) if s.index not in outside)
            if not controls and not phrase("off_by_contact").search(normalise(sight.text_of(row.index))):
                continue  # a remark, or the heading of a text
            key = controls[0].index if controls else anchor.index
            if key in found:
                continue
            name = _name(sight, anchor)
            around = normalise(sight.text_of(row.index)[:_LONGEST_ROW])
            option = Option(
                seen=controls[0] if controls else anchor,
                label=name,
                context=re.sub(r"\s+", " ", sight.text_of(row.index))[:240],
                place=place or self.place,
                url=sight.url,
                sight=sight.id,
                clicks=clicks,
                path=path,
                scope=scope_of(name, around),
                state=_state(sight, name, around, controls),
                operable=bool(controls),
                negative=bool(phrase("says_not_personalised").search(normalise(name))),
            )
            found[key] = Found(option, controls)
        return tuple(found.values())

    def turn(self, live: Live, found: Found, to: Literal["on", "off"], effect: Effect) -> tuple[str, ...]:
        """Operates the option, confirms what is asked, saves where that is needed. The questions that were asked come back.
        Raises NotOffered, Refused, Wall."""
        if found.option.state == to:
            return ()
        target = _to_press(live.sight, found, to)
        page = self.consumer.page
        page.evaluate(_SAY_YES)
        before = live.sight
        if target.tag == "select":
            value = next(
                (o.value for o in before.within(target.index) if o.tag == "option" and _says(o.text) == to), None
            )
            if value is None:
                raise NotOffered(f"{found.option.label!r} has no choice for {to}", self.place, page.url)
            element = live.element(target)
            with self.consumer.acting(f"personalisation {to}", effect):
                happened = self.consumer.watch(lambda: element.select_option(value=value))
        else:
            label = next((before.elements[i] for i in target.labels if before.elements[i].shown), None)
            press = target if target.shown and target.box.area > 16 else (label or target)
            happened = self.click(live, press, f"personalisation {to}: {found.option.label}", effect)
        asked = [d for d in happened.dialogs if d.startswith("confirm")]
        try:
            asked += page.evaluate("() => (window.__gongping && window.__gongping.confirmed || []).splice(0)")
        except PlaywrightError:
            asked += []
        if not happened.navigated and not happened.opened:
            asked += self._confirm(before, effect)
            if not happened.requests:
                self._save(found, effect)
        return tuple(asked)

    def _confirm(self, before: Sight, effect: Effect) -> list[str]:
        """Answers a layer that asks again: at most twice."""
        asked: list[str] = []
        known = {(s.tag, before.label_of(s)) for s in finding.controls(before)}
        for _ in range(2):
            live = self.look()
            fresh = [
                s
                for s in finding.controls(live.sight)
                if (s.tag, live.sight.label_of(s)) not in known and 0 < len(live.sight.label_of(s)) <= 16
            ]
            layered = [
                s
                for s in fresh
                if s.layer >= 0
                or any(a.modal or a.role in ("dialog", "alertdialog") for a in live.sight.ancestors(s.index))
            ]
            yes = next(
                (
                    s
                    for s in layered
                    if phrase("confirms_off").search(normalise(live.sight.label_of(s)))
                    and not phrase("keeps_on").search(live.sight.label_of(s))
                ),
                None,
            )
            if yes is None:
                return asked
            top = live.sight.elements[yes.layer] if yes.layer >= 0 else yes
            asked.append(live.sight.text_of(top.index)[:80])
            known |= {(s.tag, live.sight.label_of(s)) for s in fresh}
            self.click(live, yes, f"confirm: {live.sight.label_of(yes)}", effect)
        return asked

    def _save(self, found: Found, effect: Effect) -> None:
        """Presses the form's own button where a tick alone sends nothing."""
        live = self.look()
        seen = found.controls[0]
        if seen.role not in _TOGGLES and seen.tag != "select":
            return
        buttons = [
            s
            for s in finding.controls(live.sight, roles=("button",))
            if phrase("saves_settings").search(normalise(live.sight.label_of(s)))
        ]
        near = [
            s
            for s in buttons
            if (seen.form and s.form == seen.form) or (not seen.form and abs(s.box.y - seen.box.y) < 700)
        ]
        if near:
            self.click(live, near[0], f"save: {live.sight.label_of(near[0])}", effect)

    def again(self, live: Live, option: Option, outside: frozenset[int] = frozenset()) -> Found | None:
        """The same option on the page as it is now; its words may have turned from 关闭 to 开启."""
        here = [
            f
            for f in self.on_page(live, clicks=option.clicks, path=option.path, place=option.place, outside=outside)
            if f.option.operable
        ]
        bare = _bare(option.label)
        same = [f for f in here if _bare(f.option.label) == bare]
        return next(iter(same or [f for f in here if f.option.scope == option.scope]), None)


def _anchors(sight: Sight, outside: frozenset[int]) -> list[Seen]:
    """Elements whose own words name the option (or one for advertising only), the shortest first within a place."""
    found: list[Seen] = []
    for seen in sight.elements:
        if not seen.shown or seen.index in outside or seen.tag in ("#text", "title", "option"):
            continue
        said = (sight.label_of(seen) if seen.operable else seen.words).strip()
        if not said or len(said) > _LONGEST_NAME:
            continue
        if not _names_it(said):
            continue
        found.append(seen)
    nested = {a.index for s in found for a in sight.ancestors(s.index)}
    return [s for s in found if s.index not in nested or s.operable]


def _names_it(said: str) -> bool:
    said = normalise(said)
    if phrase("personalised_goods").search(said):
        return False
    concept = words("personalisation_switch")
    if concept.match(said) or words("personalisation_off").match(said):
        return True
    rejected = concept.rejects(said)
    if rejected and not phrase("about_advertising").search(said):
        return False
    return bool(phrase("about_personalisation").search(said))


def _row(sight: Sight, anchor: Seen) -> Seen:
    """The setting that an anchor belongs to: the largest container around it that says no more than one setting would."""
    row = anchor
    controls = 0
    if not anchor.operable and phrase("off_by_contact").search(normalise(anchor.words)):
        return anchor  # it says itself how: by asking somebody
    for a in list(sight.ancestors(anchor.index))[:5]:
        if a.tag in ("body", "html", "main") or len(sight.text_of(a.index)) > _LONGEST_ROW:
            break
        toggles = [s for s in sight.within(a.index) if _switchlike(s)]
        if controls and len(toggles) > max(controls, 2):
            break  # the next setting begins here
        row, controls = a, len(toggles)
        if toggles and a.tag in ("form", "li", "tr", "fieldset", "section"):
            break
    return row


def _switchlike(seen: Seen) -> bool:
    return (
        seen.role in (*_TOGGLES, "button", "tab")
        or seen.tag == "select"
        or (not seen.role and seen.operable and seen.tag not in ("label", "a"))
    )


def _controls(sight: Sight, anchor: Seen, row: Seen) -> list[Seen]:
    """What a person operates to use the option, the likeliest first: a toggle of the row, a button or link that says so."""
    inside = [s for s in sight.within(row.index) if not s.disabled]
    if anchor.operable and anchor.role in ("button", "switch", "checkbox", "tab"):
        return [anchor]  # it bears its own name
    toggles = [
        s
        for s in inside
        if (s.role in _TOGGLES and (s.shown or s.labels)) or (s.tag == "select" and s.shown and _chooses(sight, s))
    ]
    if toggles:
        return toggles
    shown = [s for s in inside if s.shown and s.operable and s.tag != "label"]
    verbs = [
        s
        for s in shown
        if (label := sight.label_of(s))
        and len(label) <= _LONGEST_NAME
        and (phrase("switches_off").search(normalise(label)) or phrase("switches_on").search(normalise(label)))
    ]
    named = [s for s in shown if (label := sight.label_of(s)) and len(label) <= _LONGEST_NAME and _names_it(label)]
    wordless = [s for s in shown if not sight.label_of(s) and 16 <= s.box.width <= 90 and 10 <= s.box.height <= 50]
    own = [anchor] if anchor.operable and anchor.role != "heading" else []
    chosen = verbs or named or own or wordless
    said = normalise(sight.text_of(row.index))
    if not verbs and phrase("off_by_contact").search(said):
        return []
    return [s for s in chosen if not s.href.startswith(("tel:", "mailto:"))]


def _chooses(sight: Sight, select: Seen) -> bool:
    """Whether a select's choices are on and off."""
    said = {_says(o.text) for o in sight.within(select.index) if o.tag == "option"}
    return {"on", "off"} <= said


def _name(sight: Sight, anchor: Seen) -> str:
    return re.sub(r"\s+", " ", sight.label_of(anchor) if anchor.operable else anchor.words).strip()


def _bare(label: str) -> str:
    """A name without verbs and states."""
    plain = normalise(label)
    plain = re.sub(r"[:：(（].*$", "", plain)
    plain = phrase("switches_on").sub("", phrase("switches_off").sub("", plain))
    return phrase("state_at_the_end").sub("", plain)


def scope_of(name: str, around: str) -> Scope:
    """What an option covers by its own words: search results, a feed only, advertising only, or it doesn't say. What its name says
    goes before what stands around it."""
    name, around = normalise(name), normalise(around)  # traditional characters fold
    for said in (name, around):
        says_search = bool(phrase("about_search").search(said)) and not phrase("search_left_out").search(said)
        if says_search:
            return "search"
        if phrase("about_advertising").search(said) and not phrase("about_recommending").search(said):
            return "ads"
        if phrase("about_feed").search(said):
            return "feed"
        if said is name and phrase("names_advertising").search(said):
            return "ads"
    return "unsaid"


def _says(label: str) -> State:
    """What a choice of a radio group or select stands for."""
    plain = normalise(label)
    if phrase("says_not_personalised").search(plain) or phrase("choice_off").match(plain):
        return "off"
    if phrase("choice_on").match(plain):
        return "on"
    return ""


def _flip(state: State, negative: bool) -> State:
    return state if not negative or not state else ("off" if state == "on" else "on")


def _state(sight: Sight, name: str, around: str, controls: Iterable[Seen]) -> State:
    """Whether results are personal now, as the option tells it; "" where it doesn't."""
    controls = tuple(controls)
    negative = bool(phrase("says_not_personalised").search(normalise(name)))
    if not controls:
        return ""
    radios = [s for s in controls if s.role == "radio"]
    if len(radios) > 1:
        chosen = next((s for s in radios if s.checked), None)
        return _says(_label_near(sight, chosen)) if chosen else ""
    first = controls[0]
    if first.tag == "select":
        option = next((o for o in sight.within(first.index) if o.tag == "option" and o.checked), None)
        return _says(option.text) if option else ""
    label = normalise(sight.label_of(first))
    if first.role in _TOGGLES and first.checked is not None:
        closes = bool(phrase("switches_off").search(label or normalise(name)))
        return _flip("on" if first.checked else "off", negative or closes)
    said_in_words = _in_words(around, negative)
    if said_in_words:
        return said_in_words
    if phrase("switches_off").search(label):
        return _flip("on", negative)
    if phrase("switches_on").search(label):
        return _flip("off", negative)
    if first.checked is not None:
        return _flip("on" if first.checked else "off", negative)
    dressed = " ".join(s.classes for s in [first, *sight.within(first.index)] if s.classes)
    if _CLASS_OFF.search(dressed) != _CLASS_ON.search(dressed) and not first.href:
        return _flip("off" if _CLASS_OFF.search(dressed) and not _CLASS_ON.search(dressed) else "on", negative)
    return ""


def _in_words(around: str, negative: bool) -> State:
    """A state that is written out: 个性化推荐：已开启."""
    written = phrase("if_it_were_switched").sub("", around)
    off, on = phrase("is_off").search(written), phrase("is_on").search(written)
    if bool(off) == bool(on):
        return ""
    return _flip("off" if off else "on", negative)


def _label_near(sight: Sight, seen: Seen | None) -> str:
    if seen is None:
        return ""
    if seen.labels:
        return sight.text_of(seen.labels[0])
    return sight.label_of(seen)


def _to_press(sight: Sight, found: Found, to: State) -> Seen:
    """Which of the option's controls brings it to `to`."""
    radios = [s for s in found.controls if s.role == "radio"]
    if len(radios) > 1:
        return next((s for s in radios if _says(_label_near(sight, s)) == to), radios[-1])
    if len(found.controls) > 1 and not any(s.role in _TOGGLES for s in found.controls):
        wanted = phrase("switches_off") if (to == "off") != found.option.negative else phrase("switches_on")
        return next((s for s in found.controls if wanted.search(normalise(sight.label_of(s)))), found.controls[0])
    return found.controls[0]


def leads_on(found: Found) -> bool:
    """Whether the control is only a way to the option (个性化推荐管理 >), not the option itself."""
    seen = found.controls[0] if found.controls else None
    if seen is None or seen.role in _TOGGLES or seen.tag == "select" or seen.form.startswith("post"):
        return False
    label = normalise(found.option.label)
    goes = seen.href.startswith("http") and not re.search(r"#[^/]*$", seen.href)
    return (
        goes
        and not phrase("switches_off").search(label)
        and not phrase("switches_on").search(label)
        and not found.option.negative
    )


def at(found: Found, **changes: object) -> Found:
    """The same with other facts about where it stands."""
    return Found(replace(found.option, **changes), found.controls)  # type: ignore[arg-type]
