"""第四十九条 明示收集、使用信息的目的、方式、范围、必要性和规则。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import show_disclosure
from gongping.testing import cant_tell, duty


@duty("49.2")
def test_the_privacy_policy_is_explicit(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 明示收集、使用信息的目的、方式、范围、必要性和收集、使用规则

    Fails if: there is no policy anywhere, all places read; it gives no purpose but “等”; it is another company's than the user agreement's; all of it is smaller than font_px_min; or the box of the registration form for agreeing to it stands ticked.
    A pass does not show: that its statements are true, or that nothing else is collected.

    违反：各处均已读过而没有隐私政策；目的只写“等”；政策是用户协议缔约主体以外的公司的；全文字号小于 font_px_min；或者注册页同意该政策的选框默认勾选。
    未发现违反不说明：所述属实，或者没有收集其他信息。
    """
    found = norm.privacy_explicit(library)
    show_disclosure(evidence, library, found, "隐私政策")
    broken = [found.judgement.zh] if found.judgement.broken else []
    for box, sentence in norm.agreed_to_privacy_beforehand(library):
        evidence.show(box, f"“{sentence[:30]}”初始状态", judged="broken", place="register", element=sentence[:60])
        broken.append(f"注册页“{sentence[:60]}”默认勾选")
    assert not broken, "；".join(broken)
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
