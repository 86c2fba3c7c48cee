"""Fixtures of the machinery. Experiments are fixtures of gongping.pages (one each); a test asks for what it judges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from playwright.sync_api import BrowserType

from gongping.browser import NoBrowser, find
from gongping.consumer.devices import UnknownDevice
from gongping.consumer.devices import check as check_device
from gongping.consumer.experiments import Experiment, NotInBundle, Stopped, Store
from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.session import Audit, Browsers
from gongping.session import store as make_store
from gongping.testing import cant_tell

Observation = TypeVar("Observation")

AUDIT = pytest.StashKey[Audit]()
ATTEMPT = pytest.StashKey[int]()
EVIDENCE = pytest.StashKey[Evidence]()
LOOKED_AT = pytest.StashKey[list[Experiment[Any]]]()


@pytest.fixture(scope="session")
def audit(pytestconfig: pytest.Config) -> Audit:
    """The run that this process takes part in."""
    return pytestconfig.stash[AUDIT]


@pytest.fixture(scope="session")
def observations(audit: Audit, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The store of observations; judging from a bundle, it needs no browser."""
    if audit.from_bundle:
        yield make_store(audit, None)
        return
    browser_type: BrowserType = request.getfixturevalue("browser_type")
    arguments: dict[str, Any] = dict(
        request.getfixturevalue("browser_type_launch_args")
    )  # --headed, --slowmo, a team's own
    how = "pytest-playwright"
    if browser_type.name == "chromium" and not (arguments.get("executable_path") or arguments.get("channel")):
        try:
            found = find(headed=arguments.get("headless") is False)
        except NoBrowser as error:
            pytest.exit(str(error), returncode=4)
        own = found.launch_arguments()
        arguments = {**own, **arguments, "args": [*own.get("args", []), *arguments.get("args", [])]}
        how = found.how
    try:
        for name in audit.devices:
            check_device(name, request.getfixturevalue("playwright"))
    except UnknownDevice as error:
        pytest.exit(str(error), returncode=4)
    browsers = Browsers(
        request.getfixturevalue("playwright"), lambda: browser_type.launch(**arguments), audit.run.journal, how
    )
    yield make_store(audit, browsers)
    browsers.close()


@pytest.fixture
def audited_device() -> str:
    """The device that a test judges; the plugin parametrises it."""
    raise pytest.UsageError("a test that looks at a platform needs @duty")


@pytest.fixture
def evidence(request: pytest.FixtureRequest, audit: Audit, audited_device: str) -> Evidence:
    """Where a test shows what it judged."""
    mark = request.node.get_closest_marker("duty")
    attempt = request.node.stash.get(ATTEMPT, 1)
    made = Evidence(audit.album, audit.bundle, mark.args[0], audited_device, attempt, audit.redactor)
    request.node.stash[EVIDENCE] = made
    return made


@pytest.fixture
def norm(audit: Audit) -> Predicates:
    """The norm's predicates with its parameters, reading pixels from the bundle."""
    return audit.predicates


@pytest.fixture(scope="session")
def facts(audit: Audit) -> Any:
    """What the platform's owner declared (targets.yaml, `facts`)."""
    return audit.target.facts


def observe(request: pytest.FixtureRequest, experiment: Experiment[Observation]) -> Observation:
    """What the experiment saw on the test's device, in the test's attempt. A wall ends the test as cantTell."""
    store: Store = request.getfixturevalue("observations")
    device: str = request.getfixturevalue("audited_device")
    attempt = request.node.stash.get(ATTEMPT, 1)
    request.node.stash.setdefault(LOOKED_AT, []).append(experiment)
    try:
        seen = store.get(experiment, device, attempt)
    except NotInBundle as error:
        cant_tell(f"证据包里没有这一次观察：{error}", str(error))
    if isinstance(seen, Stopped):
        place = f"“{seen.place}”" if seen.place else ""
        cant_tell(
            f"没有到达{place}：遇到 {seen.wall}（{seen.detail}）{seen.url}",
            f"{seen.place} not reached: {seen.wall} ({seen.detail}) {seen.url}",
        )
    return seen
