"""Whether a bundle is whole: `python tools/check_bundle.py reports/market/latest`. CI runs it after an audit."""

import sys
from collections import Counter
from pathlib import Path

from gongping.norm import load as load_norm
from gongping.verdicts import Verdicts


def problems(bundle: Path) -> list[str]:
    """What is wrong with a bundle, in words."""
    file = bundle / "verdicts.json"
    if not file.is_file():
        return [f"{file} is missing"]
    verdicts = Verdicts.model_validate_json(file.read_bytes())
    print(f"{bundle.resolve()}: {dict(Counter(map(str, verdicts.duties.values())))}")
    found = []
    known = {duty.id for duty in load_norm().duties}
    if unsaid := known - verdicts.duties.keys():
        found.append(f"duties without an outcome: {', '.join(sorted(unsaid))}")
    if unknown := verdicts.duties.keys() - known:
        found.append(f"duties that the norm lacks: {', '.join(sorted(unknown))}")
    if not verdicts.complete:
        found.append("the run was interrupted")
    if not any(verdicts.reached.values()):
        found.append("no place was reached")
    found += [f"an error of the suite: {error}" for error in verdicts.errors]
    shown = {path for verdict in verdicts.verdicts for path in verdict.evidence}
    found += [f"evidence is missing: {path}" for path in sorted(shown) if not (bundle / path).is_file()]
    for name in ("report.html", "junit.xml", "MANIFEST.sha256"):
        if not (bundle / name).is_file():
            found.append(f"{name} is missing")
    if not any((bundle / "allure-results").glob("*-result.json")):
        found.append("no Allure results")
    return found


if __name__ == "__main__":
    found = problems(Path(sys.argv[1]))
    for problem in found:
        print(f"bundle: {problem}", file=sys.stderr)
    raise SystemExit(bool(found))
