"""The Chromium that audits run in: found among what the machine has, launched once to be sure, remembered.

`python -m gongping.browser` is the part of the set-up that installs a browser and Chinese fonts where there are none;
an audit never installs anything.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Playwright, sync_playwright

SETTING = "GONGPING_BROWSER"
INSTALL = f'"{sys.executable}" -m gongping.browser'
CHANNELS = ("chrome", "msedge")
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
"""The same browser without windows: half the processor time of a full one (measured on Debian's), so first where nobody looks."""
ON_PATH = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
QUIET = (
    "--disable-background-networking",  # the browser's own traffic is not the platform's
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
LAUNCH_MS = 20_000


class NoBrowser(Exception):
    """No browser of this machine starts; the message says what was tried and how to install one."""


@dataclass(frozen=True)
class Found:
    """A browser that was launched once and answered."""

    how: str
    executable: str | None
    channel: str | None
    version: str
    sandbox: bool
    file: str = ""
    """The file whose change makes it doubtful; "" where only Playwright knows it."""
    changed: int = 0
    """Its modification time, ns."""

    def launch_arguments(self) -> dict[str, Any]:
        """Keywords for `browser_type.launch()`; add `headless` and the like."""
        chosen = {"executable_path": self.executable, "channel": self.channel}
        return {key: value for key, value in chosen.items() if value} | {
            "chromium_sandbox": self.sandbox,
            "args": list(QUIET),
        }


@dataclass(frozen=True)
class _Candidate:
    how: str
    executable: str | None = None
    channel: str | None = None


def launch_arguments(setting: str | None = None) -> dict[str, Any]:
    """Keywords for `browser_type.launch()`. `setting`: path or channel, default $GONGPING_BROWSER. Raises NoBrowser."""
    return find(setting).launch_arguments()


def find(setting: str | None = None, fresh: bool = False, headed: bool = False) -> Found:
    """The browser to use: what is set, else Playwright's own, a headless shell, Chrome, Edge, a Chromium on PATH. Raises NoBrowser.

    `headed` leaves out what has no windows. What was found is remembered per setting and version of Playwright until its file
    changes; `fresh` looks again.
    """
    setting = setting or os.environ.get(SETTING) or ""
    # who runs it decides on the sandbox
    key = f"{setting}|{'headed' if headed else 'headless'}|playwright {version('playwright')}|{os.environ.get('PLAYWRIGHT_BROWSERS_PATH', '')}|{_is_root()}"
    remembered = _remembered()
    if not fresh and key in remembered and (found := _still_there(remembered[key])):
        return found
    # a thread of its own: Playwright may be running in this one already, and starts only once in each
    with ThreadPoolExecutor(max_workers=1) as thread:
        found = thread.submit(_try_all, setting, headed).result()
    _remember(remembered | {key: asdict(found)})
    return found


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _candidates(setting: str, headed: bool) -> Iterator[_Candidate]:
    if setting:
        is_file = os.sep in setting or shutil.which(setting) is not None
        yield _Candidate(
            f"set to {setting}", *((shutil.which(setting) or setting, None) if is_file else (None, setting))
        )
        return
    yield _Candidate("Playwright's own")
    for name in () if headed else SHELLS:
        if executable := shutil.which(name):
            yield _Candidate(f"{name} on PATH", executable=executable)
    for channel in CHANNELS:
        yield _Candidate(f"channel {channel}", channel=channel)
    for name in ON_PATH:
        if executable := shutil.which(name):
            yield _Candidate(f"{name} on PATH", executable=executable)


def _try_all(setting: str, headed: bool) -> Found:
    tried = []
    with sync_playwright() as playwright:
        for candidate in _candidates(setting, headed):
            try:
                return _try(playwright, candidate)
            except Error as error:
                tried.append(f"  {candidate.how}: {_reason(error)}")
    raise NoBrowser("\n".join(["no browser starts:", *tried, f"Install one with: {INSTALL}"]))


def _try(playwright: Playwright, candidate: _Candidate) -> Found:
    """Launch it once, headless. Without a sandbox where there can be none (root, most containers). Raises Error."""
    file = candidate.executable or ("" if candidate.channel else playwright.chromium.executable_path)
    problem: Error | None = None
    for sandbox in (False,) if _is_root() else (True, False):
        found = Found(candidate.how, candidate.executable, candidate.channel, "", sandbox, file, _changed(file))
        try:
            with playwright.chromium.launch(**found.launch_arguments(), timeout=LAUNCH_MS) as browser:
                return Found(**asdict(found) | {"version": browser.version})
        except Error as error:
            problem = error
            if "sandbox" not in error.message.lower():
                break
    assert problem is not None
    raise problem


def _reason(error: Error) -> str:
    """The first line of Playwright's message that says something."""
    lines = [line.strip(" ╔║╚═╗╝-") for line in error.message.splitlines()]
    return next((line.partition(": ")[2] or line for line in lines if line), "unknown")


def _changed(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns if file else 0
    except OSError:
        return 0


def _still_there(remembered: dict[str, Any]) -> Found | None:
    try:
        found = Found(**remembered)
    except TypeError:  # written by another version
        return None
    return found if _changed(found.file) == found.changed else None


def _memory() -> Path:
    """The file in the user's cache folder."""
    home = Path.home()
    folder = {"Darwin": home / "Library" / "Caches", "Windows": Path(os.environ.get("LOCALAPPDATA", home))}.get(
        platform.system(), Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    )
    return folder / "gongping" / "browser.json"


def _remembered() -> dict[str, dict[str, Any]]:
    try:
        remembered = json.loads(_memory().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return remembered if isinstance(remembered, dict) else {}


def _remember(remembered: dict[str, Any]) -> None:
    file = _memory()
    draft = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(json.dumps(remembered, indent=2), "utf-8")
        draft.replace(file)  # at once: other workers may be reading
    except OSError:
        pass  # a read-only home only costs the launch again


def has_chinese_fonts() -> bool | None:
    """Whether fontconfig knows a font with Chinese; None where there is no fontconfig to ask."""
    if not (fc_list := shutil.which("fc-list")):
        return None
    listed = subprocess.run([fc_list, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip()) if listed.returncode == 0 else None


# ---------------------------------------------------------------------------------------- installing, set-up only


def _is_debian() -> bool:
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return False
    return "debian" in f"{release.get('ID', '')} {release.get('ID_LIKE', '')}".split() and bool(shutil.which("apt-get"))


def _run(*command: str) -> bool:
    print("+", " ".join(command), flush=True)
    return subprocess.run(command, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}).returncode == 0


def _apt_install(packages: Sequence[str]) -> bool:
    """One package after the other, so that a name that this Debian lacks costs only itself."""
    if not (_is_root() or shutil.which("sudo")):
        return False
    apt = (*(() if _is_root() else ("sudo",)), "apt-get")
    install = (*apt, "install", "-y", "--no-install-recommends")
    missing = [package for package in packages if not _run(*install, package)]
    if missing and _run(*apt, "update"):
        missing = [package for package in missing if not _run(*install, package)]
    return not missing


def install() -> Found:
    """Install a browser and Chinese fonts where there are none. Raises NoBrowser."""
    has_fonts = has_chinese_fonts() or platform.system() != "Linux"  # other systems bring theirs
    if not has_fonts and not (_is_debian() and _apt_install(["fontconfig", "fonts-noto-cjk"])):
        print("No Chinese fonts: screenshots will show empty boxes. Install the Noto CJK fonts.", file=sys.stderr)
    try:
        return find()
    except NoBrowser:
        pass
    if _is_debian() and _apt_install(["chromium"]):
        _apt_install(["chromium-headless-shell"])  # lighter, where this Debian has it; nothing is lost without it
        try:
            return find(fresh=True)
        except NoBrowser as error:
            print(error, file=sys.stderr)
    _run(sys.executable, "-m", "playwright", "install", *(["--with-deps"] if _is_root() else []), "chromium")
    try:
        return find(fresh=True)
    except NoBrowser as error:
        advice = f"Install Chromium or Chrome by hand, or set {SETTING} to the path of one."
        raise NoBrowser(f"{error.args[0].partition('Install one with')[0]}{advice}") from None


def main() -> int:
    """Install what is missing; 1 where no browser starts."""
    try:
        found = install()
    except NoBrowser as error:
        print(error, file=sys.stderr)
        return 1
    print(f"browser: {found.how}, {found.version}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
