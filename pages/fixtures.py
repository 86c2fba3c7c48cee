"""Experiments as fixtures: a test names what it judges and receives what was seen. Loaded by the plugin."""

from __future__ import annotations

import pytest

from gongping.fixtures import observe
from gongping.observations.ads import SearchSeen
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.documents import HomeSeen
from gongping.pages.journeys.checkout import CheckoutJourney
from gongping.pages.journeys.home import HomeJourney
from gongping.pages.journeys.search import SearchJourney


@pytest.fixture
def checkout(request: pytest.FixtureRequest, observations: object, audited_device: str) -> CheckoutSeen:
    """Two orders, walked to the last step before the commitment."""
    return observe(request, CheckoutJourney())


@pytest.fixture
def home(request: pytest.FixtureRequest, observations: object, audited_device: str) -> HomeSeen:
    """Home, with every mark of disclosure followed."""
    return observe(request, HomeJourney())


@pytest.fixture
def search(request: pytest.FixtureRequest, observations: object, audited_device: str) -> SearchSeen:
    """Every query: the list, its second page, and the list in every order."""
    return observe(request, SearchJourney())
