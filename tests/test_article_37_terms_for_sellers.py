"""第三十七条 与平台内经营者订立的格式合同中不得含有的内容。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import broken, needs_sellers, settle, show
from gongping.testing import duty


@duty("37.1")
def test_no_term_shifts_the_risk_of_promotions_to_sellers(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 将在促销活动过程中，可能产生的经营风险责任转嫁给平台内经营者承担

    Fails if: a document for sellers lets them bear risks of the platform's promotions.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：商家文件把促销活动的经营风险转嫁给商家。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    needs_sellers(facts)
    read, clauses = norm.terms_read(library, "sellers"), norm.clauses(library, "37.1")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("37.2")
def test_no_term_limits_how_sellers_resolve_disputes(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 排除或者限制平台内经营者选择合同争议解决途径的权利

    Fails if: a document for sellers bars complaint, arbitration or action, or allows one of them alone.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：商家文件排除或者限制商家选择争议解决途径。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    needs_sellers(facts)
    read, clauses = norm.terms_read(library, "sellers"), norm.clauses(library, "37.2")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("37.3")
def test_no_term_takes_claims_for_faults_of_the_platform(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 出现平台技术故障导致平台内经营者无法正常开展经营活动等情形的，排除或者限制平台内经营者依法请求继续履行、采取补救措施、支付违约金或者损害赔偿的权利

    Fails if: a document for sellers excludes or limits their claims where the platform's technical faults stop their business.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：商家文件排除或者限制商家因平台技术故障提出的请求。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    needs_sellers(facts)
    read, clauses = norm.terms_read(library, "sellers"), norm.clauses(library, "37.3")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
