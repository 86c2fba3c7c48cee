"""第三十三条 格式合同不得含有的免责条款。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import duty


@duty("33.1")
def test_no_term_excludes_liability_for_injury(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 格式合同不得含有下列免责条款：（一）造成对方人身伤害的

    Fails if: a document in force frees the platform, beyond argument, of liability for injury to the other party.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：现行文件中有文字明确免除平台对人身伤害的责任。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "33.1")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("33.2")
def test_no_term_excludes_liability_for_intent_or_gross_negligence(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 格式合同不得含有下列免责条款：（二）因故意或者重大过失造成对方财产损失的

    Fails if: a document in force frees the platform, beyond argument, of liability for loss by intent or gross negligence.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：现行文件中有文字明确免除平台因故意或者重大过失造成财产损失的责任。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "33.2")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
