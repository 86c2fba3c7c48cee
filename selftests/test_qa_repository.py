"""A QA team's own repository: the built wheel, an own targets.yaml, one overridden page method, nothing of this checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from gongping.market.server import Market
from selftests.conftest import ROOT

TARGETS = """\
targets:
  staging:
    url: {url}
    mode: exercise
    queries: [手机]
    accounts: {{shopper: {{username: "env:ACME_USER", password: "env:ACME_PASSWORD"}}}}
    pages: acme_pages:AcmePages
"""
PAGES = """\
from pathlib import Path

from gongping.pages import Pages
from gongping.pages.results import Results


class AcmeResults(Results):
    def cards(self, sight):
        Path("asked").write_text("cards")
        return super().cards(sight)


class AcmePages(Pages):
    Results = AcmeResults
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(folder.glob("gongping-*.whl"))


def test_the_wheel_holds_what_is_read_at_run_time(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        "gongping/py.typed", "gongping/sight/collect.js", "gongping/sight/hooks.js", "gongping/norm/norm.yaml", "gongping/lexicon/ads.yaml", "gongping/targets.schema.json",
        "gongping/market/data/faults.toml", "gongping/market/templates/base.html", "gongping/market/static/shop.css", "gongping/pages/home.py", "gongping/pages/journeys/home.py",
        "gongping/tests/test_article_42_tie_ins.py", "gongping/observations/checkout.py",
    }  # fmt: skip
    assert wanted <= names, wanted - names
    assert any(n.startswith("gongping/reports/templates/") for n in names)
    assert not [n for n in names if n.startswith(("selftests/", "tests/", "pages/"))]
    shipped = {n for n in names if n.startswith("gongping/") and not n.endswith(".py")}
    kept = {
        str(p.relative_to(ROOT)) for p in (ROOT / "gongping").rglob("*")
        if p.is_file() and p.suffix not in (".py", ".pyc")
    }  # fmt: skip
    assert kept <= shipped, f"not in the wheel: {sorted(kept - shipped)[:10]}"


def test_an_audit_from_an_own_repository(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    site = next(home.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    (site / "dependencies.pth").write_text(
        sysconfig.get_path("purelib") + "\n"
    )  # what pip would download, from this environment
    repository = tmp_path / "acme"
    repository.mkdir()
    (repository / "acme_pages.py").write_text(PAGES, encoding="utf-8")
    with Market.start() as market:
        (repository / "targets.yaml").write_text(
            TARGETS.format(url=market.url("qa", ["insurance-ticked"])), encoding="utf-8"
        )
        done = subprocess.run(
            [str(home / "bin" / "python"), "-m", "pytest", "--pyargs", "gongping.tests", "--target", "staging", "--duty", "42.2", "--devices", "desktop", "--no-confirm", "-q"],
            cwd=repository, capture_output=True, text=True, check=False, env={**os.environ, "ACME_USER": "shopper", "ACME_PASSWORD": "gongping-2026", "PYTEST_ADDOPTS": "", "PYTHONPATH": ""},
        )  # fmt: skip
    told = json.loads((repository / "reports" / "staging" / "latest" / "verdicts.json").read_text("utf-8"))
    assert told["duties"]["42.2"] == "failed", done.stdout
    assert done.returncode == 1
    assert (repository / "asked").exists(), "the overridden method was not asked"
    assert "gongping-2026" not in "".join(
        p.read_text("utf-8", "ignore") for p in (repository / "reports").rglob("*.json*")
    )
