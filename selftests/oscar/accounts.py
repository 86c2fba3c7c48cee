"""The four accounts of the shop, for whoever logs in: no Django here."""

from typing import Final

PASSWORD: Final = "gongping-2026"
SHOPPER: Final = "shopper@example.com"
SPARE: Final = "spare@example.com"
PERSONA_A: Final = "persona_a@example.com"
PERSONA_B: Final = "persona_b@example.com"

ACCOUNTS: Final = (SHOPPER, SPARE, PERSONA_A, PERSONA_B)
HAS_BOUGHT: Final = frozenset({SHOPPER})
WITHOUT_ADDRESS: Final = frozenset({SPARE})  # meets the address form at checkout, the others an address book
