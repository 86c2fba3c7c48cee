"""第四十七条 争议在线解决机制和争议解决规则。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import show_disclosure
from gongping.testing import cant_tell, duty, inapplicable


@duty("47.1")
def test_disputes_can_be_settled_online(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 鼓励电子商务平台经营者建立争议在线解决机制

    Fails if: never: the norm encourages it. What was not adopted is inapplicable.
    A pass does not show: that a dispute which is handed in is settled: nothing was handed in.

    违反：不会判定违反：本条为鼓励性规定，未采用的为不适用。
    未发现违反不说明：提交的争议得到解决：没有提交。
    """
    found = norm.mediation_works(library)
    show_disclosure(evidence, library, found, "在线争议解决入口")
    if found.lacking:
        inapplicable(found.lacking)
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)


@duty("47.2")
def test_the_rules_of_disputes_are_published(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 制定并公示争议解决规则，根据自愿原则，公平、公正地解决当事人的争议

    Fails if: never: the norm encourages it. What was not adopted is inapplicable.
    A pass does not show: that disputes are decided fairly.

    违反：不会判定违反：本条为鼓励性规定，未采用的为不适用。
    未发现违反不说明：争议得到公平、公正的解决。
    """
    found = norm.dispute_rules(library)
    show_disclosure(evidence, library, found, "争议解决规则")
    if found.lacking:
        inapplicable(found.lacking)
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
