"""The index of all switches, for people; on the bare host only, and linked from nowhere in the shop."""

from flask import Blueprint, abort, render_template, request

from gongping.market.context import variant
from gongping.market.faults import FAULTS, LOOKALIKES, SWITCHES
from gongping.market.variant import Variant

pages = Blueprint("switchboard", __name__)

# Where each place can be looked at.
ADDRESSES = {
    "home": "",
    "results": "search?q=手机",
    "product": "item/11",
    "cart": "cart",
    "checkout": "checkout",
    "account": "account",
    "deregister": "account/deregister",
    "document": "doc/privacy",
    "register": "register",
}


@pages.get("/_/")
def index() -> str:
    """Every fault and lookalike, by duty, with links that open the market with it."""
    if request.host.partition(":")[0] not in ("localhost", "127.0.0.1") or variant().switches:
        abort(404)
    port = request.host.rpartition(":")[2]

    def address(name: str, place: str = "home") -> str:
        switches = [name] if name else []
        page = ADDRESSES[place]
        if name.startswith("licence-") and place == "document":
            page = "licence"
        return f"http://{Variant.of('look', switches).host}:{port}/{page}"

    duties = sorted(
        {switch.duty for switch in SWITCHES.values()}, key=lambda duty: [int(part) for part in duty.split(".")]
    )
    groups = [
        (
            duty,
            [fault for fault in FAULTS.values() if fault.duty == duty],
            [lookalike for lookalike in LOOKALIKES.values() if lookalike.duty == duty],
        )
        for duty in duties
    ]
    return render_template(
        "switchboard.html", groups=groups, address=address, faults=len(FAULTS), lookalikes=len(LOOKALIKES)
    )
