"""The embedded marketplace: a compliant shop whose faults are switched on by host name."""

from gongping.market.faults import FAULTS, LOOKALIKES, Fault, Lookalike
from gongping.market.server import Market

__all__ = ["FAULTS", "LOOKALIKES", "Fault", "Lookalike", "Market"]
