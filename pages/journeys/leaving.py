"""Leaves the platform for good, with an account that its owner gave away for it, and looks whether the account is gone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import ClassVar

from gongping.consumer.consumer import Consumer
from gongping.consumer.experiments import Attempt, Experiment
from gongping.consumer.guard import Refused
from gongping.consumer.walls import NotOffered, Wall, WallName
from gongping.observations.account import LeavingSeen, RightEntry
from gongping.pages.leaving import Leaving

_SPARE = re.compile(r"spare(_?\d+)?", re.I)


def spares(accounts: Iterable[str]) -> list[str]:
    """The accounts that may be deregistered: spare, spare_2, spare_3 ..."""
    return sorted(name for name in accounts if _SPARE.fullmatch(name))


def looked_into(accounts: Sequence[str], *, may_leave: bool) -> str:
    """The account whose pages are read and whose way out is walked up to the last click; "" where there is none. Where one spare
    account is all there is, and it may leave, somebody else's is looked into."""
    gone_soon = may_leave and len(spares(accounts)) == 1
    ways = (["shopper"] if gone_soon else []) + spares(accounts)[:1] + ["shopper", *accounts]
    return next((name for name in ways if name in accounts), "")


class LeavingJourney(Experiment[LeavingSeen]):
    """In exercise mode only: the way behind the first entry that works, walked to its end with a spare account."""

    name: ClassVar[str] = "leaving"
    places: ClassVar[frozenset[str]] = frozenset({"deregister"})
    observation = LeavingSeen
    consumes = "一个备用账号（spare）"

    def __init__(self, entries: Sequence[RightEntry], looked_into: str) -> None:
        self._entries = entries
        self._looked_into = looked_into

    def run(self, attempt: Attempt) -> LeavingSeen:
        if attempt.target.mode != "exercise":
            return LeavingSeen("", "观察模式不作最后一次点击")
        entry = min(
            (e for e in self._entries if e.right == "deregister" and not e.disabled),
            key=lambda e: (e.alive != "works", e.clicks),
            default=None,
        )
        if entry is None:
            return LeavingSeen("", "没有可用的注销入口")
        account = self._take(attempt)
        if not account:
            return LeavingSeen(
                "", "没有（更多）备用账号可以注销：在 targets.yaml 的 accounts 中配置 spare_2、spare_3 ……"
            )
        try:
            return self._leave(attempt, account, entry)
        except (Wall, Refused) as wall:
            if isinstance(wall, Wall):
                attempt.stop(wall, "deregister")
            return LeavingSeen(account, f"备用账号 {account} 未能走到最后：{wall}")

    def _take(self, attempt: Attempt) -> str:
        """A spare account that no other attempt or worker of this run has taken; "" where none is left."""
        for account in spares(attempt.target.accounts):
            if account == self._looked_into:
                continue
            try:
                (attempt.run.bundle / f".taken-{account}").touch(exist_ok=False)
            except FileExistsError:
                continue
            return account
        return ""

    def _leave(self, attempt: Attempt, account: str, entry: RightEntry) -> LeavingSeen:
        consumer = attempt.consumer(account, account=account)
        self._sign_in(attempt, consumer, account)
        way: Leaving = attempt.pages.Leaving(consumer, attempt)
        walk = way.walk(account, entry)
        if walk.ended != "left":
            return LeavingSeen(account, f"备用账号 {account} 没有走到最后：{walk.why}", walk)
        if way.promised == "later":  # signing in would take the request back
            return LeavingSeen(account, "", walk, way.answers, way.promised, None, "平台称稍后注销，没有再次登录")
        gone, said = self._is_gone(attempt, account)
        return LeavingSeen(account, "", walk, way.answers, way.promised, gone, said)

    def _sign_in(self, attempt: Attempt, consumer: Consumer, account: str) -> None:
        attempt.pages.Home(consumer, attempt).open()
        attempt.pages.Login(consumer, attempt).sign_in(account)

    def _is_gone(self, attempt: Attempt, account: str) -> tuple[bool | None, str]:
        """Whether a fresh consumer can no longer sign in, and what the login said."""
        if attempt.run.session(account, attempt.device.name) or not attempt.target.accounts[account].has_form:
            return None, "该账号用的是保留的会话，没有再次登录"
        try:
            self._sign_in(attempt, attempt.consumer(f"{account}-again"), account)
        except NotOffered as missing:
            return None, str(missing)
        except (Wall, Refused) as wall:
            refused = isinstance(wall, Wall) and wall.name is WallName.LOGIN
            return (True if refused else None), str(wall)
        return False, "仍然可以登录"
