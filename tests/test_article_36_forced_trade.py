"""第三十六条 不得利用格式条款并借助技术手段强制交易。"""

from __future__ import annotations

from collections.abc import Sequence

from gongping.detectors.forced import Choice
from gongping.evidence.show import Evidence
from gongping.norm.judgement import Judgement
from gongping.norm.predicates import Predicates
from gongping.observations.checkout import CheckoutSeen
from gongping.observations.library import LibrarySeen
from gongping.targets import Facts
from gongping.terms import broken, settle, show, show_notices
from gongping.testing import cant_tell, duty


@duty("36.2")
def test_no_term_and_no_registration_forces_a_trade(library: LibrarySeen, norm: Predicates, evidence: Evidence) -> None:
    """
    > 不得利用格式条款并借助技术手段强制交易

    Fails if: a document or a line on home takes browsing, opening or closing for an order, or makes a purchase depend on another, beyond
    argument; or the registration form demands a box for advertising, sharing with others or an extra.
    A pass does not show: that a wording nobody thought of is not there, or that a form checks no more than it says.

    违反：文件或者首页把浏览、打开、关闭当作下单，或者以购买其他商品服务为条件；或者注册表单要求勾选营销、向他人提供信息或者附加服务。
    未发现违反不说明：没有未曾想到的写法，或者表单没有另行检查。
    """
    read = norm.terms_read(library)
    clauses = norm.clauses(library, "36.2") + norm.noticed_at_home(library, "36.2")
    show(evidence, library, read, clauses)
    demanded = _demanded(evidence, norm.choices_of_registration(library), "register")
    assert not [*broken(clauses), *demanded], "；".join([*broken(clauses), *demanded])
    settle(read, clauses)


@duty("36.2")
def test_an_order_needs_nothing_beside_it(
    checkout: CheckoutSeen, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 不得利用格式条款并借助技术手段强制交易

    Fails if: a step of an order demands a box for advertising, sharing with others or an extra; or a line on the way to it sells a good
    of the platform's own only with another, beyond argument.
    A pass does not show: that other goods can be bought alone, or what comes after the last click.

    违反：订单的某一步要求勾选营销、向他人提供信息或者附加商品服务；或者途中的文字规定平台自营商品须与其他商品服务一同购买。
    未发现违反不说明：其他商品可以单独购买，或者最后一次点击之后的情形。
    """
    read = norm.pages_read(checkout)
    clauses = norm.noticed(checkout, "36.2", self_only=facts.platform_model == "self-only")
    show_notices(evidence, read, clauses)
    demanded = _demanded(evidence, norm.choices_of_orders(checkout), "checkout")
    assert not [*broken(clauses), *demanded], "；".join([*broken(clauses), *demanded])
    settle(read, clauses)
    if not checkout.complete:
        why = "；".join(f"{o.goods[:20]}：{o.stopped}" for o in checkout.orders)
        cant_tell(f"没有走到提交订单前的最后一步，不选附加项能否提交无法判断（{why}）")


def _demanded(evidence: Evidence, judged: Sequence[tuple[Choice, Judgement]], place: str) -> list[str]:
    """Shows every box, and returns those that must be ticked, in words for a report."""
    for choice, judgement in judged:
        evidence.show(
            choice.seen, f"“{choice.label[:30]}”是否必选", judged=judgement, place=place, element=choice.label
        )
    return [f"“{choice.label[:60]}”{judgement.zh}" for choice, judgement in judged if judgement.broken]
