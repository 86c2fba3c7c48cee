"""The 69 articles and 170 duties of 渝市监发〔2020〕39号, read from norm.yaml.

`load()` reads and checks the whole file once; whatever in it is unknown, missing or points nowhere stops the run there.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, Self, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

Force = Literal["must", "must_not", "encouraged", "power", "liability", "definition"]
Addressee = Literal["platform", "self-operated business", "in-platform seller", "authority"]
Observability = Literal["browser", "browser-with-setup", "longitudinal", "attestation", "none"]
Basis = Literal["norm", "law", "standard", "convention"]
_T = TypeVar("_T")


class UnknownDuty(LookupError):
    """No duty, article or parameter of that name; says what comes close."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Parameter(_Record):
    """A number of the norm, with its unit and where it comes from: the norm itself, a law, a standard, a convention."""

    name: str
    value: float | int | tuple[tuple[int, int], ...]
    unit: str
    basis: Basis
    why: str

    @property
    def number(self) -> float:
        """The value of a parameter that is one number. Raises TypeError for `viewports`."""
        if isinstance(self.value, tuple):
            raise TypeError(f"{self.name} is a list, not a number")
        return self.value


class Law(_Record):
    """A law or standard that norm.yaml cites by a short key."""

    key: str
    name_zh: str = Field(alias="cn")
    name_en: str = Field(alias="en")
    in_force: str
    checked: str
    instrument: str = ""


class Citation(_Record):
    """An article of a law behind a duty; `confidence` is about whether that article says this."""

    law: str
    article: str = ""
    confidence: Literal["high", "medium", "low"]
    note: str = ""


class Source(_Record):
    """Where in its article a duty stands: paragraph, and items of it, counted from 1."""

    paragraph: int = Field(alias="para")
    items: tuple[int, ...] = ()


class Item(_Record):
    """A numbered item （一） of a paragraph."""

    n: int
    text: str


class Paragraph(_Record):
    """A paragraph (款) of an article; `text` is its opening where it has items."""

    n: int
    text: str
    items: tuple[Item, ...] = ()


class Duty(_Record):
    """One separable obligation. `pass_`, `fail`, `cannot_tell` and `not_applicable` are its conditions, in English."""

    id: str
    article: int
    source: Source
    lead: str = Field(description="the opening of the paragraph, where the clause is an item of it; else empty")
    clause: str = Field(description="the paragraph that the duty stands in, or the items of it; verbatim")
    title_zh: str = Field(alias="title_cn", min_length=1, max_length=20)
    duty: str
    force: Force
    addressee: Addressee
    observability: Observability
    devices: Literal["any", "both"] = Field("any", description="both: never passed on one device")
    person_looks_at: str = Field(min_length=1, description="what a person would look at or ask for; Chinese")
    scope: str = Field("", alias="extended_scope", description="how far beyond self-operated business it is looked at")
    steps: tuple[str, ...] = ()
    pass_: tuple[str, ...] = Field((), alias="pass")
    fail: tuple[str, ...] = ()
    cannot_tell: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    evasions: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    evidence_to_ask: tuple[str, ...] = ()
    consumer_side_proxy: str = ""
    note: str = ""
    law: tuple[Citation, ...] = ()
    title_en: str = Field("", description="from english.yaml: a translation, the Chinese text decides")
    person_looks_at_en: str = ""

    @property
    def quote(self) -> str:
        """The clause with the opening that its items need to be read with."""
        return self.lead + self.clause

    @property
    def only_self_operated(self) -> bool:
        """The norm binds self-operated business here; a law binds every operator, so all offers are looked at."""
        return bool(self.scope)


class Article(_Record):
    """An article of the norm; `text` is verbatim, paragraphs parted by line breaks."""

    number: int
    name_zh: str = Field(alias="cn")
    gloss: str
    observability_best: Observability
    text: str
    paragraphs: tuple[Paragraph, ...]
    duties: tuple[Duty, ...]

    @model_validator(mode="before")
    @classmethod
    def _complete(cls, data: Any) -> Any:
        """Give an article of one paragraph its paragraph, and every duty its article and clause."""
        paragraphs = data.get("paragraphs") or [{"n": 1, "text": data["text"]}]
        by_number = {paragraph["n"]: paragraph for paragraph in paragraphs}
        duties = []
        for duty in data["duties"]:
            source = duty["source"]
            paragraph = by_number[source["para"]]
            items = {item["n"]: item["text"] for item in paragraph.get("items", ())}
            chosen = [items[n] for n in source.get("items", ())]
            clause = "".join(chosen) or "".join([paragraph["text"], *items.values()])
            lead = paragraph["text"] if chosen else ""
            duties.append(duty | {"article": data["number"], "lead": lead, "clause": clause})
        return data | {"paragraphs": paragraphs, "duties": duties}


