"""The accounts of the shop, for whoever logs in: no Django here."""

from typing import Final

PASSWORD: Final = "gongping-2026"
SHOPPER: Final = "shopper@example.com"
SPARE: Final = "spare@example.com"
PERSONA_A: Final = "persona_a@example.com"
PERSONA_B: Final = "persona_b@example.com"
PERSONA_A2: Final = "persona_a2@example.com"
PERSONA_B2: Final = "persona_b2@example.com"

SPARES: Final = tuple(f"spare_{n}@example.com" for n in range(2, 5))

ACCOUNTS: Final = (SHOPPER, SPARE, *SPARES, PERSONA_A, PERSONA_B, PERSONA_A2, PERSONA_B2)
HAS_BOUGHT: Final = frozenset({SHOPPER})
WITHOUT_ADDRESS: Final = frozenset({SPARE, *SPARES})  # meets the address form at checkout, the others an address book
