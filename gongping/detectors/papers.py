"""Which document a title or a link names, and which pages lead to documents. The words are data (lexicon)."""

from __future__ import annotations

import re

from gongping.detectors.announced import asks_for_comments
from gongping.detectors.rights import topics_of
from gongping.detectors.stated_dates import dates_in
from gongping.lexicon import normalise, phrase, words
from gongping.lexicon.text import fold
from gongping.observations.documents import Document
from gongping.observations.library import Kind
from gongping.sight.model import Seen, Sight

_LONGEST = 40
"""Characters: a title is no longer; a sentence that mentions a document is none (convention)."""

_SHORT = 20
"""Characters: the name of a promotion is no longer; what a product is called is (convention)."""

_NOTICE = 60
"""Characters: the title of a notice, which may name a document, is no longer (convention)."""

_BY_PHRASE: tuple[tuple[Kind, str], ...] = (
    ("penalties", "paper_about_penalties"),
    ("ip_notices", "paper_about_ip_notices"),
    ("ip", "paper_about_ip"),
    ("reviews", "paper_about_reviews"),
    ("children", "paper_about_children"),
    ("sharing", "paper_about_sharing"),
    ("seller", "paper_for_sellers"),
    ("mediation", "paper_about_mediation"),
    ("disputes", "paper_about_disputes"),
    ("renewal", "paper_about_renewal"),
    ("membership", "paper_about_membership"),
    ("promotion", "paper_about_promotion"),
    ("deposit", "paper_about_deposits"),
    ("returns", "paper_about_returns"),
    ("rules", "paper_of_rules"),
)
"""In this order: what is special comes before what is general."""

_BY_CONCEPT: tuple[tuple[Kind, str, float], ...] = (
    ("user", "agreement_user", 0.75),
    ("penalties", "penalty_publicity", 0.9),
    ("ip_notices", "ip_publicity", 0.9),
    ("ip", "ip_protection", 0.9),
    ("reviews", "credit_rules", 0.95),
    ("rules", "agreement_rules", 0.9),
)
_INDEXES = ("rule_centre", "notice_board", "seller_join", "help")
_SURE = 0.7

_FEW_SENTENCES = 3
"""Paragraphs with a sentence, below which a page with links is an index (convention: a line of welcome, one of contact)."""

_WORDY, _ENTRY = 4, 120
"""Characters of an entry in a list of news: what is shorter is a control, what is longer a text (convention)."""

_ENTITY = re.compile(r"[《》「」『』“”\"]")


_OTHERWISE: tuple[Kind, ...] = ("membership",)
"""Kinds whose words stand for something else in traditional characters: 會員條款 are the terms of use."""


def kind_of(label: str) -> Kind | None:
    """The kind of document that a title or a link names; None where it names none."""
    asks = asks_for_comments(label) or phrase("asks_for_opinions").search(label)
    if len(label) <= _NOTICE and phrase("names_a_coming_version").search(label) and not asks:
        return "rules"
    if len(label) <= _NOTICE and label.count("《") <= 1 and (asks or phrase("announces_changed_rules").search(label)):
        return "notice"
    if len(label) <= _NOTICE and phrase("tells_of_a_change").search(label.strip()):
        return "notice"
    if label.count("《") > 1 or ("《" in label and not label.strip().startswith("《")):
        return None  # a sentence that names documents, such as that of a tick box
    text = _ENTITY.sub("", label).strip()
    if not 1 < len(text) <= _LONGEST:
        return None
    if (hit := words("rule_centre").match(text)) and hit.how == "exact" and phrase("rules_home").search(text):
        return "index"
    if topics_of(text) == ("deregister",) and (
        words("document_kind").match(text) or phrase("tells_how_to_leave").search(text)
    ):
        return "deregister"
    privacy = words("agreement_privacy").match(text)
    if privacy and privacy.score >= _SURE - 0.1 and not phrase("paper_about_children").search(text):
        return "privacy"
    for kind, name in _BY_PHRASE:
        if phrase(name).search(text) or (kind not in _OTHERWISE and phrase(name).search(fold(text))):
            return kind
    if (
        len(text) <= _SHORT
        and phrase("platform_promotion").search(text)
        and not phrase("promotion_of_a_shop").search(text)
    ):
        return "promotion"
    for kind, concept, least in _BY_CONCEPT:
        if (hit := words(concept).match(text)) and hit.score >= least:
            return kind
    for concept in _INDEXES:
        if (hit := words(concept).match(text)) and hit.score >= _SURE:
            return "help" if concept == "help" else "index"
    if words("change_notice").match(text) or words("closing_notice").match(text):
        return "notice"
    if words("agreement_other").match(text) or words("document_kind").match(text):
        return "other"
    return None


def is_notice_board(title: str) -> bool:
    """Whether a page is where a platform announces what it has to say."""
    hit = words("notice_board").match(title.strip())
    return bool(hit and hit.score >= _SURE)


def listed_by_day(sight: Sight, seen: Seen) -> bool:
    """Whether a link is an entry of a list of news: a line of its own, with a day in it or beside it."""
    label = sight.label_of(seen)
    if not _WORDY <= len(label) <= _ENTRY:
        return False
    for around in (seen, *list(sight.ancestors(seen.index))[:3]):
        text = " ".join((sight.text_of(around.index) or label).split())
        if len(text) > _ENTRY + len(label):
            return False
        if any(dates_in(normalise(text))):
            return True
    return False


def kinds_within(document: Document) -> tuple[Kind, ...]:
    """What the headings of a page stand for beside its title: one page may hold two lists."""
    heads = [b.text for b in document.blocks if b.kind == "heading"][:30]
    found = [kind_of(h) for h in heads]
    return tuple(
        dict.fromkeys(k for k in found if k in ("penalties", "ip_notices", "reviews", "ip", "disputes", "returns"))
    )


def own_title(document: Document, label: str) -> str:
    """What a document calls itself: its title, unless that names no document and a heading below is what the link said ("协议与政策" over
    a list, then "用户服务协议")."""
    if (
        kind_of(document.title) not in (None, "other", "index")
        or (said := _ENTITY.sub("", label).strip()) in document.title
    ):
        return document.title
    kind = kind_of(label)
    heads = [b.text for b in document.blocks if b.kind == "heading" and len(b.text) <= _LONGEST]
    found = next((h for h in heads if said in h), "")
    if not found and kind not in (None, "other", "index", "help"):
        same = [h for h in heads if kind_of(h) == kind and words("document_kind").match(h)]
        found = max(same, key=lambda h: len(_pairs(h) & _pairs(said)), default="")
    return found or document.title


def _pairs(text: str) -> set[str]:
    """Its characters two by two."""
    return {text[i : i + 2] for i in range(len(text) - 1)}


def is_index(document: Document) -> bool:
    """Whether a page is there to lead to documents: links to three or more of them, and hardly a sentence of its own."""
    named = [link for link in document.links if kind_of(link.label)]
    labels = {link.label for link in document.links}
    sentences = [b for b in document.blocks if b.text not in labels and re.search(r"[。；;]|[.!?](\s|$)", b.text)]
    return len(named) >= 3 and len(sentences) < _FEW_SENTENCES
