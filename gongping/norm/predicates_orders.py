"""Predicates of orders: what a platform chose for the consumer."""

from __future__ import annotations

from typing import Any

from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.checkout import Extra


class OrderPredicates(BasePredicates):
    """Mixed into Predicates."""

    def default_on(self, extra: Extra) -> Judgement:
        """default_on: chosen, pre-added, in the total, or carried by the main button, without the consumer's doing.

        A free one is unknown (norm.yaml 42.2: report as weak), and so is one whose state could not be read.
        """
        measured: dict[str, Any] = {"价格_元": extra.price, "已选中": extra.chosen}
        if extra.chosen is None:
            return Judgement("unknown", "看不出是否已选中，请人工查看截图", measured)
        if not extra.chosen:
            return Judgement("held", "未选中", measured)
        if extra.free:
            return Judgement("unknown", "免费项目被默认选中，是否另有收费或者授权后果需要人工核对", measured)
        return Judgement("broken", "未经消费者选择即被选中", measured)
