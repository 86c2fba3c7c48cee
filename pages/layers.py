"""Layers that cover a page: finding them, and passing them as a person would."""

from __future__ import annotations

from gongping.consumer.consumer import Consumer
from gongping.consumer.guard import Effect
from gongping.consumer.walls import Wall
from gongping.pages import finding
from gongping.sight.model import Seen, Sight

_COVERS = 0.08
"""Share of the viewport from which on a layer counts as in the way (convention)."""


def layers(sight: Sight) -> list[Seen]:
    """Outermost fixed or modal elements that cover part of the view, the topmost last."""
    width, height = sight.viewport
    found = []
    for s in sight.elements:
        if not s.shown or not (s.fixed == "fixed" or s.modal or s.role in ("dialog", "alertdialog")):
            continue
        inside = [d for d in sight.within(s.index) if d.shown]
        covered = max((d.box.area for d in inside if d.background or d.tag == "img" or d.background_image), default=0.0)
        if covered / (width * height) < _COVERS or not any(d.words or d.tag == "img" for d in inside):
            continue
        if s.box.width >= width * 0.9 and s.box.height < 140 and (s.box.y - sight.scroll[1] < 5 or s.box.bottom - sight.scroll[1] > height - 5):
            continue  # a header or a bottom bar
        if any(a in [f.index for f in found] for a in (x.index for x in sight.ancestors(s.index))):
            continue
        found.append(s)
    return found


def pass_layers(consumer: Consumer) -> bool:
    """Closes the topmost layer in the way: by its close control, else by refusing, else by accepting what commits to nothing.
    True where something was closed."""
    try:
        live = consumer.look("popup", pictures="none")
    except Wall:
        return False
    for layer in reversed(layers(live.sight)):
        inside = [s for s in live.sight.within(layer.index) if s.operable and s.shown]
        for concept in ("close", "consent_reject", "consent_accept"):
            for candidate in finding.find(live.sight, concept, among=inside)[:2]:
                try:
                    with consumer.acting(f"pass a layer: {candidate.label or candidate.why}", Effect.NONE):
                        live.element(candidate.seen).click(timeout=1500)
                except Exception as error:
                    consumer.journal.note("layer-stays", error=str(error).splitlines()[0])
                    continue
                consumer.settle(1500)
                return True
    return False


Consumer.passer = staticmethod(pass_layers)
