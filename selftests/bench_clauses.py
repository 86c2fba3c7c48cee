"""`make bench-clauses`: precision, recall and F1 of the clause lint, per article, and what it takes for what.

Each corpus is read by a model that was trained on the others (the rules are the same); the sentences kept aside were never trained on
nor looked at, and come last.

Labelled sentences are JSON lines: `text`, `label` (a duty of norm.yaml, `fair`, or `contested`), `family` (wordings that
belong together), optionally `why`. `clause` asks only whether a row of the sentence is `failed`, `duty` with its duty,
`article` with its article. A `failed` with another duty is a miss and a false alarm; so is any on a fair or
contested sentence. Contested sentences are right where they have a row and no `failed`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from gongping.clauses import lint
from gongping.clauses.model import NOT_UNFAIR, Model, read

SAMPLES = Path(str(files("gongping.clauses"))) / "samples"
ASIDE = Path(__file__).parent / "samples" / "clauses-aside" / "sentences.jsonl"


@dataclass(frozen=True)
class Case:
    """One labelled sentence; `family` keeps wordings together that a split must not part."""

    text: str
    label: str
    family: str = ""
    whole: str = ""
    """The sentence with its heading and neighbours."""

    @property
    def unfair(self) -> bool:
        return self.label not in NOT_UNFAIR


@dataclass
class Score:
    """Hits, false alarms and misses."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.hits / (2 * self.hits + self.alarms + self.misses) if self.hits else 0.0

    def __str__(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


@dataclass
class Result:
    """What the lint said of some sentences."""

    by_clause: Score = field(default_factory=Score)
    by_duty: Score = field(default_factory=Score)
    by_article: Score = field(default_factory=Score)
    articles: dict[str, Score] = field(default_factory=dict)
    failed_on_fair: list[str] = field(default_factory=list)
    told_on_fair: int = 0
    fair: int = 0
    contested_right: int = 0
    contested: int = 0
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[tuple[str, str, str]] = field(default_factory=list)


def cases(file: Path) -> list[Case]:
    """The labelled sentences of a file. Raises SystemExit naming file and line."""
    found: list[Case] = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            heading = f"# {row['heading']}\n\n" if row.get("heading") else ""
            whole = f"{heading}{row.get('before', '')}{row['text']}{row.get('after', '')}"
            label = "contested" if row["label"].startswith("contested") else row["label"]
            found.append(Case(row["text"], label, row.get("family", file.stem), whole))
        except (ValueError, KeyError, TypeError) as error:
            raise SystemExit(f"{file}:{number}: not a labelled sentence ({error}); needs text and label") from None
    return found


def article(duty: str) -> str:
    return duty.partition(".")[0]


def _count(score: Score, label: str, said: set[str]) -> None:
    score.hits += label in said
    score.misses += label not in NOT_UNFAIR and label not in said
    score.alarms += bool(said - {label}) and label not in said


def measure(them: Iterable[Case], reader: Model | None = None) -> Result:
    """Lint every sentence with what stands around it, and compare."""
    result = Result()
    for case in them:
        rows = lint(case.whole or case.text, reader=reader)
        failed = {row.duty for row in rows if row.outcome == "failed"}
        result.by_clause.hits += case.unfair and bool(failed)
        result.by_clause.misses += case.unfair and not failed
        result.by_clause.alarms += not case.unfair and bool(failed)
        _count(result.by_duty, case.label, failed)
        label_article = article(case.label) if case.unfair else case.label
        said_articles = {article(duty) for duty in failed}
        _count(result.by_article, label_article, said_articles)
        for name in {label_article, *said_articles} - set(NOT_UNFAIR):
            score = result.articles.setdefault(name, Score())
            score.hits += name == label_article and name in said_articles
            score.misses += name == label_article and name not in said_articles
            score.alarms += name != label_article and name in said_articles
        if case.label == "fair":
            result.fair += 1
            result.told_on_fair += bool(rows)
            result.failed_on_fair += [case.text] if failed else []
        elif case.label == "contested":
            result.contested += 1
            result.contested_right += bool(rows) and not failed
        said = ",".join(sorted(failed)) or ("cantTell" if rows else "nothing")
        right = case.label in failed if case.unfair else not failed and (case.label == "fair" or bool(rows))
        if not right:
            result.confusions[case.label, said] += 1
            result.examples.append((case.label, said, case.text))
    return result


def tell(name: str, result: Result, *, confusions: bool) -> None:
    """Print one result."""
    print(f"\n== {name}")
    print(f"clause   {result.by_clause}")
    print(
        f"duty     {result.by_duty}   ({result.by_duty.hits} hits, {result.by_duty.alarms} false alarms, {result.by_duty.misses} misses)"
    )
    print(f"article  {result.by_article}")
    print(
        f"fair: failed on {len(result.failed_on_fair)} of {result.fair}, cantTell on {result.told_on_fair - len(result.failed_on_fair)}"
    )
    print(f"contested: cantTell on {result.contested_right} of {result.contested}")
    if not confusions:
        return
    for number in sorted(result.articles, key=int):
        score = result.articles[number]
        print(f"  article {number:>2}  {score}   n={score.hits + score.misses}")
    print("label -> said:")
    for label, said, text in sorted(result.examples):
        print(f"  {label:>9} -> {said:<10} {text}")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Measure the clause lint on labelled sentences.")
    parser.add_argument("files", nargs="*", type=Path, help="further files of labelled sentences; they are told apart")
    asked = parser.parse_args(argv)
    corpora = {file: read(file.read_text("utf-8")) for file in sorted(SAMPLES.glob("*.jsonl"))}
    own = [file for file in corpora if file.stem.startswith("batch")]  # by the author of the rules: one corpus
    for group in ([f] for f in corpora if f not in own):
        reader = Model([x for f, xs in corpora.items() if f not in group for x in xs])
        them = [case for f in group for case in cases(f)]
        tell(f"{group[0].name}, by a model of the others (n={len(them)})", measure(them, reader), confusions=False)
    reader = Model([x for f, xs in corpora.items() if f not in own for x in xs])
    tell("the batches, by a model of the others", measure([c for f in own for c in cases(f)], reader), confusions=False)
    every: list[Case] = []
    for file in sorted(ASIDE.parent.glob("sentences*.jsonl")):
        them = cases(file)
        tell(f"kept aside: {file.stem} (n={len(them)})", measure(them), confusions=True)
        every += them
    tell(f"kept aside, all (n={len(every)})", measure(every), confusions=False)
    for file in asked.files:
        them = cases(file)
        tell(f"{file} (n={len(them)})", measure(them), confusions=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
