"""What a first walk over a platform found: place by place, by which control, how sure, and what stood in the way."""

from __future__ import annotations

from dataclasses import dataclass

from gongping.sight.model import Box


@dataclass(frozen=True)
class Shot:
    """A picture of the view, a file of the bundle; `box` is the control that was found, CSS px from the picture's top-left corner."""

    file: str
    scale: float
    box: Box | None = None


@dataclass(frozen=True)
class Tried:
    """One thing that was considered or done on the way. `score` as the finder gave it; None where it gave none."""

    what: str
    score: float | None = None
    why: str = ""


@dataclass(frozen=True)
class PlaceFound:
    """A place or a control: reached or not, where, and how it was recognised.

    `score` is what the finder gave the control that led there (1: the very word for it on a control; a login form may have more);
    None where a place is recognised by its contents alone. `wall` names what stood in the way.
    """

    place: str
    reached: bool
    url: str = ""
    by: str = ""
    control: str = ""
    score: float | None = None
    why: str = ""
    wall: str = ""
    detail: str = ""
    tried: tuple[Tried, ...] = ()
    shot: Shot | None = None

    @property
    def confidence(self) -> str:
        """The score where there is one, else in a word."""
        if not self.reached:
            return "none"
        return f"{self.score:.2f}" if self.score is not None else "recognised by its contents"


@dataclass(frozen=True)
class ExploreSeen:
    """All places in the order in which they were sought, and what home tells about the platform.

    `queries` gave a list when they were searched for. `language` is a language tag, `language_why` what it was taken from. `own` and
    `others` count the goods in the lists that were read which are marked as the platform's own, or as another seller's, of `goods`.
    """

    title: str
    places: tuple[PlaceFound, ...]
    language: str
    language_why: str
    queries: tuple[str, ...]
    queries_why: str
    goods: int = 0
    own: int = 0
    others: int = 0
    operator: str = ""
    operator_code: str = ""
    layers_passed: int = 0
    asks_code: bool = False
    robots: str = ""
    interrupted: bool = False

    def place(self, name: str) -> PlaceFound | None:
        return next((place for place in self.places if place.place == name), None)
