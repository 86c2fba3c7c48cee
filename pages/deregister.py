"""The way out of a platform, walked up to the last click: what it asks, says, holds back with. `leaving.py` goes further."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Request, Route

from gongping.consumer.consumer import Happened
from gongping.consumer.guard import Effect, Refused, body_of, effect_of_request
from gongping.consumer.walls import NotOffered, Wall, WallName, wall_of_status
from gongping.detectors.rights import topics_of
from gongping.lexicon import phrase, words
from gongping.lexicon.text import fold
from gongping.observations.account import DeregButton, DeregField, Deregistration, DeregStep, RightEntry
from gongping.observations.documents import Document
from gongping.pages import consent, finding, layers
from gongping.pages.account_ways import bare, framed, on_a_line
from gongping.pages.documents import Documents, main_part
from gongping.pages.login import forget_secrets
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight
from gongping.targets import Credentials

STEPS_MAX = 9
"""Steps of a way out that are walked at most (convention: past that it is a loop)."""

_FIELD_KINDS = (
    ("waiver", "dereg_asks_waiver"),
    ("document", "dereg_asks_document"),
    ("history", "dereg_asks_history"),
    ("code", "dereg_asks_code"),
    ("password", "asks_password"),
    ("phone", "dereg_asks_phone"),
    ("email", "dereg_asks_email"),
    ("reason", "dereg_asks_reason"),
    ("consent", "dereg_asks_consent"),
)
"""What a field asks for, and the phrase that its label has then; the first counts."""


class Deregister(Page):
    """The flow behind an entry."""

    place: ClassVar[str] = "deregister"

    def walk(self, account: str, entry: RightEntry, read: frozenset[str] = frozenset()) -> Deregistration:
        """From the entry to the last click. A wall on the way ends it and is noted. Notices that were `read` already (addresses)
        are not read again."""
        self._stopped: list[str] = []
        self._steps: list[DeregStep] = []
        self._links: dict[str, str] = {}
        self._verified = False
        self._code_refused = ""
        self._agreed = False
        with self._within_bounds():
            try:
                ended, why = self._walk(account, entry)
            except Refused as refused:
                ended, why = "refused", str(refused)
            except Wall as wall:
                self.attempt.stop(wall, self.place)
                ended, why = "wall", str(wall)
            finally:
                forget_secrets(self.consumer)
        notices = self._read_notices(read)
        return Deregistration(
            account, entry, tuple(self._steps), ended, why, self._verified, self._code_refused, notices
        )

    @contextmanager
    def _within_bounds(self) -> Iterator[None]:
        """Whatever the mode allows: no request that ends an account leaves the browser here."""

        def handle(route: Route, request: Request) -> None:
            if effect_of_request(request.method, request.url, body_of(request)) is Effect.COMMITMENT:
                self._stopped.append(f"{request.method} {request.url}")
                self.consumer.journal.note(
                    "stopped", method=request.method, url=request.url, why="the last click of deregistration"
                )
                route.abort("blockedbyclient")
                return
            route.fallback()

        self.consumer.context.route("**/*", handle)
        try:
            yield
        finally:
            self.consumer.context.unroute("**/*", handle)

    # -- walking -------------------------------------------------------------------------------------------------------------

    def _walk(self, account: str, entry: RightEntry) -> tuple[str, str]:
        if entry.disabled:
            return "blocked", f"入口“{entry.label}”不可点击"
        self._start(entry)
        who = self.attempt.target.account(account) if self.attempt.target.accounts[account].has_form else None
        origin = entry.url
        known: set[str] = set()
        for number in range(1, STEPS_MAX + 1):
            try:
                live = self.look(pictures="page", screens=2, glyphs=True)
            except Wall as wall:
                said = wall.detail.removeprefix("the page says ").strip("'\"")
                if said == wall.detail or not phrase("names_account_or_leaving").search(said):
                    raise
                # a short page that says no in words of its own is the flow's answer, and no wall of the site
                self._steps.append(DeregStep(number, self.consumer.page.url, "", "", said))
                return "blocked", said
            if number == 1:
                self.reached(live, f"{live.sight.title[:40]!r}")
            root = part(live.sight)
            step, last, onward = self._read(live, root, number, origin)
            above = list(live.sight.ancestors(root.index)) if root else []
            while above and not last and not onward:  # the words were found apart from the buttons
                root = above.pop(0)
                step, last, onward = self._read(live, root, number, origin)
            print_of = f"{step.url}|{hash(step.text)}"
            if print_of in known:
                self._steps.append(step)
                return "stuck", f"第{number}步又回到了前面的页面"
            known.add(print_of)
            if not last and not onward:
                self._steps.append(step)
                return self._no_way_on(live, step)
            if last and not (onward and _asks_no_proof(step) and not self._verified and _is_mild(onward.label)):
                if not any(f.purpose in ("document", "history", "question") for f in step.fields):
                    self._try_code(live, step)
                return self._at_the_last(live, step, last, who)
            assert onward is not None
            cannot = [
                f
                for f in step.fields
                if f.required and f.purpose in ("document", "history", "question", "other", "phone", "email")
            ]
            if cannot:
                self._try_code(live, step)
                self._steps.append(step)
                return "demands", "要求填写或者上传：" + "、".join(dict.fromkeys(f.label for f in cannot))
            why = self._pass(live, step, onward, who)
            if why:
                return why
        return "stuck", f"走过 {STEPS_MAX} 步仍未到达最后一步"

    def _at_the_last(self, live: Live, step: DeregStep, last: DeregButton, who: Credentials | None) -> tuple[str, str]:
        """The last click lies before the consumer."""
        self._steps.append(step)
        return "last_click", f"到达最后一步“{last.label}”，未点击"

    def _asked_in_a_dialog(self, live: Live, onward: DeregButton, said: str, *, proven: bool) -> tuple[str, str]:
        """The browser's own dialog asked whether the account shall go; it was dismissed."""
        return ("last_click" if proven else "stuck"), f"弹出确认框“{said[:60]}”，未确认"

    def _start(self, entry: RightEntry) -> None:
        if entry.href.startswith("http"):
            self.consumer.visit(entry.href, self.place)
            return
        if self.consumer.page.url != entry.url:
            self.consumer.visit(entry.url, self.place)
        live = self.look()
        control = next((s for s in finding.controls(live.sight) if live.sight.label_of(s).strip() == entry.label), None)
        if control is None:
            raise NotOffered(f"the entry {entry.label!r} is not there again", self.place, entry.url)
        self.click(live, control, f"open {entry.label!r}", Effect.SESSION)
        self.consumer.check_status(self.place)

    def _read(
        self, live: Live, root: Seen | None, number: int, origin: str
    ) -> tuple[DeregStep, DeregButton | None, DeregButton | None]:
        sight = live.sight
        inside = [s for s in (sight.within(root.index) if root else sight.elements)]
        text = sight.text_of(root.index) if root else sight.text
        dialog = bool(root and (root.modal or root.role in ("dialog", "alertdialog") or root.fixed == "fixed"))
        asked = tuple(_fields(sight, inside))
        buttons = tuple(_buttons(sight, inside, origin))
        for s in inside:
            label = sight.label_of(s)
            if (
                s.href.startswith("http")
                and s.shown
                and len(label) <= 40
                and topics_of(label) == ("deregister",)
                and phrase("dereg_notice").search(label)
            ):
                self._links.setdefault(s.href, label)
        last = next((b for b in buttons if b.kind == "last"), None)
        onward = next((b for b in buttons if b.kind == "onward"), None)
        backs = [b for b in buttons if b.kind == "back"]
        step = DeregStep(
            number,
            self.consumer.page.url,
            sight.title,
            sight.id,
            text[:6000],
            asked,
            buttons,
            dialog=dialog,
            retains=bool(backs)
            and len(text) < 900
            and bool(phrase("dereg_retains").search(" ".join([text[:300], *(b.label for b in buttons)]))),
        )
        return step, last, onward

    def _no_way_on(self, live: Live, step: DeregStep) -> tuple[str, str]:
        """What a page without a way on is: a block, an offline way, or a puzzle."""
        said = [line for line in step.text.splitlines() if phrase("dereg_blocked").search(line)]
        disabled = [
            s
            for s in live.sight.elements
            if s.disabled
            and s.shown
            and s.role in ("button", "link")
            and topics_of(live.sight.label_of(s)) == ("deregister",)
        ]
        if disabled:
            return "blocked", f"“{live.sight.label_of(disabled[0])}”不可点击" + (f"：{said[0][:80]}" if said else "")
        if any(
            h.key in ("offline_only", "paper", "in_person", "office_hours")
            for h in words("dereg_unreasonable").find_all(step.text)
        ) or phrase("dereg_by_call_or_post").search(step.text):
            return "offline", "页面上没有在线注销的控件"
        if said:
            return "blocked", said[0][:120]
        return "stuck", "页面上没有可以继续的控件"

    def _pass(
        self, live: Live, step: DeregStep, onward: DeregButton, who: Credentials | None
    ) -> tuple[str, str] | None:
        """Fills what can be filled and goes on; where that ends the walk, how."""
        proof = [f for f in step.fields if f.purpose in ("password", "code")]
        if any(f.purpose == "code" for f in proof):
            self._try_code(live, step)
        answers: list[str] = [self._code_refused] if self._code_refused else []
        if self._code_refused and all(f.purpose == "code" for f in proof):
            self._steps.append(_with(step, answers, ""))
            return "stuck", f"验证码发送失败：{self._code_refused}"
        if who is None and any(f.purpose == "password" for f in proof):
            raise Wall(
                WallName.LOGIN,
                "the way out asks for a password, and the account has only a kept session: give it username and password, too",
                self.place,
                self.consumer.page.url,
            )
        for f in step.fields:
            self._answer(live, f, proof, who)
        before, url = live.sight.text, self.consumer.page.url
        if onward.href.startswith("http") and effect_of_request("GET", onward.href) is not Effect.COMMITMENT:
            self.consumer.visit(onward.href, self.place)
        else:
            happened = self._press(live, onward.seen, f"go on by {onward.label!r}", Effect.SESSION)
            answers += list(happened.dialogs)
            if self._stopped:
                self._steps.append(_with(step, answers, onward.label))
                return "last_click", f"“{onward.label}”会提交注销请求，已拦截"
            if any(phrase("dereg_asks_again").search(d) for d in happened.dialogs):
                self._steps.append(_with(step, answers, onward.label))
                return self._asked_in_a_dialog(live, onward, happened.dialogs[-1], proven=self._verified or bool(proof))
        refused = wall_of_status(self.consumer.status) if self.consumer.page.url != url else None
        if refused:
            self._steps.append(_with(step, answers, onward.label))
            raise Wall(refused[0], refused[1], self.place, self.consumer.page.url)
        now = self.look()
        if proof:
            if self.consumer.page.url == url and any(s.shown and s.kind == "password" for s in now.sight.elements):
                said = next(
                    (
                        line
                        for line in now.sight.text.splitlines()
                        if line not in before and phrase("dereg_refusal").search(line)
                    ),
                    "",
                )
                forget_secrets(self.consumer)
                self._steps.append(_with(step, [*answers, said], onward.label))
                return "stuck", f"身份核验未通过：{said or '页面没有说明'}"
            self._verified = True
        self._steps.append(_with(step, answers, onward.label))
        if now.sight.text == before and self.consumer.page.url == url:
            return "stuck", f"点击“{onward.label}”后没有反应"
        return None

    def _press(self, live: Live, seen: Seen, what: str, effect: Effect) -> Happened:
        """Presses a button of the flow; where the page then asks for a tick in a box that is drawn, ticks it and presses again."""
        happened = self.click(live, seen, what, effect)
        if happened.navigated or self._agreed:
            return happened
        known = set(live.sight.text.splitlines())
        try:
            now = self.look()
        except Wall:  # a short page of its own: who asked reads it
            return happened
        fresh = [line for line in now.sight.text.splitlines() if line not in known]
        if not any(phrase("demands_agreement").search(said) for said in (*fresh, *happened.dialogs)):
            return happened
        label = live.sight.label_of(seen)
        again = next((s for s in finding.controls(now.sight) if now.sight.label_of(s) == label), None)
        if again is None or not consent.tick_drawn(self.consumer, now):
            return happened
        self._agreed = True
        return self.click(now, again, f"{what}, again", effect)

    def _answer(self, live: Live, field: DeregField, proof: list[DeregField], who: Credentials | None) -> None:
        consumer = self.consumer
        try:
            if field.purpose == "password" and who:
                consumer.fill(live, field.seen, who.password, secret=True)
            elif field.purpose == "code" and (code := self.attempt.target.code()):
                consumer.fill(live, field.seen, code, secret=True)
            elif field.purpose in ("consent", "waiver") and not field.seen.checked:
                with consumer.acting(f"tick {field.label[:20]!r}", Effect.SESSION):
                    live.element(field.seen).evaluate("e => { if (!e.checked) e.click() }")
            elif field.purpose == "reason":
                self._choose_reason(live, field)
        except (LookupError, PlaywrightError, NotOffered) as error:
            consumer.journal.note("not-filled", field=field.label, error=str(error).splitlines()[0])

    def _choose_reason(self, live: Live, field: DeregField) -> None:
        element = live.element(field.seen)
        with self.consumer.acting(f"choose {field.label[:20]!r}", Effect.SESSION):
            if field.seen.tag == "select":
                element.evaluate(
                    "e => { e.selectedIndex = Math.min(1, e.options.length - 1); e.dispatchEvent(new Event('change', { bubbles: true })) }"
                )
            elif field.seen.role in ("radio", "checkbox"):
                element.evaluate("e => e.click()")
            else:
                element.fill("不再使用" if self.locale.startswith("zh") else "no longer needed")

    def _try_code(self, live: Live, step: DeregStep) -> None:
        """Asks for a code where one is demanded, and notes a refusal that comes twice."""
        if not any(f.purpose == "code" for f in step.fields) or self._code_refused:
            return
        control = next(
            (
                s
                for s in finding.controls(live.sight)
                if s.tag not in ("label", "input") and phrase("code_sender").search(live.sight.label_of(s)[:20])
            ),
            None,
        )
        if control is None:
            return
        said = ""
        for _ in range(2):
            before = set(live.sight.text.splitlines())
            try:
                happened = self.click(live, control, "ask for a code", Effect.SESSION)
            except NotOffered:
                return
            try:
                now = self.look()
            except Wall as wall:  # a short page that says "busy" looks like a wall of its own
                said = wall.detail.removeprefix("the page says ").strip("'\"")
                continue
            fresh = [
                line
                for line in now.sight.text.splitlines()
                if line not in before and phrase("dereg_refusal").search(line) and len(line) < 80
            ]
            said = next(iter([*fresh, *(d for d in happened.dialogs if phrase("dereg_refusal").search(d))]), "")
            if not said:
                return
        self._code_refused = said.split(": ", 1)[-1]

    def _read_notices(self, known: frozenset[str]) -> tuple[Document, ...]:
        """The notices of deregistration that the steps link to."""
        read: list[Document] = []
        documents: Documents = self.attempt.pages.Documents(self.consumer, self.attempt)
        for href, label in [(h, n) for h, n in self._links.items() if h not in known][:2]:
            try:
                self.consumer.visit(href, "documents")
                read.append(documents.read(documents.look(pictures="viewport"), "deregister", pictures=False))
            except Wall as wall:
                read.append(Document("deregister", label, href, "", "", wall=str(wall.name), detail=wall.detail))
        return tuple(read)


