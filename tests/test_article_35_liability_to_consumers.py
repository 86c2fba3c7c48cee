"""第三十五条 与消费者订立格式合同时应当明确承担的责任。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show, show_paper
from gongping.testing import duty


@duty("35.1")
def test_terms_assume_joint_liability_for_known_infringement(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 知道或者应当知道平台内经营者提供服务不符合保障人身、财产安全的要求，或者有其他侵害消费者合法权益行为，未采取必要措施的，依法承担的连带责任

    Fails if: a document frees the platform of joint liability for what it knew of and let go on. That no document assumes it is cantTell.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件免除或者减轻平台知情不作为的连带责任。没有文件写明承担的，为无法判定。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "35.1")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    said, sentence, paper = norm.assumed(library, "35.1")
    if paper and sentence:
        show_paper(evidence, paper, "写明承担责任的文字", said, quote=sentence.sentence)
    settle(norm.both(read, said), clauses)


@duty("35.2")
def test_terms_assume_liability_for_review_and_safety(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 对平台内经营者的资质资格未尽到审核义务，或者对消费者未尽到安全保障义务，造成消费者损害的，依法承担的相应的责任

    Fails if: a document frees the platform of liability for reviewing sellers or for consumers' safety. That no document assumes it is cantTell.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件免除或者减轻平台未尽审核、安全保障义务的责任。没有文件写明承担的，为无法判定。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "35.2")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    said, sentence, paper = norm.assumed(library, "35.2")
    if paper and sentence:
        show_paper(evidence, paper, "写明承担责任的文字", said, quote=sentence.sentence)
    settle(norm.both(read, said), clauses)


@duty("35.3")
def test_terms_assume_liability_for_personal_information(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 对收集的消费者个人信息承担保障信息安全的责任

    Fails if: a document frees the platform of liability for the security of personal information. That no document assumes it is cantTell.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件免除或者减轻平台保障个人信息安全的责任。没有文件写明承担的，为无法判定。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "35.3")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    said, sentence, paper = norm.assumed(library, "35.3")
    if paper and sentence:
        show_paper(evidence, paper, "写明承担责任的文字", said, quote=sentence.sentence)
    settle(norm.both(read, said), clauses)
