"""The last click of deregistration, made: for an account that its owner gave away for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Request

from gongping.consumer.guard import Effect, body_of, effect_of_request
from gongping.consumer.walls import NotOffered, Wall
from gongping.lexicon import words
from gongping.observations.account import DeregButton, DeregStep, Promise
from gongping.pages.deregister import Deregister, part
from gongping.pages.login import forget_secrets
from gongping.sight.look import Live
from gongping.targets import Credentials

_MOST_CLICKS = 3
"""Last clicks that are made one after the other: a page, a layer that asks again, one more (convention)."""


class Leaving(Deregister):
    """`walk` as Deregister does, and the last click as well. `answers` and `promised` tell what came of it."""

    answers: tuple[DeregStep, ...] = ()
    promised: Promise = ""

    @contextmanager
    def _within_bounds(self) -> Iterator[None]:
        """Lets the request that ends the account go, and notes that it went."""
        self._sent: list[str] = []

        def note(request: Request) -> None:
            if request.redirected_from is None and (
                effect_of_request(request.method, request.url, body_of(request)) is Effect.COMMITMENT
            ):
                self._sent.append(f"{request.method} {request.url}")

        self.consumer.context.on("request", note)
        try:
            with self.consumer.agreeing("deregister with the account that may go"):
                yield
        finally:
            self.consumer.context.remove_listener("request", note)

    def _pass(
        self, live: Live, step: DeregStep, onward: DeregButton, who: Credentials | None
    ) -> tuple[str, str] | None:
        """A step whose button ends the account, though its words are mild, was the last."""
        self._sent.clear()
        try:
            ended = super()._pass(live, step, onward, who)
        except Wall:
            if not self._sent:
                raise
            return self._answered(live, onward)
        if not self._sent or (ended and ended[0] == "left"):
            return ended
        _, last, further = self._read(now := self.look(), None, step.number + 1, "")
        if (last or further) and not _promise(now.sight.text, live.sight.text):
            return ended  # its address only sounded like the end
        return self._answered(live, onward)

    def _asked_in_a_dialog(self, live: Live, onward: DeregButton, said: str, *, proven: bool) -> tuple[str, str]:
        return self._answered(live, onward)  # it was told yes

    def _at_the_last(self, live: Live, step: DeregStep, last: DeregButton, who: Credentials | None) -> tuple[str, str]:
        self._steps.append(step)
        for _ in range(_MOST_CLICKS):
            proof = [f for f in step.fields if f.purpose in ("password", "code")]
            for field in step.fields:
                self._answer(live, field, proof, who)
            before = live.sight.text
            try:
                self._press(live, last.seen, f"the last click {last.label!r}", Effect.COMMITMENT)
            except NotOffered as covered:
                return "stuck", f"最后一步“{last.label}”点不到：{covered}"
            ended, why = self._answered(live, last)
            now = self.look()
            asked, again, _ = self._read(now, part(now.sight), step.number + 1, "")
            if self.promised or again is None or now.sight.text == before:
                return ended, why
            live, step, last = now, asked, again  # a layer asks once more
        return ended, why

    def _answered(self, before: Live, last: DeregButton) -> tuple[str, str]:
        """What the platform says now."""
        forget_secrets(self.consumer)
        try:
            self.look_until(lambda now: bool(_promise(now.sight.text, before.sight.text)), within_s=3)
            live = self.look(pictures="viewport")  # the one that is shown
        except Wall as wall:  # a short page of a refusal, or none at all
            self.promised = "no" if wall.detail else ""
            return "left", f"点击“{last.label}”后：{wall.detail}"
        step, _, _ = self._read(live, None, len(self._steps) + len(self.answers) + 1, "")
        self.answers = (*self.answers, step)
        self.promised = _promise(live.sight.text, before.sight.text)
        return "left", f"点击了“{last.label}”"


def _promise(text: str, before: str) -> Promise:
    """What the page says of the account, in lines that it did not say before."""
    known = set(before.splitlines())
    fresh = " ".join(line for line in text.splitlines() if line not in known)
    if words("dereg_later").contains(fresh):
        return "later"
    return "now" if words("dereg_done").contains(fresh) else ""
