"""A second reader beside the rules: linear models on character n-grams, pairs of distant words and the words of the rules, trained at first use on labelled sentences (samples/).

Rules say what is beyond argument in words that somebody thought of; the model knows wordings that are near to ones that people labelled.
Measured with whole corpora kept apart (`make bench-clauses`), it finds what rules miss, and doubts what rules take too far.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from gongping.clauses.words import concepts
from gongping.lexicon import normalise

SURE = 1.5
"""Log-odds from which on a sentence is unfair that a rule doubts (whole corpora kept apart: precision first)."""

ALONE = 0.8
"""Log-odds from which on the model calls a sentence unfair that no rule knows (whole documents of three shops that it was not trained on:
nineteen of twenty sentences of a document are ordinary, of a corpus half)."""

AGREES = 0.0
"""Log-odds below which a person decides on what a rule calls unfair (the same)."""

UNLIKELY = -2.0
"""Log-odds below which, for unfair as for contested, a rule's doubt is dropped (the same)."""

OVERRULES = 2.5
"""Log-odds from which on the model calls a sentence unfair that a rule takes for saved (the same)."""

DOUBT = 0.0
"""Log-odds from which on a sentence is shown to a person (the same)."""

CONTESTED = 0.0
"""Log-odds from which on a sentence is shown to a person as one of those that only a person can decide (the same)."""

_NEIGHBOURS, _PAIRS, _CONCEPTS, _WORDS = 0.5, 1.5, 0.3, 1.0
"""Weights beside a sentence's own n-grams: what stands around it, pairs of distant words, words of the rules, English words (the same)."""

_WINDOW = 15
"""How far apart the words of a pair may stand (the same)."""

_STRIDE = 7919
"""A prime, by which surroundings are dealt out."""

_RULED = 0.2
"""What a rule's duty has ahead of the model's, in margins of the classifier of duties (the same)."""

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
    """What the model thinks of a sentence: log-odds that it is unfair, that it is contested, and how near each duty is."""

    score: float
    contested: float
    margins: dict[str, float]

    def duty(self, ruled: str = "") -> str:
        """The duty that it would break; `ruled` is the one that a rule found: it knows whether a business is addressed."""
        near = {
            duty: margin for duty, margin in self.margins.items() if not ruled or _business(duty) == _business(ruled)
        }
        if ruled in near:
            near[ruled] += _RULED
        return max(near, key=near.__getitem__, default=ruled)


def _business(duty: str) -> bool:
    return duty.startswith(("37.", "38."))


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
    """Linear classifiers over shared features: unfair or not, contested or not, which duty. The same sentences give the same model."""

    def __init__(self, labelled: Sequence[Labelled]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.svm import LinearSVC

        labelled = _in_context(labelled)
        usual: dict[str, Any] = {"sublinear_tf": True, "min_df": 2, "dtype": np.float32}
        self._own = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), **usual)
        self._around = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), **usual)
        self._pairs = TfidfVectorizer(analyzer=_pairs, **usual)
        self._concepts = TfidfVectorizer(tokenizer=concepts, token_pattern=None, ngram_range=(1, 3), **usual)
        self._words = TfidfVectorizer(analyzer=_words, **usual)
        near, features = self._features([(x.text, x.around) for x in labelled], fit=True)
        usual = {"class_weight": "balanced", "solver": "liblinear", "dual": True, "tol": 1e-3, "max_iter": 300}
        self._unfair = LogisticRegression(C=30, random_state=0, **usual).fit(features, [x.unfair for x in labelled])
        contested = [x.label.startswith("contested") for x in labelled]
        self._contested = LogisticRegression(C=10, random_state=0, **usual).fit(features, contested)
        rows = [n for n, x in enumerate(labelled) if x.unfair]
        self._duty = LinearSVC(C=1.0, random_state=0, tol=1e-3).fit(near[rows], [labelled[n].label for n in rows])

    def _features(self, sentences: Sequence[tuple[str, str]], *, fit: bool = False) -> tuple[Any, Any]:
        """What tells duties apart, and that with what tells unfair from fair. `fit`: their vocabulary is learned."""
        from scipy.sparse import hstack

        def of(vectors: Any, texts: list[str]) -> Any:
            return vectors.fit_transform(texts) if fit else vectors.transform(texts)

        texts = [_plain(text) for text, _ in sentences]
        around = of(self._around, [_edge(text) for _, text in sentences])
        near = hstack([of(self._own, texts), _NEIGHBOURS * around]).tocsr()
        beside = [
            _PAIRS * of(self._pairs, texts),
            _CONCEPTS * of(self._concepts, texts),
            _WORDS * of(self._words, texts),
        ]
        return near, hstack([near, *beside]).tocsr()

    def opinions(self, sentences: Sequence[tuple[str, str]]) -> list[Opinion]:
        """What it thinks of sentences, each with what stands around it."""
        if not sentences:
            return []
        # what stands around a sentence may save it, but can't make it unfair: that has a row of its own
        near, features = self._features([*sentences, *((text, "") for text, _ in sentences)])
        count = len(sentences)
        scores = np.minimum(*np.split(self._unfair.decision_function(features), [count]))
        near, features = near[:count], features[:count]
        contested, margins = self._contested.decision_function(features), self._duty.decision_function(near)
        duties = list(map(str, self._duty.classes_))
        return [
            Opinion(float(score), float(doubt), dict(zip(duties, map(float, each), strict=True)))
            for score, doubt, each in zip(scores, contested, margins, strict=True)
        ]


def _in_context(labelled: Sequence[Labelled]) -> list[Labelled]:
    """The sentences, every other one that came without surroundings in those of an ordinary one. In a document each has some, in corpora
    rather those that are ordinary: that there are any must tell nothing (a recall of 0.88 was 0.75 in documents)."""
    ordinary = [x.around for x in labelled if x.around and not x.unfair]
    if not ordinary:
        return list(labelled)
    return [
        replace(x, around=ordinary[n * _STRIDE % len(ordinary)]) if n % 2 and not x.around else x
        for n, x in enumerate(labelled)
    ]


def _pairs(text: str) -> list[str]:
    """Pairs of words that stand apart, a word of Chinese being two characters: what an operator does to what."""
    units = re.findall(r"[a-z]+|[^\x00-\x7f]", text)
    words = [a if a.isascii() else a + b for a, b in pairwise(units)] or units
    return [f"{a}_{b}" for n, a in enumerate(words) for b in words[n + 2 : n + _WINDOW]]


def _words(text: str) -> list[str]:
    """English words without their endings, and pairs of neighbours: letters alone would tell few of them from each other."""
    stems = [_stem(word) for word in re.findall(r"[a-z]{2,}", text)]
    return [*stems, *(f"{a}_{b}" for a, b in pairwise(stems))]


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")


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
    home = files("gongping.clauses")
    code = b"".join(
        (home / name).read_bytes() for name in ("model.py", "words.py", "rules/words.yaml", "rules/guards.yaml")
    )
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
