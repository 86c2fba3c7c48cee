"""Orders walked from a product to the last step before the commitment, as they were seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gongping.observations.documents import Document
from gongping.sight.model import Seen

Control = Literal["checkbox", "radio", "switch", "line", "item", "button", "total"]
When = Literal["first-sight", "after-wait", "after-untick", "after-change", "second-order"]


@dataclass(frozen=True)
class AmountLine:
    """A line of an order: a label and an amount in the order's currency."""

    label: str
    amount: float
    seen: Seen


@dataclass(frozen=True)
class Extra:
    """A good or service offered along with an order, that the consumer did not ask for. `folded`: it showed only when a fold was opened.

    `control` says how it shows: a box, a radio, a switch, a line of the bill, an item of the cart, the button that goes on, or
    money in the total that no line explains. `price` None: not stated; `chosen` None: its state could not be read.
    """

    seen: Seen | None
    name: str
    kind: str
    price: float | None
    step: str
    control: Control
    chosen: bool | None
    when: When = "first-sight"
    why: str = ""
    sight: str = ""
    url: str = ""
    folded: bool = False

    @property
    def free(self) -> bool:
        return self.price == 0


@dataclass(frozen=True)
class Part:
    """What an extra's row says of it, and the element that says it."""

    kind: Literal["name", "price", "provider", "optional"]
    text: str
    seen: Seen


@dataclass(frozen=True)
class Operated:
    """One click on an extra's control and what it did. `before` and `total` are the order's total before and after it. `chosen` is the state afterwards, None where it could not be read; `layers` are
    the texts of layers that had to be answered; `lost` says what of the order was gone; `hindered` why the click came to nothing."""

    act: Literal["tick", "untick"]
    chosen: bool | None
    total: float | None
    lines: tuple[AmountLine, ...] = ()
    control: Seen | None = None
    layers: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    hindered: str = ""
    sight: str = ""
    before: float | None = None


@dataclass(frozen=True)
class Offer:
    """An extra as a step of the order offers it. `row` is the part of the page that is its own; `area` (CSS px) what a click may hit to
    operate it; `opens` leads to its details, `details` is what was found there; `told` are the characters that describe it on the spot."""

    extra: Extra
    row: Seen
    parts: tuple[Part, ...]
    area: tuple[float, float]
    native: bool
    total: float | None
    lines: tuple[AmountLine, ...] = ()
    opens: Seen | None = None
    unnamed: bool = False
    told: int = 0
    details: Document | None = None
    acts: tuple[Operated, ...] = ()

    @property
    def seen(self) -> Seen:
        return self.extra.seen or self.row

    def part(self, kind: str) -> Part | None:
        """What the row says of one thing."""
        return next((p for p in self.parts if p.kind == kind), None)


@dataclass(frozen=True)
class Step:
    """One step of an order at first sight. `goods` is the price at the ordered good, `unread` how many amounts of the bill have no label
    that could be read."""

    place: str
    url: str
    title: str
    sight: str
    lines: tuple[AmountLine, ...] = ()
    total: float | None = None
    goods: float | None = None
    unread: int = 0


@dataclass(frozen=True)
class OrderWalked:
    """One order. `last_step` tells that the control of the commitment was seen; `stopped` what ended the walk before. `due` is what the
    last step asked for when the order was placed, `payment` the page that came then (in `exercise` only)."""

    goods: str
    href: str
    price: float | None
    self_operated: bool | None
    steps: tuple[Step, ...]
    extras: tuple[Extra, ...]
    last_step: bool
    commitment: str = ""
    number: int = 1
    stopped: str = ""
    stopped_at: str = ""
    offers: tuple[Offer, ...] = ()
    due: float | None = None
    payment: Step | None = None


@dataclass(frozen=True)
class CheckoutSeen:
    """The orders of one consumer, in the order walked. `secured`: of goods that are let, or sold in what must come back, looked at and not
    operated; `asked`: the words by which the site's own search was asked for such goods."""

    orders: tuple[OrderWalked, ...]
    secured: tuple[OrderWalked, ...] = ()
    asked: tuple[str, ...] = ()

    @property
    def extras(self) -> list[Extra]:
        return [e for o in self.orders for e in o.extras]

    def told_of(self, extra: Extra) -> str:
        """All that the orders' pages say of an extra, its own name, row and details, line by line."""
        own = [o for o in self.offers if o.extra.name == extra.name]
        texts = [p.text for o in own for p in o.parts] + [o.details.all_text for o in own if o.details]
        return "\n".join([extra.name, *texts])

    @property
    def offers(self) -> list[Offer]:
        return [f for o in self.orders for f in o.offers]

    @property
    def complete(self) -> bool:
        """Whether at least one order was walked to the last step."""
        return any(o.last_step for o in self.orders)
