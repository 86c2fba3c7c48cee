"""Words that a sentence only quotes, to say that they do not count. Pure."""

from __future__ import annotations

import re

from gongping.clauses.sentences import Sentence, without_marker
from gongping.clauses.words import guards, meets
from gongping.lexicon import normalise

_QUOTATION = re.compile(
    r"“[^”]{3,90}”|\"[^\"]{3,90}\"|「[^」]{3,90}」|『[^』]{3,90}』|(?<![a-z])[‘'][^‘’']{6,90}[’'](?![a-z])", re.I
)
_LEAD = re.compile(r"^(?P<lead>.{4,90}?)[：:]\s*(?P<said>.{6,})$", re.S)
_SUPPOSES = re.compile(r"如|若|即使|倘|被认定|\b(?:if|should|where)\b", re.I)
"""What only supposes that something be void."""

_TRIFLE = 4
"""Characters outside a quotation that say nothing of it (an exclamation, a full stop)."""


def own_words(sentence: Sentence) -> str:
    """What a sentence itself says, without its list marker: quotations that it, or what stands around it, calls void, wrong, old or a
    matter for complaints are left out, and so is what such words introduce with a colon. "" where nothing is left."""
    text = without_marker(sentence.text)
    lead = _LEAD.match(text)
    if lead and not _SUPPOSES.search(lead["lead"]) and meets(guards().repudiates_following, normalise(lead["lead"])):
        return lead["lead"]
    quotations = [found for found in _QUOTATION.finditer(text) if meets(guards().denies, normalise(found[0]))]
    if not quotations:
        return text
    outside = text
    for found in reversed(quotations):
        outside = f"{outside[: found.start()]} {outside[found.end() :]}"
    if len(normalise(outside)) < _TRIFLE:
        around = (*sentence.headings[-1:], sentence.lead, sentence.before, sentence.after)
        return "" if any(_repudiates(words) for words in around) else text
    return outside if _repudiates(outside) else text


def _repudiates(text: str) -> bool:
    return meets(guards().repudiates, normalise(text))