def part(sight: Sight) -> Seen | None:
    """What the step is: a layer over the page where there is one, else the page's own part."""
    asks = [s for s in sight.elements if s.shown and (s.modal or s.role in ("dialog", "alertdialog"))]  # however small
    over = [s for s in (*layers.layers(sight), *asks) if len(sight.text_of(s.index)) > 4]
    own = [s for s in sight.elements if s.shown and s.role == "main" and len(sight.text_of(s.index)) > 4]
    return over[-1] if over else own[-1] if own else main_part(sight)


def _fields(sight: Sight, inside: list[Seen]) -> Iterator[DeregField]:
    """What a step asks for; a group of radio buttons is one field, and several questions are told from one reason."""
    groups: set[str] = set()
    for s in inside:
        if (
            s.disabled
            or s.role in ("searchbox", "button", "option")
            or not (s.role in ("textbox", "combobox", "spinbutton", "checkbox", "radio", "switch") or s.kind == "file")
        ):
            continue
        if not s.shown and s.kind != "file" and not any(sight.elements[i].shown for i in s.labels):
            continue
        label = _field_label(sight, s)
        if s.kind == "radio" or s.role == "radio":
            group = s.field_name or str(s.parent)
            if group in groups:
                continue
            groups.add(group)
            label = _group_label(sight, s) or label
        required = s.required or "*" in label or bool(phrase("required_field").search(label))
        yield DeregField(label[:60], _purpose(s, label), required or s.kind == "password", s)


