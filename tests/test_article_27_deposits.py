"""第二十七条 押金退还不得设置不合理条件。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.lexicon import phrase
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import duty, inapplicable


@duty("27.2")
def test_no_unreasonable_condition_on_returning_deposits(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 不得对押金退还设置不合理条件

    Fails if: a document lets deposits come back as coupons alone, against a purchase, a review or a fee, or not at all after some time.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件规定押金只退券、须消费、须好评、须付费才退，或者逾期不退。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "27.2")
    show(evidence, library, read, clauses)
    if read.held and not clauses and not norm.mentioned(library, phrase("speaks_of_deposit")):
        inapplicable(f"读到的 {len(library.readable)} 份文件和首页都没有提到押金")
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
