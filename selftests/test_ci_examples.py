"""The pipelines to copy: valid YAML, valid shell, and no option or command that isn't there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from gongping.cli import COMMANDS

FOLDER = Path(__file__).parents[1] / "docs" / "ci"
EXAMPLES = ("github-actions.yml", "gitlab-ci.yml")


def scripts(node: Any) -> Iterator[str]:
    """Every shell script of a pipeline."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("run", "script", "after_script"):
                yield value if isinstance(value, str) else "\n".join(value)
            else:
                yield from scripts(value)
    elif isinstance(node, list):
        for each in node:
            yield from scripts(each)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_shell_that_calls_what_is_there(name: str, pytestconfig: pytest.Config) -> None:
    found = list(scripts(yaml.safe_load((FOLDER / name).read_text("utf-8"))))
    assert found
    for script in found:
        plain = re.sub(r"\$\{\{.*?\}\}", "x", script)
        done = subprocess.run(["bash", "-n"], input=plain, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    whole = "\n".join(found)
    assert set(re.findall(r"^gongping (\w+)", whole, re.MULTILINE)) <= set(COMMANDS)
    pytest_line = next(line for line in whole.splitlines() if line.startswith("pytest "))
    known = {option for action in pytestconfig._parser.optparser._actions for option in action.option_strings}
    assert set(re.findall(r"(--?[\w-]+)", pytest_line.replace("$baseline", "--baseline"))) <= known
    assert "--baseline=baseline.json" in whole


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_page_tells_nobody_of_its_readers(name: str, tmp_path: Path) -> None:
    """Allure 3 writes this line into each page, whatever its configuration says."""
    whole = "\n".join(scripts(yaml.safe_load((FOLDER / name).read_text("utf-8"))))
    line = next(each for each in whole.splitlines() if each.startswith("sed "))
    folder = tmp_path / line.split()[-1]
    folder.parent.mkdir()
    folder.write_text(
        '<a>\n    <script async src="https://www.googletagmanager.com/gtag/js?id=G-LNDJ3J7WT0"></script>\n<b>'
    )
    subprocess.run(["bash", "-e"], input=line, text=True, cwd=tmp_path, check=True)
    assert folder.read_text().split() == ["<a>", "<b>"]
