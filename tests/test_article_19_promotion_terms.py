"""第十九条 集中促销中不得以格式条款损害消费者权益。"""

from __future__ import annotations

from gongping.evidence.show import Evidence
from gongping.lexicon import phrase
from gongping.norm.predicates import Predicates
from gongping.observations.library import LibrarySeen
from gongping.terms import broken, settle, show
from gongping.testing import cant_tell, duty, inapplicable


@duty("19.1")
def test_no_term_keeps_an_advance_payment(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得……采用格式条款设置订金不退……等对消费者不公平、不合理的规定

    Fails if: a document says that an advance payment (订金, not 定金) is not refunded.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件规定订金（不是定金）一概不退。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "19.1")
    show(evidence, library, read, clauses)
    if read.held and not clauses and not norm.mentioned(library, phrase("speaks_of_advance_payment")):
        inapplicable(f"读到的 {len(library.readable)} 份文件和首页都没有提到预售、订金、定金或者预付款")
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("19.2")
def test_no_term_excludes_presale_goods_from_returns(
    library: LibrarySeen, norm: Predicates, evidence: Evidence
) -> None:
    """
    > 不得……设置……预售商品不适用七日无理由退货……等对消费者不公平、不合理的规定

    Fails if: a document says that presale goods are outside the return without reasons.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件规定预售商品不适用七日无理由退货。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "19.2")
    show(evidence, library, read, clauses)
    if read.held and not clauses and not norm.mentioned(library, phrase("speaks_of_presale")):
        inapplicable(f"读到的 {len(library.readable)} 份文件和首页都没有提到预售")
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)


@duty("19.3")
def test_no_term_interprets_intact_one_sidedly(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得……设置……自行解释商品完好、增加限退条件等对消费者不公平、不合理的规定

    Fails if: a document adds conditions to the statutory return, or keeps the say on whether goods are intact.
    A pass does not show: that a wording nobody thought of is not there, or what pictures, files that were not found, and single sellers say.

    违反：文件自行解释商品完好，或者对法定退货增加条件。
    未发现违反不说明：没有未曾想到的写法，或者图片、没有找到的文件和个别商家没有这样说。
    """
    read, clauses = norm.terms_read(library), norm.clauses(library, "19.3")
    show(evidence, library, read, clauses)
    if read.held and not clauses and not norm.mentioned(library, phrase("speaks_of_returns")):
        cant_tell(
            f"读到的 {len(library.readable)} 份文件和首页都没有提到退货，没有退货规则可以判定",
            "no rules of returns were found",
        )
    assert not broken(clauses), "；".join(broken(clauses))
    settle(read, clauses)
