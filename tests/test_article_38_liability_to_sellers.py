"""第三十八条 与平台内经营者订立格式合同时应当明确承担的责任。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import broken, needs_sellers, settle, show, show_paper
from gongping.testing import duty


@duty("38.1")
def test_terms_assume_liability_for_trade_secrets(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 对收集的平台内经营者商业秘密承担保障信息安全的责任

    Fails if: a document frees the platform of liability for sellers' trade secrets. That no document assumes it is cantTell.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件免除或者减轻平台保障商家商业秘密安全的责任。没有文件写明承担的，为无法判定。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    needs_sellers(facts)
    read, clauses = norm.terms_read(library, "sellers"), norm.clauses(library, "38.1")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    said, sentence, paper = norm.assumed(library, "38.1")
    if paper and sentence:
        show_paper(evidence, paper, "写明承担责任的文字", said, quote=sentence.sentence)
    settle(norm.both(read, said), clauses)


@duty("38.2")
def test_terms_assume_liability_for_breach_to_sellers(
    library: LibrarySeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 依法应当向平台内经营者承担的违约责任

    Fails if: a document frees the platform of liability for breach towards sellers. That no document assumes it is cantTell.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件免除或者减轻平台对商家的违约责任。没有文件写明承担的，为无法判定。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    needs_sellers(facts)
    read, clauses = norm.terms_read(library, "sellers"), norm.clauses(library, "38.2")
    show(evidence, library, read, clauses)
    assert not broken(clauses), "；".join(broken(clauses))
    said, sentence, paper = norm.assumed(library, "38.2")
    if paper and sentence:
        show_paper(evidence, paper, "写明承担责任的文字", said, quote=sentence.sentence)
    settle(norm.both(read, said), clauses)
