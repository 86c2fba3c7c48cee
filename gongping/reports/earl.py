"""earl.jsonld: the verdicts in W3C's Evaluation and Report Language (EARL 1.0), as JSON-LD 1.1.

One assertion a verdict, and one for each duty that nothing was said of. The context stands in the file, so that a reader needs no
network; evidence is named relative to the file, so that the bundle can be moved. What EARL has no word for (device, confirmed,
waiver, judged, measured) is under `urn:x-gongping:terms:`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gongping.norm import Duty, Norm, load
from gongping.reports import words
from gongping.verdicts import Outcome, Shown, TestMode, Verdict, Verdicts

NAME = "earl.jsonld"
CRITERION = "urn:x-gongping:norm:cq-2020-39:duty:"
"""What a duty's IRI begins with; the same in every bundle, so that reports can be joined."""

_CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "gp": "urn:x-gongping:terms:",
    "Assertion": "earl:Assertion",
    "Assertor": "earl:Assertor",
    "Software": "earl:Software",
    "TestSubject": "earl:TestSubject",
    "TestCriterion": "earl:TestCriterion",
    "TestRequirement": "earl:TestRequirement",
    "TestResult": "earl:TestResult",
    "Evidence": "gp:Evidence",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@vocab"},
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@vocab"},
    "pointer": "earl:pointer",
    "info": {"@id": "earl:info", "@language": "zh"},
    # objects of @vocab terms
    **{outcome.value: f"earl:{outcome.value}" for outcome in Outcome},
    **{mode.value: f"earl:{mode.value}" for mode in TestMode},
    "title": {"@id": "dct:title", "@container": "@language"},
    "description": {"@id": "dct:description", "@container": "@language"},
    "identifier": "dct:identifier",
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "source": {"@id": "dct:source", "@type": "@id"},
    "date": {"@id": "dct:date", "@type": "xsd:dateTime"},
    "hasVersion": "dct:hasVersion",
    "file": {"@id": "foaf:page", "@type": "@id"},
    "device": "gp:device",
    "place": "gp:place",
    "element": {"@id": "gp:element", "@language": "zh"},
    "address": "gp:address",
    "certificateUnchecked": "gp:certificateUnchecked",
    "judged": "gp:judged",
    "quote": {"@id": "gp:quote", "@language": "zh"},
    "measured": {"@id": "gp:measured", "@type": "@json"},
    "confirmed": {"@id": "gp:confirmed", "@type": "xsd:boolean"},
    "waived": {"@id": "gp:waived", "@language": "zh"},
    "testedBy": "gp:testedBy",
}
_ASSERTOR, _SUBJECT = "#assertor", "#subject"


def write(verdicts: Verdicts, path: Path, norm: Norm | None = None) -> Path:
    """Write EARL as JSON-LD to `path`; returns it."""
    document = {"@context": _CONTEXT, "@graph": list(_graph(verdicts, norm or load()))}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def _graph(verdicts: Verdicts, norm: Norm) -> Iterator[dict[str, Any]]:
    yield {
        "@id": _ASSERTOR,
        "@type": ["Assertor", "Software"],
        "title": {"zh": "公平秤 Gongping", "en": "Gongping"},
        "hasVersion": verdicts.suite.version,
    }
    yield {
        "@id": _SUBJECT,
        "@type": "TestSubject",
        "identifier": verdicts.target,
        "title": {"zh": verdicts.target},
        # a literal: what was given as an address may be no IRI
        "address": verdicts.url,
        "date": verdicts.started,
        **({"certificateUnchecked": verdicts.certificate_unchecked} if verdicts.certificate_unchecked else {}),
    }
    yield {
        "@id": CRITERION.removesuffix(":duty:"),
        "identifier": verdicts.suite.norm,
        "title": {"zh": norm.meta.title_zh, "en": norm.meta.title_en},
    }
    said: dict[str, list[Verdict]] = {duty.id: [] for duty in norm.duties}
    for verdict in verdicts.verdicts:
        said.setdefault(verdict.duty, []).append(verdict)
    for duty in norm.duties:
        yield _criterion(duty)
    number = 0
    for ident, of_duty in said.items():
        for verdict in of_duty:
            number += 1
            yield _assertion(f"#assertion-{number}", ident, verdicts.started, verdict)
        if not of_duty:
            number += 1
            outcome = verdicts.duties.get(ident, Outcome.UNTESTED)
            yield _silent(f"#assertion-{number}", norm.duty(ident), verdicts.started, outcome)


def _criterion(duty: Duty) -> dict[str, Any]:
    return {
        "@id": CRITERION + duty.id,
        "@type": ["TestCriterion", "TestRequirement"],
        "identifier": duty.id,
        "title": {"zh": duty.title_zh, "en": duty.title_en},
        "description": {"zh": duty.quote},
        "isPartOf": CRITERION.removesuffix(":duty:"),
    }


def _assertion(ident: str, duty: str, started: str, verdict: Verdict) -> dict[str, Any]:
    result: dict[str, Any] = {
        "@type": "TestResult",
        "outcome": verdict.outcome.value,
        "date": started,
        "description": _texts(verdict.says.zh, verdict.says.en),
        "pointer": list(_pointers(verdict)),
    }
    rows = words.measured_rows(verdict.measured)
    if info := "；".join(f"{row.name} {row.value} {row.unit}".rstrip() for row in rows):
        result["info"] = info
    if verdict.outcome is Outcome.FAILED:
        result["confirmed"] = verdict.confirmed
    if verdict.waiver:
        result["waived"] = f"{verdict.waiver.reason}（{verdict.waiver.owner}，{verdict.waiver.until}）"
    return _with(
        {
            "@id": ident,
            "@type": "Assertion",
            "assertedBy": _ASSERTOR,
            "subject": _SUBJECT,
            "test": CRITERION + duty,
            "mode": verdict.test_mode.value,
            "result": result,
        },
        device=verdict.device,
        testedBy=verdict.test,
    )


def _silent(ident: str, duty: Duty, started: str, outcome: Outcome) -> dict[str, Any]:
    """A duty that nothing was said of: a person would have to look."""
    result = {
        "@type": "TestResult",
        "outcome": outcome.value,
        "date": started,
        "description": _texts(duty.person_looks_at, duty.person_looks_at_en),
    }
    return {
        "@id": ident,
        "@type": "Assertion",
        "assertedBy": _ASSERTOR,
        "subject": _SUBJECT,
        "test": CRITERION + duty.id,
        "mode": TestMode.MANUAL.value,
        "result": result,
    }


def _pointers(verdict: Verdict) -> Iterator[dict[str, Any]]:
    """Everything that was shown with its files, then the files that nothing shown names."""
    for shown in verdict.shown:
        yield _pointer(shown)
    named = {file for shown in verdict.shown for file in shown.files}
    for file in verdict.evidence:
        if file not in named:
            yield {"@type": "Evidence", "file": _iri(file)}


def _pointer(shown: Shown) -> dict[str, Any]:
    return _with(
        {"@type": "Evidence", "title": {"zh": shown.caption}, "judged": shown.judged, "measured": shown.measured},
        file=[_iri(file) for file in shown.files],
        quote=shown.quote,
        device=shown.where.device,
        place=shown.where.place,
        element=shown.where.element,
        address=shown.where.url,
    )


def _with(node: dict[str, Any], **more: Any) -> dict[str, Any]:
    """`node` and what of `more` says something."""
    return node | {key: value for key, value in more.items() if value}


def _texts(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en} if en else {"zh": zh}


def _iri(file: str) -> str:
    """A path of the bundle as an IRI relative to it."""
    return quote(file)
