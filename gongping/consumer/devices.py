"""Devices: what a consumer holds in the hand."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Playwright

DESKTOP = "desktop"
MOBILE = "mobile"


class UnknownDevice(ValueError):
    """A device name that neither the suite nor Playwright knows."""


@dataclass(frozen=True)
class Device:
    """A name and the arguments of `browser.new_context` that make the device."""

    name: str
    context: dict[str, Any]

    @property
    def scale(self) -> float:
        """Device pixels per CSS px."""
        return float(self.context.get("device_scale_factor", 1))

    @property
    def touch(self) -> bool:
        return bool(self.context.get("has_touch"))


def check(name: str, playwright: Playwright) -> None:
    """Raises UnknownDevice where `device` would, without a browser."""
    known = (DESKTOP, MOBILE, *playwright.devices)
    if name not in known:
        close = difflib.get_close_matches(name, known, n=1)
        hint = (
            f'did you mean "{close[0]}"?'
            if close
            else 'use desktop, mobile or a Playwright device name such as "Pixel 7"'
        )
        raise UnknownDevice(f'unknown device "{name}": {hint}')


def device(name: str, playwright: Playwright, browser_version: str) -> Device:
    """`desktop` 1440x900, `mobile` 390x844 with touch, or any name of Playwright's registry. Raises UnknownDevice."""
    major = browser_version.split(".", 1)[0]
    if name == DESKTOP:
        return Device(name, {"viewport": {"width": 1440, "height": 900}, "device_scale_factor": 1})
    if name == MOBILE:
        agent = (
            f"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 "
            "Mobile Safari/537.36"
        )
        return Device(
            name,
            {
                "viewport": {"width": 390, "height": 844},
                "device_scale_factor": 2,
                "is_mobile": True,
                "has_touch": True,
                "user_agent": agent,
            },
        )
    if name in playwright.devices:
        known = {k: v for k, v in playwright.devices[name].items() if k != "default_browser_type"}
        return Device(name, known)
    check(name, playwright)
    raise AssertionError("unreachable")
