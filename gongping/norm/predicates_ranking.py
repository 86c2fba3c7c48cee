"""Predicates of article 40: ways to order results, whether results are personal, and the option that they be not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gongping.detectors import ranking
from gongping.detectors.ranking import Comparison
from gongping.lexicon import normalise, phrase, words
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.observations.ranking import Option, PersonasSeen, Phase, SortControl, SortKey, SortsSeen

_SPEAKS_OF = {
    "price": "speaks_of_price",
    "sales": "speaks_of_sales",
    "credit": "speaks_of_credit",
}
"""The phrases of words that speak of a key, in labels that are not known as orders: then it can't be called missing."""


NAMED: dict[SortKey, str] = {"price": "价格", "sales": "销量", "credit": "信用"}
"""The orders that article 40 names."""

LEAST_RESULTS = 10
"""Results from which on an order can be judged (norm.yaml 40.1, cannot_tell: result set < 10)."""

LEAST_MODES = 3
"""Modes besides the default (norm.yaml 40.1, pass)."""

SORT_CLICKS = 1
"""Clicks within which a sort control is visible (norm.yaml 40.1, pass)."""

UNSTABLE = 0.7
"""Agreement of a person's own repeats below which a ranking is too unstable to compare (norm.yaml 40.4, cannot_tell)."""

CONFIDENCE = 0.95
"""Level of the two-sided interval of the difference (convention; CONTRIBUTING.md has what it finds and how often it errs)."""

MOST = 0.5001
"""Share of queries in which results must differ to be called personal: more than half (one list of several may differ by chance)."""

REMAINS_SHARE = 0.8
"""Share of queries in which a difference must remain (norm.yaml 40.4, fail: >= 4 of 5 queries)."""

SLACK = 0.05
"""Distance from the noise floor within which agreement counts as equal to it (norm.yaml 40.4, pass)."""


