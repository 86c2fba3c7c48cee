"""What a test of the norm says: which duty it judges, and the outcomes that pytest has no words for."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn, TypeVar

import pytest
from _pytest.outcomes import Skipped

from gongping.norm import load
from gongping.verdicts import Outcome, TestMode

Test = TypeVar("Test", bound=Callable[..., object])


class Said(Skipped):
    """An outcome other than passed and failed. For pytest it is a skip; the plugin names it."""

    def __init__(self, outcome: Outcome, zh: str, en: str = "") -> None:
        super().__init__(f"{outcome}: {en or zh}", allow_module_level=False)
        self.outcome = outcome
        self.zh = zh
        self.en = en


def cant_tell(zh: str, en: str = "") -> NoReturn:
    """Ends the test as `cantTell`: a reason that a person can act on."""
    raise Said(Outcome.CANT_TELL, zh, en)


def inapplicable(zh: str, en: str = "") -> NoReturn:
    """Ends the test as `inapplicable`: names the missing trigger and the positive evidence for that."""
    raise Said(Outcome.INAPPLICABLE, zh, en)


def untested(zh: str, en: str = "") -> NoReturn:
    """Ends the test as `untested`: what it needs was not given (an account, a mode)."""
    raise Said(Outcome.UNTESTED, zh, en)


def duty(ident: str, mode: TestMode = TestMode.AUTOMATIC) -> Callable[[Test], Test]:
    """Marks a test as judging a duty of the norm. Raises UnknownDuty, so that a wrong id is a collection error."""
    load().duty(ident)
    mark = pytest.mark.duty(ident, mode)

    def decorate(test: Test) -> Test:
        marked: Test = mark(test)
        return marked

    return decorate
