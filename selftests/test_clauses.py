"""The clause lint: what it says of clauses, of their lookalikes, and of what stands around them."""

from __future__ import annotations

from gongping.clauses import lint


def test_a_clause_fails_and_its_lookalike_does_not() -> None:
    (found,) = lint("本活动最终解释权归本平台所有。")
    assert (found.duty, found.outcome, found.sentence) == ("34.6", "failed", "本活动最终解释权归本平台所有。")
    assert not lint("本活动不设“最终解释权”，规则含义以公示文字为准，如有争议依法处理。")