class Chapter(_Record):
    """A chapter of the norm."""

    number: int
    name_zh: str = Field(alias="cn")
    title_zh: str = Field(alias="title_cn")
    title_en: str
    articles: tuple[Article, ...]


class Meta(_Record):
    """What the norm is and how its text came here."""

    title_zh: str = Field(alias="title_cn")
    title_en: str
    number: str = Field(alias="doc_no")
    issuer: str
    issued: str
    in_force: str
    rank: str
    n_articles: int
    transcription: str
    reviewed_on: str
    not_legal_advice: str
    preamble_text: str


class Ambiguity(_Record):
    """A place where the text leaves something open; article 0 is the whole text."""

    article: int
    issue: str
    text: str = ""


class Norm(_Record):
    """The whole norm. Look-ups raise UnknownDuty with close matches."""

    meta: Meta
    verdicts: dict[str, str]
    observability_classes: dict[Observability, str]
    addressee_values: tuple[Addressee, ...]
    parameters: tuple[Parameter, ...]
    predicates: dict[str, str]
    algorithms: dict[str, Any]
    fixtures: dict[str, Any]
    laws: tuple[Law, ...]
    laws_to_watch: tuple[str, ...]
    ambiguities: tuple[Ambiguity, ...]
    chapters: tuple[Chapter, ...]

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        problems = list(self._problems())
        if problems:
            raise ValueError("norm.yaml: " + "; ".join(problems))
        return self

    def _problems(self) -> Iterator[str]:
        numbers = [article.number for article in self.articles]
        if numbers != list(range(1, self.meta.n_articles + 1)):
            yield f"the articles are not 1 to {self.meta.n_articles}: {numbers}"
        seen: set[str] = set()
        laws = {law.key for law in self.laws}
        for duty in self.duties:
            if duty.id in seen:
                yield f"duty {duty.id} stands twice"
            seen.add(duty.id)
            if not duty.id.startswith(f"{duty.article}."):
                yield f"duty {duty.id} stands under article {duty.article}"
            for name in duty.parameters:
                if name not in self._parameters:
                    yield f"duty {duty.id} names the unknown parameter {name}"
            for citation in duty.law:
                if citation.law not in laws:
                    yield f"duty {duty.id} cites the unknown law {citation.law}"

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """All articles in order."""
        return tuple(article for chapter in self.chapters for article in chapter.articles)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """All duties in the order of the text."""
        return tuple(duty for article in self.articles for duty in article.duties)

    @cached_property
    def _duties(self) -> dict[str, Duty]:
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def _parameters(self) -> dict[str, Parameter]:
        return {parameter.name: parameter for parameter in self.parameters}

    def duty(self, id: str) -> Duty:
        """The duty called `id`, such as "24.3"."""
        return _look_up(self._duties, id, "duty")

    def article(self, number: int) -> Article:
        """The article with that number."""
        return _look_up({str(article.number): article for article in self.articles}, str(number), "article")

    def chapter_of(self, article: int) -> Chapter:
        """The chapter that holds the article with that number."""
        wanted = self.article(article).number
        return next(c for c in self.chapters if any(a.number == wanted for a in c.articles))

    def parameter(self, name: str) -> Parameter:
        """The parameter called `name`, such as "close_clicks_max"."""
        return _look_up(self._parameters, name, "parameter")

    def law(self, key: str) -> Law:
        """The law with that key, such as "ECL"."""
        return _look_up({law.key: law for law in self.laws}, key, "law")


def _look_up(table: dict[str, _T], key: str, kind: str) -> _T:
    try:
        return table[key]
    except KeyError:
        siblings = [other for other in table if other.split(".")[0] == key.split(".", 1)[0]]
        close = difflib.get_close_matches(key, table, n=3) or siblings[:3]
        hint = f"; did you mean {', '.join(close)}?" if close else ""
        raise UnknownDuty(f"the norm has no {kind} {key!r}{hint}") from None


@cache
def load() -> Norm:
    """The norm, read once. Raises pydantic.ValidationError where norm.yaml is wrong."""
    data = _read("norm.yaml")
    data["laws"] = [{"key": key, **law} for key, law in data["laws"].items()]
    english = _read("english.yaml")
    for duty in (duty for chapter in data["chapters"] for article in chapter["articles"] for duty in article["duties"]):
        duty["title_en"], duty["person_looks_at_en"] = english.pop(duty["id"], ("", ""))
    if english:
        raise ValueError(f"english.yaml: the norm has no duty {', '.join(english)}")
    return Norm.model_validate(data)


def _read(name: str) -> Any:
    text = (files("gongping.norm") / name).read_text("utf-8")
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
