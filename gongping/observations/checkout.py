"""Orders walked from a product to the last step before the commitment, as they were seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
    """A good or service offered along with an order, that the consumer did not ask for.

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

    @property
    def free(self) -> bool:
        return self.price == 0


@dataclass(frozen=True)
class Step:
    """One step of an order at first sight."""

    place: str
    url: str
    title: str
    sight: str
    lines: tuple[AmountLine, ...] = ()
    total: float | None = None


@dataclass(frozen=True)
class OrderWalked:
    """One order. `last_step` tells that the control of the commitment was seen; `stopped` what ended the walk before."""

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


@dataclass(frozen=True)
class CheckoutSeen:
    """The orders of one consumer, in the order walked."""

    orders: tuple[OrderWalked, ...]

    @property
    def extras(self) -> list[Extra]:
        return [e for o in self.orders for e in o.extras]

    @property
    def complete(self) -> bool:
        """Whether at least one order was walked to the last step."""
        return any(o.last_step for o in self.orders)
