"""Finding a browser: the first that really starts, remembered until it changes; never a guess, never an install."""

import os
import platform
import shutil
import stat
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from gongping import browser, cli
from gongping.browser import NoBrowser, find


@pytest.fixture(scope="module")
def real(playwright: Playwright) -> str:
    """A browser that starts, as a path."""
    return find().executable or playwright.chromium.executable_path


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that remembers nothing and has nothing but a folder on PATH."""
    monkeypatch.setattr(browser, "_memory", lambda: tmp_path / "cache" / "browser.json")
    monkeypatch.delenv(browser.SETTING, raising=False)
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "none"))
    monkeypatch.setattr(browser, "CHANNELS", ())
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def _script(file: Path, text: str) -> Path:
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


def _wrapper(file: Path, real: str, log: Path) -> Path:
    """A browser that writes a line whenever it starts."""
    return _script(file, f"PATH={os.defpath}; export PATH; echo started >> '{log}'; exec '{real}' \"$@\"")


def test_what_starts_is_launched_once_and_remembered_until_it_changes(clean: Path, real: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    wrapper = _wrapper(clean / "chromium", real, log)
    first = find()
    assert (first.how, first.executable, first.version.count(".")) == ("chromium on PATH", str(wrapper), 3)
    assert find() == first
    assert log.read_text().splitlines() == ["started"]
    os.utime(wrapper, (1, 1))
    assert find().version == first.version
    assert len(log.read_text().splitlines()) == 2
    find(fresh=True)
    assert len(log.read_text().splitlines()) == 3


def test_what_does_not_start_is_passed_over(clean: Path, real: str, tmp_path: Path) -> None:
    _script(clean / "chromium", "exit 1")
    _wrapper(clean / "google-chrome", real, tmp_path / "log")
    assert find().how == "google-chrome on PATH"


def test_a_browser_that_is_set_is_used_or_refused_but_not_replaced(
    clean: Path, real: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = _wrapper(tmp_path / "own", real, tmp_path / "log")
    monkeypatch.setenv(browser.SETTING, str(own))
    assert find().executable == str(own)
    _wrapper(clean / "chromium", real, tmp_path / "log")
    with pytest.raises(NoBrowser, match="set to /nowhere/chromium"):
        find("/nowhere/chromium")
    with pytest.raises(NoBrowser, match="set to msedge-dev"):
        find("msedge-dev")


def test_without_a_browser_the_message_says_what_was_tried_and_how_to_install(clean: Path) -> None:
    _script(clean / "chromium", "exit 1")
    with pytest.raises(NoBrowser) as raised:
        find()
    said = str(raised.value).splitlines()
    assert said[0] == "no browser starts:"
    assert "Playwright's own" in said[1] and "chromium on PATH" in said[2]
    assert said[-1] == f"Install one with: {browser.INSTALL}"


def test_it_is_found_while_playwright_is_running_and_then_launches(
    clean: Path, real: str, tmp_path: Path, playwright: Playwright
) -> None:
    _wrapper(clean / "chromium", real, tmp_path / "log")
    arguments = browser.launch_arguments()
    assert arguments["chromium_sandbox"] is False or not browser._is_root()
    with playwright.chromium.launch(**arguments) as launched:
        page = launched.new_page()
        page.set_content("<h1>公平秤</h1>")
        assert page.get_by_role("heading").inner_text() == "公平秤"


def test_a_home_that_cannot_be_written_only_costs_the_launch(
    clean: Path, real: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(browser, "_memory", lambda: tmp_path / "file" / "browser.json")
    _wrapper(clean / "chromium", real, log)
    assert find() == find()
    assert len(log.read_text().splitlines()) == 2


@pytest.mark.parametrize("written", ["", "[]", "{", '{"x": 1}'])
def test_a_spoilt_memory_is_forgotten(clean: Path, real: str, tmp_path: Path, written: str) -> None:
    _wrapper(clean / "chromium", real, tmp_path / "log")
    browser._memory().parent.mkdir()
    browser._memory().write_text(written)
    assert find().how == "chromium on PATH"


def _debian(clean: Path, monkeypatch: pytest.MonkeyPatch, apt_get: str) -> None:
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": "ubuntu", "ID_LIKE": "debian"})
    monkeypatch.setattr(browser, "_is_root", lambda: True)
    for tool in ("ln", "echo"):
        (clean / tool).symlink_to(shutil.which(tool, path=os.defpath) or tool)
    _script(clean / "apt-get", apt_get)


def test_the_set_up_installs_with_apt_after_an_update(
    clean: Path, real: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapper, log = _wrapper(tmp_path / "wrapper", real, tmp_path / "starts"), tmp_path / "apt"
    updated = tmp_path / "updated"
    _debian(
        clean,
        monkeypatch,
        f"echo \"$*\" >> '{log}'\n"
        f"case \"$*\" in update) echo > '{updated}';; "
        f"*chromium*) [ -e '{updated}' ] && ln -s '{wrapper}' '{clean}/chromium';; esac",
    )
    monkeypatch.setattr(browser, "has_chinese_fonts", lambda: True)
    assert browser.install().how == "chromium on PATH"
    install = "install -y --no-install-recommends chromium"
    ran = log.read_text().splitlines()
    assert ran[:3] == [install, "update", install]
    assert ran[3] == f"{install}-headless-shell", "the lighter one, where this Debian has it"
    assert browser.install().how == "chromium on PATH"
    assert log.read_text().splitlines() == ran, "a second set-up installs nothing"


def test_a_set_up_that_fails_says_what_to_do_by_hand(
    clean: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _debian(clean, monkeypatch, "exit 1")
    monkeypatch.setattr(browser, "has_chinese_fonts", lambda: False)
    monkeypatch.setattr(sys, "executable", str(_script(clean / "python", "exit 1")))
    assert browser.main() == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("No Chinese fonts")
    assert said[-1] == "Install Chromium or Chrome by hand, or set GONGPING_BROWSER to the path of one."


def test_fonts_are_unknown_where_nobody_can_be_asked(clean: Path) -> None:
    assert browser.has_chinese_fonts() is None
    _script(clean / "fc-list", "exit 0")
    assert browser.has_chinese_fonts() is False
    _script(clean / "fc-list", "echo Noto Sans CJK SC")
    assert browser.has_chinese_fonts() is True


def test_the_doctor_says_what_is_missing_and_the_remedy(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr().out
    assert "missing   browser " in said and f"-> {browser.INSTALL}" in said
    assert said.splitlines()[-1] == "no audit can run: 1 missing"


def test_the_doctor_works_where_something_is_broken(
    clean: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "gongping.norm", None)
    assert cli.main(["doctor"]) == 1
    assert "missing   norm " in capsys.readouterr().out


@pytest.mark.parametrize(("argv", "status"), [(["dcotor"], 2), ([], 2), (["--help"], 0), (["targets", "--help"], 0)])
def test_the_command_line_explains_itself(argv: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        cli.main(argv)
    assert raised.value.code == status
    said = capsys.readouterr()
    assert "usage: gongping" in said.out + said.err
