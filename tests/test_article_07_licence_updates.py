"""第七条 公示信息变更后及时更新。"""

from __future__ import annotations

from datetime import date

from gongping.evidence.show import Evidence
from gongping.history import Earlier
from gongping.norm.predicates import Predicates
from gongping.observations.documents import HomeSeen
from gongping.targets import Facts
from gongping.terms import show_announced
from gongping.testing import cant_tell, duty, inapplicable


@duty("7.1")
def test_the_licence_is_as_the_register_has_it(
    home: HomeSeen, earlier: Earlier | None, today: date, norm: Predicates, evidence: Evidence, facts: Facts
) -> None:
    """
    > 公示信息发生变更的，电子商务平台经营者应当及时更新公示信息

    Fails if: the licence that home leads to is past its own term; or its name or code is not that of the register (declared by the
    target's facts), more than ten working days after the register had it.
    A pass does not show: that what was declared is what the register says, or that address, person and capital are up to date.

    违反：首页所公示的执照已过其营业期限；或者名称、代码与登记（在目标中声明）不一致，而登记变更已超过十个工作日。
    未发现违反不说明：所声明的与登记一致，或者住所、法定代表人、注册资本没有变更。
    """
    if facts.pre_launch:
        inapplicable("目标声明平台尚未上线")
    found = norm.licence_up_to_date(home, facts, earlier, today)
    show_announced(evidence, home, found, "证照信息的更新")
    assert not found.judgement.broken, found.judgement.zh
    if found.judgement.unknown:
        cant_tell(found.judgement.zh)
