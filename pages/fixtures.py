"""Experiments as fixtures: a test names what it judges and receives what was seen. Loaded by the plugin."""

from __future__ import annotations

import pytest

from gongping.fixtures import observe
from gongping.observations.checkout import CheckoutSeen
from gongping.pages.journeys.checkout import CheckoutJourney


@pytest.fixture
def checkout(request: pytest.FixtureRequest, observations: object, audited_device: str) -> CheckoutSeen:
    """Two orders, walked to the last step before the commitment."""
    return observe(request, CheckoutJourney())
