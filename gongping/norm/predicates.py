"""The norm's notions made computable: the only place where its parameters meet measurements.

Every predicate answers held, broken, or unknown with a reason, and carries what was measured.
"""

from __future__ import annotations

from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_account import AccountPredicates
from gongping.norm.predicates_ads import AdPredicates
from gongping.norm.predicates_complaints import ComplaintPredicates
from gongping.norm.predicates_conveying import ConveyingPredicates
from gongping.norm.predicates_days import DaysPredicates
from gongping.norm.predicates_deposits import DepositPredicates
from gongping.norm.predicates_disclosure import DisclosurePredicates
from gongping.norm.predicates_disputes import DisputePredicates
from gongping.norm.predicates_forced import ForcedPredicates
from gongping.norm.predicates_hindrance import HindrancePredicates
from gongping.norm.predicates_notices import NoticePredicates
from gongping.norm.predicates_ordering import OrderingPredicates
from gongping.norm.predicates_orders import OrderPredicates
from gongping.norm.predicates_permits import PermitPredicates
from gongping.norm.predicates_ranking import RankingPredicates
from gongping.norm.predicates_reading import ReadingPredicates
from gongping.norm.predicates_reviews import ReviewPredicates
from gongping.norm.predicates_terminations import TerminationPredicates

__all__ = ["Judgement", "Predicates", "both"]


class Predicates(
    AccountPredicates,
    AdPredicates,
    ComplaintPredicates,
    ConveyingPredicates,
    DaysPredicates,
    DepositPredicates,
    DisclosurePredicates,
    DisputePredicates,
    ForcedPredicates,
    HindrancePredicates,
    NoticePredicates,
    OrderPredicates,
    OrderingPredicates,
    PermitPredicates,
    RankingPredicates,
    ReadingPredicates,
    ReviewPredicates,
    TerminationPredicates,
):
    """The norm's predicates for one run."""
