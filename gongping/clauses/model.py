"""A second reader beside the rules: a linear model on character n-grams, trained at first use on labelled sentences (samples/).

Rules say what is beyond argument in words that somebody thought of; the model knows wordings that are near to ones that people labelled.
Measured with whole corpora kept apart (`make bench-clauses`), it finds what rules miss, and doubts what rules take too far.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from gongping.lexicon import normalise

SURE = 0.4
"""Log-odds from which on the model alone calls a sentence unfair (chosen on corpora kept aside: precision first)."""

DOUBT = -0.4
"""Log-odds from which on a sentence is shown to a person (the same)."""

FAIR = -0.8
"""Log-odds below which the model takes a sentence for fair that a rule calls unfair: then a person decides (the same)."""

_NEIGHBOURS = 0.5
"""Weight of what stands around a sentence, beside its own words (the same)."""

NOT_UNFAIR = ("fair", "contested")


@dataclass(frozen=True)
class Labelled:
    """A sentence with its label: a duty, `fair`, or `contested`; around: its heading and neighbours."""

    text: str
    label: str
    around: str = ""

    @property
    def unfair(self) -> bool:
        return not self.label.startswith(NOT_UNFAIR)


@dataclass(frozen=True)
class Opinion:
    """What the model thinks of a sentence: log-odds that it is unfair, and the duty that it would break then."""

    score: float
    duty: str


def read(lines: str) -> list[Labelled]:
    """Labelled sentences from JSON lines (`text`, `label`, optionally `heading`, `before`, `after`)."""
    found = []
    for line in lines.splitlines():
        if line.strip():
            row = json.loads(line)
            around = " ".join(str(row[k]) for k in ("heading", "before", "after") if row.get(k))
            found.append(Labelled(row["text"], row["label"], around))
    return found


class Model:
    """Two linear classifiers over the same n-grams: unfair or not, and which duty. The same sentences always give the same model."""

    def __init__(self, labelled: Sequence[Labelled]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.svm import LinearSVC

        self._own = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True)
        self._around = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        self._own.fit([_plain(x.text) for x in labelled])
        self._around.fit([_edge(x.around) for x in labelled])
        features = self._features([(x.text, x.around) for x in labelled])
        unfair = [x.unfair for x in labelled]
        self._unfair = LogisticRegression(C=20, max_iter=2000, class_weight="balanced").fit(features, unfair)
        rows = [n for n, is_unfair in enumerate(unfair) if is_unfair]
        self._duty = LinearSVC(C=1.0).fit(features[rows], [labelled[n].label for n in rows])

    def _features(self, sentences: Sequence[tuple[str, str]]) -> Any:
        from scipy.sparse import hstack

        own = self._own.transform([_plain(text) for text, _ in sentences])
        around = self._around.transform([_edge(text) for _, text in sentences])
        return hstack([own, _NEIGHBOURS * around]).tocsr()

    def opinions(self, sentences: Sequence[tuple[str, str]]) -> list[Opinion]:
        """What it thinks of sentences, each with what stands around it."""
        if not sentences:
            return []
        features, bare = self._features(sentences), self._features([(text, "") for text, _ in sentences])
        duties = self._duty.predict(features)
        # what stands around a sentence may save it, but can't make it unfair: that has a row of its own
        scores = np.minimum(self._unfair.decision_function(features), self._unfair.decision_function(bare))
        return [Opinion(float(s), str(d)) for s, d in zip(scores, duties, strict=True)]


def _plain(text: str) -> str:
    return normalise(text).lower()


def _edge(text: str) -> str:
    return f"| {_plain(text)}"


@cache
def trained() -> Model:
    """The model of the package's own samples. Training takes seconds, so it is kept in the user's cache, by what it was made of."""
    import joblib
    import sklearn

    folder = files("gongping.clauses") / "samples"
    named = sorted((f for f in folder.iterdir() if f.name.endswith(".jsonl")), key=lambda f: f.name)
    texts = [f.read_text("utf-8") for f in named]
    code = (files("gongping.clauses") / "model.py").read_bytes()
    made_of = hashlib.sha256(b"".join([code, sklearn.__version__.encode(), *(t.encode() for t in texts)])).hexdigest()
    kept = (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongping" / f"clauses-{made_of[:16]}.joblib"
    )
    try:
        found = joblib.load(kept)
        if isinstance(found, Model):
            return found
    except (OSError, EOFError, ValueError, KeyError, AttributeError, ImportError):  # none yet, or a torn one
        pass
    model = Model([x for t in texts for x in read(t)])
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=kept.parent, delete=False) as half:
            joblib.dump(model, half, compress=3)
        os.replace(half.name, kept)
    except OSError:  # nowhere to keep it: trained anew each time
        pass
    return model
