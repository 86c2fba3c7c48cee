"""`gongping login`: a person signs in by hand, and later runs go on in that session instead of filling a form."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from gongping import kept_sessions
from gongping.browser import NoBrowser, find
from gongping.consumer import tab
from gongping.consumer.devices import Device, UnknownDevice
from gongping.consumer.devices import check as check_device
from gongping.consumer.devices import device as make_device
from gongping.consumer.door import UNTRUSTED, Door
from gongping.consumer.experiments import Attempt, Run
from gongping.consumer.journal import Journal
from gongping.consumer.pace import Pace
from gongping.consumer.walls import Wall
from gongping.evidence.redact import Redactor
from gongping.kept_sessions import Session
from gongping.session import pages_of
from gongping.targets import Target, TargetError, resolve

_BEAT_MS = 250
"""So often it is asked whether the person is done (convention)."""


class Window:
    """What the person sees. `page` is where it began; others may open."""

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        self._cookies: list[Any] = []
        self._tabs: dict[str, dict[str, str]] = {}
        self.page: Page = context.new_page()

    @property
    def closed(self) -> bool:
        """Whether none is left."""
        return all(page.is_closed() for page in self._context.pages)

    def beat(self) -> None:
        """Lets a moment pass, and remembers what ends with a window or with the whole browser, which a person may close."""
        try:
            self._context.pages[-1].wait_for_timeout(_BEAT_MS)
            self._cookies = list(self._context.cookies())
            self.session_storage()
        except (PlaywrightError, IndexError):  # closed meanwhile: `closed` tells
            return

    def storage(self) -> dict[str, Any]:
        """Cookies, local storage and IndexedDB, the last without what can't be kept; where the browser is gone, the cookies as they
        last were."""
        for indexed_db in (True, False):
            with contextlib.suppress(PlaywrightError):
                state: dict[str, Any] = json.loads(json.dumps(self._context.storage_state(indexed_db=indexed_db)))
                return state
        return {"cookies": self._cookies, "origins": []}

    def session_storage(self) -> dict[str, dict[str, str]]:
        """Items by name, by origin, of every tab; of those that are gone as they last were."""
        now: dict[str, dict[str, str]] = {}
        for page in self._context.pages:
            with contextlib.suppress(PlaywrightError):  # on its way, or closed meanwhile
                for origin, items in tab.read(page).items():
                    now.setdefault(origin, {}).update(items)
        self._tabs |= now
        return {origin: items for origin, items in self._tabs.items() if items}

    def close(self) -> None:
        with contextlib.suppress(PlaywrightError):  # the person was faster
            self._context.close()


Person = Callable[[Window], None]
"""Signs in, and returns when that is done or the window is closed."""


class NotSignedIn(Exception):
    """What was kept would not have been a session of somebody signed in. str() is one line with the remedy."""


def account_of(target: Target, asked: str) -> str:
    """The account that is meant: the one asked for, else the only one. Raises TargetError."""
    if target.serve:
        raise target.error(
            f'target "{target.name}" is started anew for each run: no session outlives it',
            "serve",
            remedy="give it a url, or accounts with username and password",
        )
    if not target.accounts:
        bare = target.source.file is None
        remedy = (
            f"gongping init {target.url} --write makes an entry; then accounts: {{shopper: {{session: true}}}}"
            if bare
            else "accounts: {shopper: {session: true}}"
        )
        raise target.error(
            f'target "{target.name}" declares no account', *(() if bare else ("accounts",)), remedy=remedy
        )
    if asked and asked not in target.accounts:
        raise target.error(
            f'target "{target.name}" has no account "{asked}", it has {", ".join(target.accounts)}',
            "accounts",
            remedy=f"accounts: {{{asked}: {{session: true}}}}",
        )
    if not asked and len(target.accounts) > 1:
        raise target.error(
            f'target "{target.name}" has the accounts {", ".join(target.accounts)}',
            "accounts",
            remedy=f"say which: gongping login {target.name} --account {next(iter(target.accounts))}",
        )
    return asked or next(iter(target.accounts))


def sign_in_by_hand(
    browser: Browser, device: Device, target: Target, account: str, person: Person, say: Callable[[str], None] = print
) -> Session:
    """Shows the platform's home, lets `person` sign in, and gives the session. A fresh consumer looks whether it is one of somebody
    signed in; where that does not show, the person is asked once more. Raises NotSignedIn."""
    door = Door.of(target)
    settings: dict[str, Any] = {**device.context, **door.settings, "locale": target.locale}
    if target.user_agent:
        settings["user_agent"] = target.user_agent
    if target.locale.startswith("zh"):
        settings["timezone_id"] = "Asia/Shanghai"
    context = browser.new_context(**settings)
    door.open(context)
    window = Window(context)
    try:
        _open(window, target, say)
        for again in (False, True):
            person(window)
            closed, tabs, state = window.closed, window.session_storage(), window.storage()
            if caches := kept_sessions.without_caches(state):
                say(f"too large for a session, left out of what is kept of IndexedDB: {', '.join(caches)}")
            kept = Session(target.name, str(target.url), account, device.name, _now(), "", state, tabs)
            sign = _sign_of(browser, device, target, door, kept)
            if sign or (again and not closed):
                return replace(kept, sign=sign)
            if closed:
                break
            say(
                f"Nothing shows yet that {account} is signed in at {target.url}. Go on, then press Enter: what is there then is "
                "kept all the same. Ctrl-C keeps nothing."
            )
    finally:
        window.close()
    raise NotSignedIn(
        f"nothing shows that {account} is signed in at {target.url}: nothing was kept (run it again, sign in, and press Enter "
        "before the window is closed)"
    )


def _open(window: Window, target: Target, say: Callable[[str], None]) -> None:
    try:
        window.page.goto(str(target.url), wait_until="domcontentloaded", timeout=target.budget.wall_seconds * 1000)
    except PlaywrightError as error:  # the person may know another way
        what = error.message.splitlines()[0]
        say(f"{target.url} does not open: {what}{f' ({UNTRUSTED})' if 'ERR_CERT_' in what else ''}")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _sign_of(browser: Browser, device: Device, target: Target, door: Door, kept: Session) -> str:
    """What shows a fresh consumer with this storage that it is signed in; "" where nothing does."""
    if kept.is_empty or not browser.is_connected():
        return ""
    with tempfile.TemporaryDirectory(prefix="gongping-login-") as folder:
        bundle = Path(folder)
        redactor = Redactor(sorted(target.secrets()), kept.secrets)
        run = Run(
            target=target,
            bundle=bundle,
            journal=Journal(bundle / "journal.jsonl", redactor.text),
            redactor=redactor,
            pace=Pace(target.pace_seconds, bundle / ".pace"),
            pages=pages_of(target),
            sessions=(kept,),
            door=door,
        )
        attempt = Attempt(run, device, "login", 1, lambda: browser)
        try:
            consumer = attempt.consumer(kept.account, account=kept.account)
            consumer.visit(run.home, "home")
            return str(run.pages.Login(consumer, attempt).shows_signed_in())
        except (Wall, PlaywrightError):
            return ""
        finally:
            attempt.close()


def _at_the_terminal(window: Window) -> None:
    """Waits for Enter, or until the window is closed."""
    pressed = threading.Event()

    def read() -> None:
        if sys.stdin.readline():  # an input that has ended says nothing
            pressed.set()

    threading.Thread(target=read, daemon=True).start()
    while not pressed.is_set() and not window.closed:
        window.beat()


def _check_display() -> None:
    """Raises NoBrowser where no window can be shown."""
    if platform.system() == "Linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise NoBrowser(
            "no display here (DISPLAY and WAYLAND_DISPLAY are not set), and a person must see the page to sign in: run it at a "
            f"desktop, or through ssh -X; then carry {kept_sessions.folder()} of that machine over, with its key or with the same "
            f"{kept_sessions.KEY} on both"
        )


def _login(asked: argparse.Namespace) -> int:
    target = resolve(asked.target, asked.targets)
    account = account_of(target, asked.account)
    if not asked.headless:
        _check_display()
    found = find(headed=not asked.headless)
    kept_sessions.check_key()  # before a person takes the trouble
    Door.of(target)
    with sync_playwright() as playwright:
        check_device(asked.device, playwright)
        browser = playwright.chromium.launch(**found.launch_arguments(), headless=asked.headless)
        print(
            f"A browser opens at {target.url}: sign in as {account} there. Then press Enter here, or close the window.\n"
            "Nothing of what you type is read; kept is what the platform stores in the browser (cookies, local and session storage, IndexedDB).",
            flush=True,
        )
        device = make_device(asked.device, playwright, browser.version)
        session = sign_in_by_hand(browser, device, target, account, _at_the_terminal)
        with contextlib.suppress(PlaywrightError):
            browser.close()
    file = kept_sessions.keep(session)
    print(f"kept, encrypted: {file}")
    print(f"seen as signed in by {session.sign}" if session.sign else "not seen to be signed in; kept all the same")
    print(f"pytest --target {target.name} goes on in it; gongping login --forget {target.name} deletes it")
    return 0


def _list() -> int:
    kept = kept_sessions.listed()
    for each in kept:
        when = datetime.fromtimestamp(each.file.stat().st_mtime, UTC)
        print(
            f"{each.target}: {each.account}, {each.device}, {each.platform}, kept {when:%Y-%m-%d %H:%M} UTC, {each.file}"
        )
    if not kept:
        print(f"no session is kept in {kept_sessions.folder()}")
    return 0


def _forget(target: str, account: str) -> int:
    gone = kept_sessions.forget(target, account)
    for each in gone:
        print(f"forgotten: {each.target}, {each.account}, {each.device}, {each.platform}")
    if gone:
        return 0
    known = ", ".join(sorted({each.target for each in kept_sessions.listed()})) or "none"
    what = f'account "{account}" of target "{target}"' if account else f'target "{target}"'
    print(f"no session is kept for {what}; kept are those of: {known}", file=sys.stderr)
    return 1


def main(argv: Sequence[str] | None = None) -> int:
    """Keep a session, list or forget what is kept. 0 done; 1 nothing was kept or forgotten; 2 it can't be done as asked."""
    parser = argparse.ArgumentParser(
        prog="gongping login",
        description="Sign in by hand, in a browser that opens (QR code, SMS, slider); later runs of the target go on in that session.",
    )
    parser.add_argument(
        "target", nargs="?", metavar="TARGET", help="an entry of targets.yaml that declares the account"
    )
    parser.add_argument("--account", default="", metavar="NAME", help="which account, where the target has several")
    parser.add_argument("--targets", metavar="FILE", help="the file of targets (default: ./targets.yaml)")
    parser.add_argument(
        "--device",
        default="desktop",
        metavar="NAME",
        help="desktop, mobile or a Playwright device name (default: desktop)",
    )
    parser.add_argument("--list", action="store_true", help="what is kept")
    parser.add_argument(
        "--forget", metavar="TARGET", help="delete what is kept of a target (with --account: of that one)"
    )
    parser.add_argument("--new-key", action="store_true", help=f"print a fresh key for {kept_sessions.KEY}")
    parser.add_argument("--headless", action="store_true", help=argparse.SUPPRESS)  # for tests
    asked = parser.parse_args(argv)
    if sum((asked.target is not None, asked.list, asked.forget is not None, asked.new_key)) != 1:
        parser.error("say a TARGET, --list, --forget TARGET or --new-key")
    try:
        if asked.new_key:
            print(kept_sessions.new_key())
            return 0
        if asked.list:
            return _list()
        if asked.forget is not None:
            return _forget(asked.forget, asked.account)
        return _login(asked)
    except KeyboardInterrupt:
        print("\nnothing was kept", file=sys.stderr)
        return 130
    except NotSignedIn as missing:
        print(missing, file=sys.stderr)
        return 1
    except (TargetError, NoBrowser, UnknownDevice) as error:
        print(error, file=sys.stderr)
        return 2
    except PlaywrightError as error:
        print(f"the browser ended: {error.message.splitlines()[0]}; nothing was kept", file=sys.stderr)
        return 1
