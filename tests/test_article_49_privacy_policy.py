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

    Fails if: there is no policy anywhere, all places read; it gives no purpose but “等”; it is another company's than the user agreement's; or all of it is smaller than font_px_min.
    A pass does not show: that its statements are true, or that nothing else is collected.

    违反：各处均已读过而没有隐私政策；目的只写“等”；政策是用户协议缔约主体以外的公司的；或者全文字号小于 font_px_min。
    未发现违反不说明：所述属实，或者没有收集其他信息。
    """
    found = norm.privacy_explicit(library)
    show_disclosure(evidence, library, found, "隐私政策")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
