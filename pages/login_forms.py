"""Login forms as they stand on a page: which fields and which button, told from registration, search and newsletters."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongping.lexicon import words
from gongping.pages import finding
from gongping.sight.model import Seen, Sight


@dataclass(frozen=True)
class LoginForm:
    """A login form as it stands: the field for the name, the one for the password (either may come first alone), the button."""

    container: int
    name: Seen | None
    password: Seen | None
    button: Seen | None
    code: Seen | None
    score: float


def logout_control(sight: Sight) -> Seen | None:
    """A control that ends the session: only who is signed in is shown one."""
    for seen in sight.elements:
        if not (seen.shown and seen.operable):
            continue
        label = sight.label_of(seen)
        hit = words("logout").match(label) if 0 < len(label) <= 24 else None
        if hit and hit.score >= 0.6:
            return seen
    return None


def sign_of_session(sight: Sight) -> str:
    """What shows, without knowing who, that somebody is signed in: a way to sign out, or that nothing offers to sign in. "" where
    nothing does."""
    if any(form.password for form in forms(sight)):
        return ""
    if out := logout_control(sight):
        return f"a control to sign out: {sight.label_of(out)!r}"
    if not login_controls(sight) and not looks_like_login(sight) and len(sight.text) > 80:
        return "no offer to sign in"
    return ""


def login_controls(sight: Sight) -> list[Seen]:
    """Controls of the page that offer to sign in."""
    return [
        s
        for s in finding.controls(sight)
        if 0 < len(label := sight.label_of(s)) <= 24
        and (hit := words("login").match(label))
        and hit.score >= 0.6
        and not words("logout").match(label)
    ]


def forms(sight: Sight) -> list[LoginForm]:
    """Login forms of the page, the likeliest first. A registration form is none."""
    found: dict[int, LoginForm] = {}
    for seen in sight.elements:
        if seen.shown and seen.kind == "password" and not seen.disabled:
            container = _container(sight, seen)
            if container not in found:
                found[container] = _read_form(sight, container)
    if not found:  # the name first, the password on the next page
        for seen in finding.fields(sight):
            container = _container(sight, seen)
            form = _read_form(sight, container) if container not in found else None
            if form and form.name and form.button and _says_login(sight, form):
                found[container] = form
    return sorted((f for f in found.values() if f.score > -0.5), key=lambda f: -f.score)


def _says_login(sight: Sight, form: LoginForm) -> bool:
    """Whether a form without a password is the first half of a login, and no search or newsletter."""
    assert form.name is not None
    around = f"{sight.title} {sight.text_of(form.container)[:300]}"
    address = re.search(
        r"log-?in|sign-?in|passport|auth", f"{sight.url} {form.name.form} {sight.elements[form.container].ident}", re.I
    )
    if form.name.role == "searchbox" or words("search").match(form.name.name):
        return False
    return bool(address or form.name.kind in ("email", "tel") or form.name.field_name) and bool(
        words("login").contains(around)
    )


def _container(sight: Sight, field: Seen) -> int:
    """The form that a field belongs to; in div soup, the nearest ancestor with another field or a button."""
    chain = list(sight.ancestors(field.index))
    form = next((a for a in chain if a.tag == "form" or a.role == "form"), None)
    if form:
        return form.index
    for a in chain:
        inside = [s for s in sight.within(a.index) if s.shown]
        typed = [s for s in inside if s.role == "textbox" and s.index != field.index]
        pressed = [
            s for s in inside if s.operable and s.role != "textbox" and words("login").match(sight.label_of(s)[:40])
        ]
        if pressed and (typed or len(inside) > 40):
            return a.index
    return chain[-1].index if chain else field.index


def _read_form(sight: Sight, container: int) -> LoginForm:
    inside = [s for s in sight.within(container) if s.shown and not s.disabled]
    passwords = [s for s in inside if s.kind == "password"]
    typed = [
        s
        for s in inside
        if s.role in ("textbox", "combobox", "spinbutton") and s.tag != "select" and s.kind != "password"
    ]
    codes = [
        s
        for s in typed
        if words("challenge_code").match(f"{s.name} {s.placeholder}")
        or re.search(r"captcha|otp|vcode|verif", finding.makers(s), re.I)
    ]
    names = [s for s in typed if s not in codes and s.role != "searchbox"]
    password = passwords[0] if passwords else None
    before = [s for s in names if password is None or s.index < password.index]
    buttons = _buttons(sight, inside)
    score = 0.0
    if buttons:
        label = sight.label_of(buttons[0])
        signs_in, joins = words("login").match(label), words("register").match(label)
        score += (signs_in.score if signs_in else 0.0) - (
            joins.score if joins and (not signs_in or joins.score > signs_in.score) else 0.0
        )
    score -= 0.8 * max(0, len(passwords) - 1) + 0.2 * max(0, len(names) - 1)
    made = " ".join(finding.makers(s) for s in (sight.elements[container], *passwords, *names))
    score += 0.4 if re.search(finding.MAKERS_WORDS["login"], made, re.I) else 0.0
    score -= 0.4 if re.search(finding.MAKERS_WORDS["register"] + "|confirm|repeat", made, re.I) else 0.0
    name = before[-1] if before else (names[0] if names and password is None else None)
    return LoginForm(container, name, password, buttons[0] if buttons else None, codes[0] if codes else None, score)


def _buttons(sight: Sight, inside: list[Seen]) -> list[Seen]:
    """What sends the form: login words first, then a submit button, then whatever else looks like the button."""

    def worth(s: Seen) -> float:
        label = sight.label_of(s)
        hit = words("login").match(label) or words("next_step").match(label)
        how = 1.0 if s.kind == "submit" else 0.5 if s.role == "button" or s.tag == "button" else 0.0
        off = (
            2.0
            if s.role in ("tab", "link", "checkbox", "radio") or s.href or words("challenge_code").match(label)
            else 0.0
        )
        return (hit.score if hit else 0.0) + how - off

    pressed = [
        s
        for s in inside
        if (
            s.operable
            and s.role not in ("textbox", "searchbox", "combobox", "checkbox", "radio", "option")
            and s.tag not in ("label", "input")
        )
        or s.kind in ("submit", "image")
    ]
    return sorted((s for s in pressed if worth(s) > 0), key=lambda s: (-worth(s), -s.index))


def label_around(sight: Sight, box: Seen) -> str:
    """The words that go with a tick box: its name, its labels, else what stands beside it."""
    said = " ".join([box.name, *(sight.text_of(i) for i in box.labels)]).strip()
    if len(said) > 3:
        return said
    for a in list(sight.ancestors(box.index))[:3]:
        near = sight.text_of(a.index)
        if len(near) > 3:
            return near[:200]
    return said


def looks_like_login(sight: Sight) -> bool:
    """Whether the page's address, title or a heading says that it is for signing in."""
    if re.search(r"log-?in|sign-?in|passport", sight.url, re.I) or words("login").match(sight.title):
        return True
    return any(
        s.shown and (s.role in ("heading", "dialog", "tab") or s.modal) and words("login").match(sight.label_of(s)[:40])
        for s in sight.elements
    )


def icon_bar(sight: Sight) -> list[Seen]:
    """The icons of a bar that has no words, from left to right: three to six alike, side by side, at an edge of the view."""
    rows: dict[int, list[Seen]] = {}
    for s in finding.controls(sight):
        if (
            not re.sub(r"^\d{1,3}\+?$", "", sight.label_of(s).strip())  # a number in a badge is no word
            and 12 <= s.box.height <= 90
            and s.box.width >= 12
            and s.role not in ("textbox", "searchbox")
        ):
            rows.setdefault(s.parent, []).append(s)
    bars = [r for r in rows.values() if 3 <= len(r) <= 6 and max(s.box.y for s in r) - min(s.box.y for s in r) < 6]
    edge = [
        r for r in bars if r[0].layer >= 0 or r[0].box.y - sight.scroll[1] > sight.viewport[1] - 120 or r[0].box.y < 120
    ]
    return sorted(edge[0], key=lambda s: s.box.x) if edge else []
