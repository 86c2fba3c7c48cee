"""Experiments as fixtures: a test names what it judges and receives what was seen. Loaded by the plugin."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gongping import history
from gongping.fixtures import observe
from gongping.history import Changed, Earlier
from gongping.norm.predicates_days import CHINA
from gongping.observations.account import AccountSeen, LeavingSeen
from gongping.observations.ads import SearchSeen
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.documents import HomeSeen
from gongping.observations.layers import PopupsSeen
from gongping.observations.library import LibrarySeen
from gongping.observations.ranking import PersonasSeen
from gongping.pages.journeys.account import AccountJourney
from gongping.pages.journeys.checkout import CheckoutJourney
from gongping.pages.journeys.home import HomeJourney
from gongping.pages.journeys.leaving import LeavingJourney
from gongping.pages.journeys.library import LibraryJourney
from gongping.pages.journeys.personas import PersonasJourney
from gongping.pages.journeys.popups import PopupsJourney
from gongping.pages.journeys.search import SearchJourney
from gongping.session import Audit


@pytest.fixture
def checkout(request: pytest.FixtureRequest, observations: object, audited_device: str) -> CheckoutSeen:
    """Two orders, walked to the last step before the commitment."""
    return observe(request, CheckoutJourney())


@pytest.fixture
def home(request: pytest.FixtureRequest, observations: object, audited_device: str) -> HomeSeen:
    """Home, with every mark of disclosure followed."""
    return observe(request, HomeJourney())


@pytest.fixture
def library(request: pytest.FixtureRequest, observations: object, audited_device: str) -> LibrarySeen:
    """What the platform has in writing: agreements, policies, rules, notices."""
    return observe(request, LibraryJourney())


@pytest.fixture
def earlier(audit: Audit, audited_device: str) -> Earlier | None:
    """What earlier runs saw on the test's device; None without `--history`."""
    kept = history.kept(audit.bundle)
    return kept and kept.on(audited_device)


@pytest.fixture
def today(earlier: Earlier | None) -> date:
    """The day in China of the run; that on which a bundle with a history was made."""
    return (earlier.now if earlier else datetime.now(UTC)).astimezone(CHINA).date()


@pytest.fixture
def changed(library: LibrarySeen, earlier: Earlier | None) -> tuple[Changed, ...] | None:
    """The documents that say something else than when an earlier run read them; None without `--history`."""
    return None if earlier is None else history.changes(library, earlier)


@pytest.fixture
def search(request: pytest.FixtureRequest, observations: object, audited_device: str) -> SearchSeen:
    """Every query: the list, its second page, and the list in every order."""
    return observe(request, SearchJourney())


@pytest.fixture
def personas(request: pytest.FixtureRequest, observations: object, audited_device: str) -> PersonasSeen:
    """Two people with opposite tastes, before and after they used the option without personal traits."""
    return observe(request, PersonasJourney())


@pytest.fixture
def popups(request: pytest.FixtureRequest, observations: object, audited_device: str) -> PopupsSeen:
    """Fresh sessions at home, some of which go on, and every layer that came, tried."""
    return observe(request, PopupsJourney())


@pytest.fixture
def account(request: pytest.FixtureRequest, observations: object, audited_device: str) -> AccountSeen:
    """What explains the rights to one's data, where they are in the account, and the way out up to the last click."""
    return observe(request, AccountJourney())


@pytest.fixture
def leaving(
    request: pytest.FixtureRequest, observations: object, audited_device: str, account: AccountSeen
) -> LeavingSeen:
    """The last click of deregistration, where an account may be used up for it."""
    return observe(request, LeavingJourney(account.entries, account.account))
