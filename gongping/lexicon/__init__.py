"""The words of platforms in zh-CN, zh-TW and English, as data: `words("cart").match("购物车 (3)")`.

The YAML files beside this one hold the concepts. Under a concept, `accept`, `reject` (looks like it and must not count)
and `maybe` (needs a look around) are lists by language; an item is a word or `{re: pattern}` over normalised text.

phrases/ holds what is no concept, only words that some judgement of a page looks for in a line:
`phrase("dereg_refusal").search("系统繁忙，请稍后再试")`. phrase.py says how they are written.
"""

from gongping.lexicon.concept import Concept, Entry, Hit, names, words
from gongping.lexicon.phrase import phrase
from gongping.lexicon.text import Money, normalise, parse_count, parse_price, prices_in

__all__ = [
    "Concept", "Entry", "Hit", "Money", "names", "normalise", "parse_count", "parse_price", "phrase", "prices_in", "words",
]  # fmt: skip
