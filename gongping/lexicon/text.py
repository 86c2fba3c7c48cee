"""Text as the lexicon compares it, and the numbers that stand in it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from opencc import OpenCC

_CACHED_UP_TO = 400  # characters: labels repeat, documents don't
_EXTRA_FOLDS = {"帐": "账", "‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-"}  # OpenCC keeps 帐戶 as 帐户
_OPENCC = OpenCC("t2s")


class _Folds(dict[int, str | None]):
    """A translation table that asks OpenCC once for each character; None drops the character.

    Folding character by character keeps both sides of a comparison equal whatever stands around them.
    """

    def __init__(self, *, script: bool) -> None:
        super().__init__()
        self._script = script

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        folded: str | None
        if unicodedata.category(char) in {"Cf", "Cc", "Mn"} and not char.isspace():
            folded = None
        elif self._script and code > 0x2E7F:
            simplified = _OPENCC.convert(char)
            folded = _EXTRA_FOLDS.get(simplified, simplified)
        else:
            folded = _EXTRA_FOLDS.get(char, char)
        self[code] = folded
        return folded


_FOLDS = {True: _Folds(script=True), False: _Folds(script=False)}
_SPACE = re.compile(r"\s+")
_SPACE_BESIDE_NON_LATIN = re.compile(r"(?<![\x21-\x7e\u00a2-\u024f\u20ac]) | (?![\x21-\x7e\u00a2-\u024f\u20ac])")


def _normalise(text: str, fold: bool) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_FOLDS[fold])
    return _SPACE_BESIDE_NON_LATIN.sub("", _SPACE.sub(" ", text).strip()).lower()


_normalise_cached = lru_cache(maxsize=1 << 16)(_normalise)


def normalise(text: str, *, fold: bool = True) -> str:
    """`text` in the form that words are compared in.

    NFKC; zero-width and control characters dropped; Latin in lower case; traditional characters folded to simplified
    (unless `fold` is False); white space removed, except that one space stays between two Latin words, which would
    otherwise lose their boundary.
    """
    return _normalise_cached(text, fold) if len(text) <= _CACHED_UP_TO else _normalise(text, fold)


def fold(text: str) -> str:
    """`text` with traditional characters folded to simplified, full-width forms and everything else as they stand."""
    return text.translate(_FOLDS[True])


_UNITS = {"": 1, "十": 10, "百": 100, "千": 10**3, "k": 10**3, "w": 10**4, "万": 10**4, "m": 10**6, "亿": 10**8}
_COUNT = re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?P<unit>[十百千万亿]|[kwm](?![a-z]))?")


def parse_count(text: str) -> int | None:
    """The first number in `text` as a count: 已售1.2万+ is 12000, "3k+ sold" is 3000; None without a number."""
    found = _COUNT.search(normalise(text))
    if found is None:
        return None
    return int(Decimal(found["number"].replace(",", "")) * _UNITS[found["unit"] or ""])


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its ISO 4217 code; ¥ and 元 are CNY unless the text says otherwise."""

    amount: Decimal
    currency: str


_CURRENCIES = {
    "nt$": "TWD", "hk$": "HKD", "us$": "USD", "a$": "AUD", "c$": "CAD", "s$": "SGD", "r$": "BRL", "$": "USD",
    "£": "GBP", "€": "EUR", "¥": "CNY", "₩": "KRW", "₹": "INR", "rmb": "CNY", "cny": "CNY", "usd": "USD", "gbp": "GBP",
    "eur": "EUR", "twd": "TWD", "hkd": "HKD", "jpy": "JPY", "aud": "AUD", "cad": "CAD", "sgd": "SGD", "myr": "MYR",
    "rm": "MYR", "人民币": "CNY", "元": "CNY", "块": "CNY", "港币": "HKD", "港元": "HKD", "新台币": "TWD",
    "台币": "TWD", "美元": "USD", "日元": "JPY", "欧元": "EUR", "英镑": "GBP",
}  # fmt: skip
_SIGN = "|".join(sorted((re.escape(sign) for sign in _CURRENCIES), key=len, reverse=True))
_AMOUNT = (
    r"\d{1,3}(?:[, ]\d{3})+(?:\.\d{1,2})?|\d{1,3}(?:\.\d{3})+,\d{2}(?!\d)|\d{1,12},\d{2}(?!\d)|\d{1,12}(?:\.\d{1,4})?"
)
_BEFORE = rf"(?<![a-z])(?P<sign>{_SIGN})\s?(?P<amount>{_AMOUNT})(?P<ten>万(?!人|件|单))?"
_AFTER = rf"(?P<amount2>{_AMOUNT})(?P<ten2>万(?=元))?\s?(?P<sign2>{_SIGN})(?![a-z])"
_PRICE = re.compile(f"{_BEFORE}|{_AFTER}")


def _money(found: re.Match[str]) -> Money | None:
    sign = found["sign"] or found["sign2"]
    digits = (found["amount"] or found["amount2"]).replace(" ", "")
    if re.search(r",\d{2}$", digits):  # continental: a decimal comma
        digits = digits.replace(".", "").replace(",", ".")
    try:
        amount = Decimal(digits.replace(",", ""))
    except InvalidOperation:  # pragma: no cover - the pattern admits only numbers
        return None
    return Money(amount * (10_000 if found["ten"] or found["ten2"] else 1), _CURRENCIES[sign])


def parse_price(text: str) -> Money | None:
    """The first price in `text`: ￥1,299.00, 12.5元, NT$ 390, £51.77, 19,99 €; None without a currency."""
    found = _PRICE.search(normalise(text))
    return _money(found) if found else None


def prices_in(normal: str) -> list[tuple[int, int, Money]]:
    """All prices in a text that is normalised already, with their spans."""
    return [(*found.span(), money) for found in _PRICE.finditer(normal) if (money := _money(found))]
