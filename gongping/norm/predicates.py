"""The norm's notions made computable: the only place where its parameters meet measurements.

Every predicate answers held, broken, or unknown with a reason, and carries what was measured.
"""

from __future__ import annotations

from gongping.norm.judgement import Judgement, both
from gongping.norm.predicates_account import AccountPredicates
from gongping.norm.predicates_ads import AdPredicates
from gongping.norm.predicates_contacts import ContactPredicates
from gongping.norm.predicates_conveying import ConveyingPredicates
from gongping.norm.predicates_disclosure import DisclosurePredicates
from gongping.norm.predicates_documents import DocumentPredicates
from gongping.norm.predicates_hindrance import HindrancePredicates
from gongping.norm.predicates_ordering import OrderingPredicates
from gongping.norm.predicates_orders import OrderPredicates
from gongping.norm.predicates_ranking import RankingPredicates
from gongping.norm.predicates_reading import ReadingPredicates
from gongping.norm.predicates_terms import TermsPredicates

__all__ = ["Judgement", "Predicates", "both"]


class Predicates(
    AccountPredicates,
    AdPredicates,
    ContactPredicates,
    ConveyingPredicates,
    DisclosurePredicates,
    DocumentPredicates,
    HindrancePredicates,
    OrderingPredicates,
    OrderPredicates,
    RankingPredicates,
    ReadingPredicates,
    TermsPredicates,
):
    """The norm's predicates for one run."""
