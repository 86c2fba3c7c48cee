"""第三十四条 与消费者订立的格式合同中不得含有的内容。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import duty


@duty("34.1")
def test_no_term_extends_a_membership_by_silence(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 在会员服务、体验服务等方面附终止期限的合同中，以“默示同意”的形式擅自顺延消费者履行合同的期限

    Fails if: a document extends a term that ends by the consumer's silence.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件以默示同意顺延附期限的合同。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.1")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("34.2")
def test_no_term_shifts_business_risk_to_consumers(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 将在经营活动过程中可能产生的经营风险责任转嫁给消费者承担

    Fails if: a document lets consumers bear risks of the business.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件把经营风险转嫁给消费者。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.2")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("34.3")
def test_no_term_takes_the_right_to_end_a_contract(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 排除或者限制依法变更、撤销或者解除以及依法中止或者终止合同的权利

    Fails if: a document excludes or limits a consumer's lawful right to change, rescind or end a contract.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件排除或者限制消费者依法变更、撤销、解除、终止合同的权利。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.3")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("34.4")
def test_no_term_takes_remedies_or_damages(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 排除或者限制消费者依法请求继续履行、采取补救措施、支付违约金或者损害赔偿的权利

    Fails if: a document excludes or limits claims for performance, remedy or damages.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件排除或者限制消费者请求继续履行、补救、违约金或者赔偿的权利。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.4")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("34.5")
def test_no_term_limits_how_disputes_are_resolved(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 排除或者限制消费者选择合同争议解决途径的权利

    Fails if: a document bars complaint, arbitration or action, or allows one of them alone.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件排除或者限制投诉、仲裁、诉讼，或者只准选择其中一种。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.5")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("34.6")
def test_no_term_widens_one_sided_interpretation(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 在促销活动、纠纷处理、售后点评等方面，扩大单方解释合同的权利

    Fails if: a document keeps the last word of interpretation or decision for the platform.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件把最终解释权或者判定权留给平台一方。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.6")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("34.7")
def test_no_term_widens_one_sided_change(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 在经营活动尤其是优惠促销期间，无法律依据，扩大单方变更、转让、解除或终止履行合同的权利

    Fails if: a document lets the platform change, assign or end a contract at will.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件允许平台任意变更、转让、解除或者终止合同。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.7")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("34.8")
def test_no_term_widens_the_use_of_personal_information(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 超出合法使用个人信息的范围，扩大使用消费者个人信息和影像资料的权利

    Fails if: a document widens the use of personal information or images beyond what is lawful.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件超出合法范围扩大使用个人信息、影像资料。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "34.8")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
