"""第三十条 修改协议、规则：不接受修改的可以退出。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import cant_tell, duty


@duty("30.4")
def test_who_rejects_a_change_may_leave(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 消费者和平台内经营者不接受修改内容，要求退出平台的，电子商务平台经营者不得阻止，并按照修改前的条款内容承担相关责任

    Fails if: a document keeps from leaving who rejects a change, takes balances on leaving, or lets a change govern what was agreed before.
    A pass does not show: that leaving works while a change is pending: nobody tried.

    违反：文件阻止不接受修改者退出、没收余额，或者使修改溯及以前的约定。
    未发现违反不说明：修改待生效期间确实可以退出：没有试过。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "30.4")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
    cant_tell(
        "文件中没有阻止退出的条款；目前没有待生效的修改，未能实际检查不接受修改时能否退出", "no change is pending"
    )
