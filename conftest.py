"""Where pytest hooks and fixtures of this checkout go. The suite's own are in its plugin (gongping/plugin.py), so that they also work
in a QA team's repository, which calls `pytest --pyargs gongping.tests` and has a conftest.py of its own."""

from importlib.metadata import entry_points

import pytest


def pytest_addoption() -> None:
    """Says what is missing where the suite is not installed: pytest alone would only find its options unknown."""
    if not entry_points(group="pytest11", name="gongping"):
        raise pytest.UsageError(
            "gongping is not installed beside this pytest: call `make audit`, or `pip install --editable .` and then that environment's pytest"
        )
