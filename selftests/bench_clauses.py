"""`make bench-clauses`: precision, recall and F1 of the clause lint, per article, and what it takes for what.

Labelled sentences are JSON lines: `text`, `label` (a duty of norm.yaml, `fair`, or `contested`), `family` (wordings that
belong together), optionally `why`. A clause is hit where a row of its sentence is `failed` with its duty, or, in the
second measure, with its article. A `failed` with another duty is a miss and a false alarm; so is any on a fair or
contested sentence. Contested sentences are right where they have a row and no `failed`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gongping.clauses import lint

SAMPLES = Path(__file__).parent / "samples" / "clauses"
NOT_UNFAIR = ("fair", "contested")


@dataclass(frozen=True)
class Case:
    """One labelled sentence; `family` keeps wordings together that a split must not part."""

    text: str
    label: str
    family: str = ""

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
            found.append(Case(row["text"], row["label"], row.get("family", file.stem)))
        except (ValueError, KeyError, TypeError) as error:
            raise SystemExit(f"{file}:{number}: not a labelled sentence ({error}); needs text and label") from None
    return found


def article(duty: str) -> str:
    return duty.partition(".")[0]


def _count(score: Score, label: str, said: set[str]) -> None:
    score.hits += label in said
    score.misses += label not in NOT_UNFAIR and label not in said
    score.alarms += bool(said - {label}) and label not in said


def measure(them: Iterable[Case]) -> Result:
    """Lint every sentence by itself and compare."""
    result = Result()
    for case in them:
        rows = lint(case.text)
        failed = {row.duty for row in rows if row.outcome == "failed"}
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


def model(them: Sequence[Case], folds: int = 5) -> Score:
    """A model of character n-grams by itself, with folds that keep families apart: what the rules are better than."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold
    from sklearn.pipeline import make_pipeline

    from gongping.lexicon import normalise

    texts = [normalise(case.text) for case in them]
    labels = [case.label if case.unfair else "fair" for case in them]
    score = Score()
    for train, test in GroupKFold(folds).split(texts, labels, [case.family for case in them]):
        made = make_pipeline(
            TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True),
            LogisticRegression(C=30, max_iter=2000, class_weight="balanced"),
        )
        made.fit([texts[i] for i in train], [labels[i] for i in train])
        for i, said in zip(test, made.predict([texts[i] for i in test]), strict=True):
            _count(score, labels[i], {said} - {"fair"})
    return score


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Measure the clause lint on labelled sentences.")
    parser.add_argument("files", nargs="*", type=Path, help="further files of labelled sentences; they are told apart")
    parser.add_argument("--model", action="store_true", help="also a model of character n-grams (needs scikit-learn)")
    asked = parser.parse_args(argv)
    own = {file: cases(file) for file in sorted(SAMPLES.glob("*.jsonl"))}
    for file, them in own.items():
        tell(f"{file.name} (n={len(them)})", measure(them), confusions=False)
    together = [case for them in own.values() for case in them]
    tell(f"all of them (n={len(together)})", measure(together), confusions=True)
    if asked.model:
        print(f"\n== character n-grams, families apart\nduty     {model(together)}")
    for file in asked.files:
        them = cases(file)
        tell(f"{file} (n={len(them)})", measure(them), confusions=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
