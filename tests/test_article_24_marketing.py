"""第二十四条第二款 不得通过格式条款设定默认同意接收商业性信息。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import duty


@duty("24.6")
def test_no_consent_to_advertising_by_default(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得通过服务协议等格式条款设定消费者默认同意

    Fails if: a document deems the consumer to consent to commercial messages, or the registration form has a box for them that is ticked already, or that must be ticked.
    A pass does not show: that nothing is sent: nobody registered and waited.

    违反：文件规定视为同意接收商业性信息，或者注册表单中此项默认勾选、必须勾选。
    未发现违反不说明：实际没有发送：没有注册并等待。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "24.6")
    show(evidence, library, read, clauses)
    ticked = []
    for consent in library.consents:
        judged = norm.consent_free(consent)
        evidence.show(
            consent, f"“{consent.label[:30]}”初始状态", judged=judged, place="register", element=consent.label
        )
        ticked += [f"注册页“{consent.label[:60]}”{judged.zh}"] if judged.broken else []
    assert not [*broken(clauses), *ticked], "；".join([*broken(clauses), *ticked])
    settle(read, clauses)