class RankingPredicates(BasePredicates):
    """Mixed into Predicates."""

    # -- 40.1 ---------------------------------------------------------------------------------------------------------------

    def orders_by(self, control: SortControl) -> Judgement:
        """Whether a sort control does something: the order, or the request, changes when it is operated by someone not logged in.
        Unknown where the list may have been in that order before, or it could not be operated."""
        measured: dict[str, Any] = {
            "排序方式": control.label, "点击次数": control.clicks, "顺序改变": control.changed_order, "请求改变": control.changed_request, "请求": control.why or None,
        }  # fmt: skip
        if control.blocked == "login":
            return Judgement("broken", f"“{control.label}”要登录后才能使用（{control.why}）", measured)
        if control.blocked == "app":
            return Judgement("broken", f"“{control.label}”点击后提示“{control.why}”，网页上不能使用", measured)
        if control.blocked:
            return Judgement("unknown", f"“{control.label}”未能操作（{control.why}）", measured)
        if control.clicks > SORT_CLICKS:
            return Judgement("unknown", f"“{control.label}”要点击 {control.clicks} 次才看得到", measured)
        if control.changed_order or control.changed_request:
            return Judgement("held", "", measured)
        if control.changed_order is None:
            return Judgement("unknown", f"“{control.label}”没有操作，或者操作后没有可比较的列表", measured)
        if control.sorted_already:
            return Judgement("unknown", f"操作“{control.label}”前列表已经是这个顺序，看不出是否有效", measured)
        if control.sorted_already is None and control.key != "price":
            return Judgement(
                "unknown",
                f"操作“{control.label}”后顺序和请求都没有变化，但商品上没有显示{NAMED.get(control.key, control.label)}，无法排除原来就是这个顺序",
                measured,
            )
        return Judgement("broken", f"操作“{control.label}”后，搜索结果的顺序和请求都没有变化", measured)

    def offers_sorts(self, sorts: SortsSeen) -> Judgement:
        """Whether one list can be ordered by price, sales and credit: all three there, without login, each doing something.

        Sales or price missing is broken (norm.yaml: any missing fails); credit alone missing is unknown (its fail-soft), and so is
        sales where a popularity order may be it.
        """
        measured: dict[str, Any] = {
            "关键词": sorts.query, "结果数": sorts.results, "排序方式": [c.label for c in sorts.controls], "页面控件": list(sorts.read)[:40],
        }  # fmt: skip
        if sorts.results < LEAST_RESULTS:
            return Judgement(
                "unknown", f"“{sorts.query}”只有 {sorts.results} 个结果，不足 {LEAST_RESULTS} 个", measured
            )
        usable = [c for c in sorts.controls if c.blocked != "filter"]
        judged = {key: [self.orders_by(c) for c in usable if c.key == key and _was_tried(c, usable)] for key in NAMED}
        missing = [NAMED[key] for key, found in judged.items() if not found]
        broken = {key: found for key, found in judged.items() if found and all(j.broken for j in found)}
        measured["缺少"] = missing
        lost = [*missing, *(NAMED[key] for key in broken)]
        said = "；".join(dict.fromkeys(j.zh for found in broken.values() for j in found))
        note = f"（页面写着“{sorts.note}”）" if sorts.note else ""
        inert = any(c.changed_order is False and not c.changed_request for c in usable if c.key in broken)
        unknown = [j for found in judged.values() for j in found if j.unknown]
        if lost == ["信用"] and not broken:
            filtered = any(c.blocked == "filter" and c.key == "credit" for c in sorts.controls)
            how = "信用只能用来筛选，不能排序" if filtered else "没有按信用（评价、评分）的排序方式"
            return Judgement("unknown", f"“{sorts.query}”的搜索结果可以按价格、销量排序，但{how}，请人工认定", measured)
        unclear = {
            NAMED[k]: x
            for k in NAMED
            for x in sorts.near
            if not judged[k] and phrase(_SPEAKS_OF[k]).search(normalise(x))
        }
        if lost and not broken and set(lost) <= set(unclear):
            said = "、".join(f"“{x}”" for x in dict.fromkeys(unclear.values()))
            return Judgement(
                "unknown", f"没有认出按{'、'.join(lost)}的排序方式，但列表上方有{said}，请人工认定", measured
            )
        if lost:
            popular = next((c.label for c in usable if words("sort_sales").maybe(c.label)), "")
            if lost in (["销量"], ["销量", "信用"]) and popular and not broken:
                return Judgement(
                    "unknown", f"没有按销量的排序方式，但有“{popular}”，无法确定它是否按销量，请人工认定", measured
                )
            if unknown and len(lost) == 1 and not missing and not inert:
                return Judgement("unknown", "；".join(j.zh for j in unknown), measured)
            gone = f"没有按{'、'.join(missing)}的排序方式{note}" if missing else ""
            return Judgement(
                "broken", f"“{sorts.query}”的搜索结果：" + "；".join(x for x in (gone, said) if x), measured
            )
        undecided = [found for found in judged.values() if not any(j.held for j in found)]
        if undecided:
            return Judgement(
                "unknown", "；".join(dict.fromkeys(j.zh for found in undecided for j in found if j.unknown)), measured
            )
        modes = {(c.key, c.direction) for c in usable if c.key != "default"}
        measured["默认以外的方式数"] = len(modes)
        if len(modes) < LEAST_MODES:
            return Judgement("unknown", f"默认以外只有 {len(modes)} 种排序方式", measured)
        rated = next((c.label for c in usable if c.key == "credit" and not phrase("names_credit").search(c.label)), "")
        return Judgement("held", f"信用排序名为“{rated}”（按评价计）" if rated else "", measured)

    # -- 40.3, 40.4 ---------------------------------------------------------------------------------------------------------

    def comparisons(self, seen: PersonasSeen, phase: Phase) -> tuple[Comparison, ...]:
        """A against B over the first `topk` results, a query each."""
        return ranking.compare_all(seen.lists, seen.queries, phase, int(self.parameter("topk")))

    def differs(self, comparison: Comparison, *, whole: bool = False) -> Judgement:
        """Whether two personas got different results to one query: broken where the difference that came with the history, or the `whole`
        difference, exceeds personalisation_delta; unknown on an unstable ranking. How sure that is, only all queries together
        tell (`apart`)."""
        limit = float(self.parameter("personalisation_delta"))
        c = comparison
        delta = c.gap if whole else c.delta
        measured: dict[str, Any] = {
            "关键词": c.query, "甲乙一致度_RBO": c.between, "噪声基线_RBO": c.floor, "经历前差值": c.early, "差值": delta, "允许差值": limit,
            "本人重复一致度_RBO": c.repeats, "对照": _control(c), "轮数": len(c.rounds), "甲乙比较次数": c.pairs, "对照比较次数": c.controls, "比较深度": c.depth,
            "甲乙一致度范围": [c.lowest, c.highest],
        }  # fmt: skip
        if delta is None or c.floor is None or c.between is None:
            return Judgement("unknown", f"“{c.query}”的结果太少或没有取得，无法比较", measured)
        if c.repeats is not None and c.repeats < UNSTABLE:
            return Judgement(
                "unknown", f"“{c.query}”：同一人重复搜索的结果也不稳定（一致度 {c.repeats:.2f} < {UNSTABLE}）", measured
            )
        before = f"，经历之前差值 {c.early:.2f}" if abs(c.early) >= 0.005 else ""
        if delta > limit:
            return Judgement(
                "broken",
                f"“{c.query}”：甲乙两人结果的一致度 {c.between:.2f}，低于噪声基线 {c.floor:.2f}{before}",
                measured,
            )
        return Judgement("held", f"“{c.query}”：甲乙一致度 {c.between:.2f}，噪声基线 {c.floor:.2f}{before}", measured)

    def apart(self, seen: PersonasSeen, phase: Phase, share: float, *, last: bool = False) -> Judgement:
        """Whether people with opposite histories get different results: broken where more than personalisation_delta lies between
        them, in at least `share` of the queries and in the mean, and the interval excludes noise; held where the interval
        excludes a difference of that size, so that it would have been seen; unknown otherwise. `last`: in the last round alone.

        Accounts whose results differed before this run gave them a history may have an older one, or stand in two groups of an
        experiment: then the whole difference counts, and only where the platform says itself that results are personal. Where twins
        differ much more than a person's own repeats, sessions stand in groups, and equality can't be seen.
        """
        limit = float(self.parameter("personalisation_delta"))
        compared = self.comparisons(seen, phase)
        noise = self.comparisons(seen, "off" if phase == "personal" else "personal")
        if last:  # whose own repeats say nothing of it: how stable the ranking is, the other phase tells
            stable = {c.query: c.repeats for c in noise}
            compared = tuple(replace(c, rounds=c.rounds[-1:], repeats=stable.get(c.query)) for c in compared)
        came = ranking.pool(compared, CONFIDENCE, noise)
        whole = ranking.pool(compared, CONFIDENCE, noise, early=False)
        if not came or not whole:
            return Judgement("unknown", "两人没有都取得搜索结果，无法比较", {})
        already = seen.accounts and whole.delta - came.delta > limit
        judged = [self.differs(c, whole=already) for c in compared]
        pooled = whole if already else came
        measured: dict[str, Any] = {
            "平均差值": pooled.delta, "差值区间": [pooled.low, pooled.high], "置信水平": CONFIDENCE, "允许差值": limit, "比较轮数": pooled.rounds, "各关键词": [j.measured for j in judged],
        }  # fmt: skip
        said = f"平均差值 {pooled.delta:.2f}（{CONFIDENCE:.0%} 区间 {_number(pooled.low)} 至 {_number(pooled.high)}）"
        unstable = [j for j in judged if j.unknown]
        if unstable:
            return Judgement("unknown", "；".join(j.zh for j in unstable), measured)
        over = [c for c in compared if ((c.gap if already else c.delta) or 0.0) > limit]
        beyond = pooled.delta > limit and len(over) >= share * len(compared)
        told = "；".join(j.zh for j, c in zip(judged, compared, strict=True) if c in over or not over)
        grouped = [c for c in compared if (c.between_sessions or 0.0) > limit]
        if beyond and pooled.low is not None and pooled.low > 0:
            if already and (grouped or not (seen.policy and seen.policy.admits)):
                return Judgement(
                    "unknown",
                    f"账号在这次浏览之前结果就已不同（{told}；{said}）：可能是以前的浏览历史，也可能是平台把账号分了组，请换用没有浏览历史的成对账号",
                    measured,
                )
            return Judgement("broken", f"{told}；{said}", measured)
        if grouped:
            return Judgement(
                "unknown",
                f"经历相同的两人结果也不同，而本人重复搜索一致（{told}）：平台把会话分了组（如排序实验），看不出结果是否因人而异；请暂停实验，或固定分组后再测",
                measured,
            )
        equal = whole if seen.accounts else came
        if not over and equal.high is not None and equal.high < limit:
            return Judgement("held", f"{told}；{said}", measured)
        if over and not beyond:
            return Judgement("unknown", f"只有部分关键词的结果因人而异：{told}；{said}", measured)
        return Judgement(
            "unknown",
            f"差异与搜索结果本身的波动分不开：{told}；{said}，允许差值 {limit}；请在 targets.yaml 的 queries 中增加关键词后再测",
            measured,
        )

    def personalised(self, seen: PersonasSeen) -> Judgement:
        """Whether results depend on who asks: held where people get different ones to most queries, broken where the measure would have
        seen that and did not, unknown otherwise."""
        apart = self.apart(seen, "personal", MOST)
        measured: dict[str, Any] = {
            "行为次数": seen.actions,
            "浏览商品数": seen.views,
            "登录账号": seen.accounts,
            **apart.measured,
        }
        if apart.broken:
            return Judgement("held", apart.zh, measured)
        if apart.unknown:
            return Judgement("unknown", apart.zh, measured)
        if min((n for who, n in seen.views.items() if who in ("A", "B")), default=0) < 3:
            return Judgement("unknown", f"两人各自浏览的商品太少（{seen.views}），没有形成可比较的历史", measured)
        return Judgement("broken", apart.zh, measured)

    def covers_search(self, option: Option) -> Judgement:
        """Whether an option is one for search results by its words, near enough, and one that a consumer can operate."""
        limit = int(self.parameter("account_rights_clicks_max"))
        measured: dict[str, Any] = {
            "选项名称": option.label, "所在页面": option.url, "点击次数": option.clicks, "允许点击次数": limit, "路径": " > ".join(option.path) or "搜索结果页", "说明": option.context,
        }  # fmt: skip
        if option.scope == "ads":
            return Judgement("broken", f"“{option.label}”只针对广告，不涉及搜索结果", measured)
        if option.scope == "feed":
            return Judgement("broken", f"“{option.label}”只针对首页或推荐栏目，不涉及搜索结果", measured)
        if not option.operable:
            return Judgement("broken", f"“{option.context or option.label}”：没有可以操作的选项", measured)
        if option.clicks > limit:
            return Judgement(
                "broken",
                f"“{option.label}”要点击 {option.clicks} 次才能到达（{' > '.join(option.path)}），超过 {limit} 次",
                measured,
            )
        return Judgement("held", "", measured)

    def off_works(self, seen: PersonasSeen) -> Judgement:
        """Whether results no longer depend on who asks once the option was used, and its state stayed."""
        offs = [s for s in seen.switched if s.to == "off"]
        apart = self.apart(seen, "off", REMAINS_SHARE)
        later = self.apart(seen, "off", REMAINS_SHARE, last=True)  # an option that wears off: the rounds differ
        if later.broken and not apart.broken:
            apart = replace(later, zh=f"最后一轮搜索又因人而异，{later.zh}")
        measured: dict[str, Any] = {
            "切换": [f"{s.persona}: {s.before or '?'} -> {s.after or '?'}" for s in offs],
            **apart.measured,
        }
        if not offs or any(s.wall for s in offs):
            why = "；".join(s.wall for s in offs if s.wall) or "没有可以操作的选项"
            return Judgement("unknown", f"未能操作该选项（{why}）", measured)
        kept = [x for x in seen.lists if x.phase == "off"]
        if punished(seen):
            return Judgement("unknown", "关闭后搜索不再给出结果，无法比较", measured)
        reverted = [x for x in kept if x.state == "on"]
        if reverted and any(s.after == "off" for s in offs):
            return Judgement(
                "broken", f"关闭后再次搜索“{reverted[0].query}”，页面显示该选项又回到开启状态，消费者没有操作", measured
            )
        renewed = self._renewed(seen)
        if renewed.broken:
            return renewed
        if any(s.after == "on" for s in offs):
            return Judgement("unknown", "操作后该选项仍显示开启，可能没有操作成功，请人工复核", measured)
        if apart.broken and any(s.after != "off" for s in offs):
            return Judgement(
                "unknown", f"操作后看不出该选项的状态，而结果仍因人而异（{apart.zh}），请人工复核", measured
            )
        if apart.broken:
            return Judgement("broken", f"关闭后仍因人而异：{apart.zh}", measured)
        if apart.unknown:
            return Judgement("unknown", f"关闭后不能确认结果不再因人而异：{apart.zh}", measured)
        if float(measured["平均差值"]) > SLACK:
            return Judgement("unknown", f"关闭后仍有部分差异：{apart.zh}", measured)
        if renewed.unknown:
            return renewed
        return Judgement("held", apart.zh, measured)

    def _renewed(self, seen: PersonasSeen) -> Judgement:
        """Whether the same account, in a new session, still gets what it got after switching off."""
        limit, depth = float(self.parameter("personalisation_delta")), int(self.parameter("topk"))
        again = [x for x in seen.lists if x.phase == "renewed" and not x.wall]
        if not again:
            return Judgement("held", "", {})
        nearer: list[tuple[str, float]] = []
        for x in again:
            personal = [
                a
                for y in seen.lists
                if y.persona == x.persona
                and y.query == x.query
                and y.phase == "personal"
                and (a := ranking.agreement(x.keys, y.keys, depth)) is not None
            ]
            off = [
                a
                for y in seen.lists
                if y.persona == x.persona
                and y.query == x.query
                and y.phase == "off"
                and (a := ranking.agreement(x.keys, y.keys, depth)) is not None
            ]
            if personal and off:
                nearer.append((x.query, max(personal) - max(off)))
        measured: dict[str, Any] = {
            "重新登录后更接近开启时的程度": dict(nearer),
            "允许差值": limit,
            "重新登录后的状态": [x.state for x in again],
        }
        back = [q for q, n in nearer if n > limit]
        grouped = any((c.between_sessions or 0.0) > limit for c in self.comparisons(seen, "off"))
        if nearer and not grouped and len(back) >= REMAINS_SHARE * len(nearer):
            return Judgement(
                "broken", f"关闭后在新的会话里重新登录，“{'、'.join(back)}”的结果又按个人特征排列", measured
            )
        if any(x.state == "on" for x in again):
            return Judgement(
                "broken", "关闭后在新的会话里重新登录，页面显示该选项又回到开启状态，消费者没有操作", measured
            )
        if back:
            return Judgement("unknown", f"重新登录后“{'、'.join(back)}”的结果与关闭时不同", measured)
        return Judgement("held", "", measured)


def _was_tried(control: SortControl, among: Sequence[SortControl]) -> bool:
    """Of several controls for one key (ascending, descending) the operated one speaks, where one was."""
    twins = [c for c in among if c.key == control.key]
    tried = [c for c in twins if c.changed_order is not None or c.changed_request is not None or c.blocked]
    return control in tried or not tried


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.2f}"


def _control(c: Comparison) -> str:
    """What the floor comes from."""
    if c.twins:
        return "同样经历的另一人（A2、B2），同一轮"
    return "没有对照账号 persona_a2、persona_b2：本人的重复搜索和未登录的新会话，看不出平台是否把账号分了组"


def punished(seen: PersonasSeen) -> bool:
    """Whether searches that gave results before give none of them, and no others for it, once the option was used."""
    known: dict[str, set[str]] = {}
    for x in seen.lists:
        if x.phase != "off" and len(x.keys) >= 3:
            known.setdefault(x.query, set()).update(x.keys)
    after = [
        x
        for x in seen.lists
        if x.phase == "off" and x.query in known and (not x.wall or x.wall.startswith("not-offered"))
    ]
    return bool(after) and all(not known[x.query] & set(x.keys) for x in after)
