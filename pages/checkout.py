"""The order, step by step, up to the control that commits: never further, unless the mode allows and the journey asks."""

from __future__ import annotations

import re
from typing import ClassVar

from gongping.consumer.guard import Effect
from gongping.consumer.walls import NotOffered, Wall, WallName, is_login
from gongping.detectors import orders
from gongping.lexicon import phrase, words
from gongping.observations.checkout import Extra, Step
from gongping.pages import finding
from gongping.pages.finding import Candidate
from gongping.pages.page import Page
from gongping.sight.look import Live
from gongping.sight.model import Seen, Sight

_MOST_STEPS = 6

_SAMPLE = (
    ("order_asks_given_name", "Wei"),
    ("order_asks_surname", "Zhang"),
    ("order_asks_phone", "13800138000"),
    ("order_asks_email", "consumer@example.com"),
    ("order_asks_postcode", "400010"),
    ("order_asks_name", "张伟"),
    ("order_asks_city", "重庆"),
    ("order_asks_province", "重庆市"),
    ("order_asks_street", "渝中区解放碑步行街1号"),
)


class Checkout(Page):
    """The steps of an order."""

    place: ClassVar[str] = "checkout"

    def arrive(self, account: str) -> Live:
        """The first step of the order, past a login where one is asked for. Raises Wall."""
        live = self.look()
        if is_login(live.sight) and not self.commitment(live.sight):
            if account not in self.attempt.target.accounts:
                raise Wall(
                    WallName.LOGIN,
                    f'the order asks for a login, and the target has no account "{account}"',
                    self.place,
                    self.consumer.page.url,
                )
            self.attempt.pages.Login(self.consumer, self.attempt).sign_in(account)
            live = self.look()
            if is_login(live.sight):
                raise self.asks_to_sign_in("the order still asks for a login")
        return live

    def commitment(self, sight: Sight) -> Candidate | None:
        """The control that commits to the order, if this step has it."""
        found = []
        for s in finding.controls(sight):
            label = sight.label_of(s)
            hits = words("commitment").find_all(label) if 0 < len(label) <= 30 else []
            hit = next((h for h in hits if h.key in ("order", "pay") and h.score >= 0.55), None)
            if hit and finding.region(sight, s) not in ("header", "nav"):
                found.append(Candidate(s, label, hit.score, hit.word))
        return max(found, key=lambda c: (c.score, c.seen.box.area), default=None)

    def step(self, live: Live, number: int) -> Step:
        """This step's bill, at first sight."""
        lines = orders.amount_lines(live.sight)
        total = orders.total_of(lines)
        return Step(
            self.place, self.consumer.page.url, live.sight.title, live.sight.id, lines, total.amount if total else None
        )

    def extras(self, live: Live, ordered: str, place: str = "") -> tuple[Extra, ...]:
        """The extras on this step. Override where a platform offers them oddly."""
        return orders.extras_on(live.sight, place or self.place, ordered)

    def unfold(self, live: Live) -> bool:
        """Opens a folded bill, if there is one. True where something more is to be seen now."""
        for s in finding.controls(live.sight):
            label = live.sight.label_of(s)
            if (
                len(label) <= 12
                and words("bill_details").match(label)
                and not s.href.startswith("http")
                and s.expanded is not True
            ):
                before = live.sight.text
                try:
                    self.click(live, s, f"unfold {label!r}")
                except Wall:
                    continue
                return self.look().sight.text != before
        return False

    def go_on(self, live: Live) -> None:
        """To the next step. Raises NotOffered where no control leads on."""
        tried = []
        known = self.find(
            live, "address_use", least=0.6
        )  # an address that the account has, before a new one is written
        if not known:
            self._fill_what_is_asked(live)
        found = [*known, *self.find(live, ["next_step", "checkout"], least=0.5)]
        inside = [c for c in found if finding.region(live.sight, c.seen) not in ("header", "footer", "nav")]
        for candidate in inside[:3]:
            before = (self.consumer.page.url, live.sight.text)
            try:
                self.click(
                    live,
                    candidate.seen,
                    f"next step: {candidate.label[:20]}",
                    Effect.ACCOUNT if self.attempt.run.allowed >= Effect.ACCOUNT else Effect.SESSION,
                )
            except NotOffered as missing:
                tried.append(missing.detail)
                continue
            now = self.look()
            if (self.consumer.page.url, now.sight.text) != before:
                return
            tried.append(f"{candidate.label!r} had no effect")
            live = now
        raise NotOffered(
            f"no control leads to the next step ({'; '.join(tried) or 'none found'})",
            self.place,
            self.consumer.page.url,
        )

    def _fill_what_is_asked(self, live: Live) -> None:
        """Fills required empty fields with a made-up consumer, as a guest would; in a mode that allows no account change, only in a
        session without an account."""
        empty = [
            f
            for f in finding.fields(live.sight)
            if not f.value and (f.required or re.search(r"[*＊]", live.sight.label_of(f)))
        ]
        for field in empty:
            asked = f"{live.sight.label_of(field)} {field.field_name} {field.ident} {field.placeholder}".lower()
            answer = next((a for asks, a in _SAMPLE if phrase(asks).search(asked)), None)
            if answer:
                self.consumer.fill(live, field, answer)

    def other_choice(self, sight: Sight) -> Seen | None:
        """An unchosen delivery, address or payment choice: operating it must not choose an extra."""
        groups: dict[str, list[Seen]] = {}
        for s in sight.elements:
            if s.role == "radio" and s.field_name and not s.disabled:
                groups.setdefault(s.field_name, []).append(s)
        for members in groups.values():
            labels = [sight.label_of(m) for m in members]
            if len(members) >= 2 and any(m.checked for m in members) and not any(orders.extra_hit(x) for x in labels):
                other = next(
                    (m for m in members if not m.checked and not words("address_new").match(sight.label_of(m))), None
                )
                if other is not None:
                    return next((sight.elements[i] for i in other.labels if sight.elements[i].shown), other)
        return None