def _purpose(s: Seen, label: str) -> str:
    if s.kind == "password":
        return "password"
    if s.kind == "file":
        return "document"
    said = fold(f"{label} {s.placeholder} {s.field_name}")
    for purpose, asks in _FIELD_KINDS:
        if phrase(asks).search(said):
            if purpose == "consent" and s.role not in ("checkbox", "switch", "radio"):
                continue
            if purpose == "reason" and phrase("asks_survey").search(said):
                continue
            return purpose
    if s.role == "radio" or (s.role in ("combobox", "textbox") and re.search(r"[?？]", label)):
        return "question"
    return "consent" if s.role in ("checkbox", "switch") else "other"


def _field_label(sight: Sight, s: Seen) -> str:
    said = " ".join([s.name, *(sight.text_of(i) for i in s.labels)]).strip() or s.placeholder
    if said and said == s.placeholder:  # what is to be written is often said beside the field, an example in it
        near = re.sub(r"\s+", " ", sight.text_of(s.parent)) if s.parent >= 0 else ""
        said = f"{near} {said}" if 0 < len(near) <= 30 else said
    if said:
        return re.sub(r"\s+", " ", said)
    for a in list(sight.ancestors(s.index))[:3]:
        near = sight.text_of(a.index)
        if near:
            return re.sub(r"\s+", " ", near)[:80]
    return s.field_name


def _group_label(sight: Sight, s: Seen) -> str:
    """The question over a group of radio buttons: what the group's box says before its first choice."""
    for a in list(sight.ancestors(s.index))[:4]:
        radios = [d for d in sight.within(a.index) if d.role == "radio"]
        if len(radios) > 1:
            lines = sight.text_of(a.index).splitlines()
            return lines[0] if lines else ""
    return ""


def _buttons(sight: Sight, inside: list[Seen], origin: str) -> Iterator[DeregButton]:
    """The controls that end, go on or go back, those with words of deregistration first."""
    found: list[tuple[float, DeregButton]] = []
    for s in inside:
        if (
            not (s.operable and s.shown)
            or s.disabled
            or s.role in ("textbox", "searchbox", "combobox", "checkbox", "radio", "switch", "option")
            or s.tag == "label"
        ):
            continue
        label = on_a_line(sight, s)
        plain = re.sub(r"^[▸▶•·\s]+|[\s>›→»!！。.]+$", "", fold(label))
        if not 0 < len(plain) <= 28 or phrase("code_sender").search(plain) or framed(sight, s):
            continue
        link = s.href.startswith("http")
        if link and bare(s.href) == bare(sight.url):
            continue  # where one stands already: a menu
        if words("logout").match(plain):
            continue
        if phrase("dereg_document_link").search(plain):
            continue
        commits = (
            bool(s.form)
            and s.kind in ("submit", "image")
            and effect_of_request(s.form.split(" ")[0].upper(), s.form.split(" ")[-1]) is Effect.COMMITMENT
        )
        holds = words("dereg_holdback").match(plain)
        about = topics_of(plain) == ("deregister",)
        ends = bool(phrase("dereg_last_button").match(plain)) and not link
        if (ends and not _is_mild(plain)) or (commits and not (holds and holds.score >= 0.6)):
            found.append((0, DeregButton(label, "last", s, s.href)))
        elif holds and holds.score >= 0.6 and not (about and phrase("dereg_step_button").search(plain)):
            found.append((3, DeregButton(label, "back", s, s.href, leads_out=True if link else None)))
        elif about:
            found.append((1, DeregButton(label, "onward", s, s.href)))
        elif ((hit := words("next_step").match(plain)) and hit.score >= 0.6) or phrase("dereg_onward").search(plain):
            out = _leads_out(s.href, sight.url, origin) if link else None
            found.append((2, DeregButton(label, "back" if out else "onward", s, s.href, leads_out=out)))
    found.sort(key=lambda f: f[0])
    for _, button in found:
        yield button


def _leads_out(href: str, here: str, origin: str) -> bool:
    """Whether a link leaves the flow: to home, to the page that the flow was entered from, or to a page above it."""
    target, now, start = (re.sub(r"[?#].*$", "", u).rstrip("/") for u in (href, here, origin))
    return target == start or (now.startswith(target) and target != now)


def _is_mild(label: str) -> bool:
    return bool(phrase("dereg_step_button").search(label)) and not phrase("dereg_final_word").search(label)


def _asks_no_proof(step: DeregStep) -> bool:
    return not any(f.purpose in ("password", "code") for f in step.fields)


def _with(step: DeregStep, answers: list[str], clicked: str) -> DeregStep:
    return DeregStep(
        step.number,
        step.url,
        step.title,
        step.sight,
        step.text,
        step.fields,
        step.buttons,
        clicked,
        step.dialog,
        step.retains,
        tuple(a for a in answers if a),
    )
