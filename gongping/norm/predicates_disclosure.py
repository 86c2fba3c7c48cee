"""Predicates of what must be said: rules of reviews and of intellectual property, what the agreements and the privacy policy must say,
what is encouraged.

What was read and lacks a part is broken only where the norm says so and no word of the part stands anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongping.detectors.agreements import agreed_beforehand
from gongping.detectors.licence import companies_in, contracting_parties, latin_companies_in, same_entity
from gongping.detectors.papers import kind_of
from gongping.lexicon import phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_published import (
    HELD,
    Disclosure,
    Passage,
    PublishedPredicates,
    current,
    first_said,
    lines_of,
    own_papers,
)
from gongping.norm.predicates_terms import TRAIL, in_force, statements
from gongping.observations.library import Kind, LibrarySeen, Paper
from gongping.sight.blocks import Block
from gongping.sight.model import Seen

_SLOGAN = 120
"""Characters: rules that say less, and nothing of what they must, are a line and no rules (convention)."""

_WHOLE = 200
"""Characters from which on a policy is taken to be there as a whole (convention)."""

_ALL = 0.9
"""Share of a text's characters that counts as all of it, titles aside (convention)."""

_CONTRACTS: tuple[Kind, ...] = (
    "user",
    "privacy",
    "rules",
    "returns",
    "disputes",
    "reviews",
    "ip",
    "membership",
    "payment",
    "legal",
)
"""Documents in which a company is named as the party; lists, notices and pages of a promotion name others."""

_REVIEWS = {
    "谁可以评价": "reviews_who",
    "何时可以评价": "reviews_when",
    "如何计分": "reviews_scores",
    "何时隐藏或者删除": "reviews_hidden",
    "如何申诉": "reviews_appeal",
    "生效日期": "effective_date",
}

_PLAIN = {
    "进入和退出平台": "plain_entry_exit",
    "商品和服务质量保障": "plain_quality",
    "消费者权益保护": "plain_consumer",
    "个人信息保护": "plain_personal",
}

_DEPOSIT = {
    "数额": "deposit_amount",
    "管理": "deposit_managed",
    "使用": "deposit_used",
    "退还": "deposit_back",
}

_DISPUTES = {
    "时限": "time_limit",
    "不服处理的途径": "dispute_appeal",
    "举证": "dispute_evidence",
    "自愿原则": "dispute_voluntary",
}

_PRIVACY_CORE = {
    "目的": "privacy_purpose",
    "方式": "privacy_method",
    "范围": "privacy_scope",
    "必要性": "privacy_necessity",
    "规则": "privacy_rules",
}

_PRIVACY_MORE = {
    "保存期限": "privacy_retention",
    "共享": "privacy_sharing",
    "权利": "privacy_rights",
    "联系方式": "privacy_contact",
    "日期": "effective_date",
}

_IP = {
    "通知的要求": "ip_notice_needs",
    "经营者的声明": "ip_statement",
    "处理措施": "ip_measure",
    "时限": "time_limit",
    "投诉入口或者地址": "ip_entry",
}


class DisclosurePredicates(PublishedPredicates):
    """Mixed into Predicates."""

    # -- 16.2 ------------------------------------------------------------------------------------------------------------

    def review_rules(self, library: LibrarySeen) -> Disclosure:
        """Whether rules of reviews are published: full text, who, when, how scores are computed, when hidden, appeal, effective date."""
        own = own_papers(library, "reviews")
        others = [p for p in in_force(library) if p not in own]
        if not own:
            spoken = [
                p
                for about, name in _REVIEWS.items()
                if about != "生效日期"
                and (p := first_said(others, name, f"评价规则：{about}", HELD, also="speaks_of_reviews"))
            ]
            absent = self.sought(library, "评价规则", "reviews")
            if absent.broken and len(spoken) > 1 and spoken[0].paper:
                zh = f"没有单独的评价规则，《{spoken[0].paper.name[:20]}》等有片段提到评价，请人工判断是否构成信用评价规则"
                return Disclosure(Judgement("unknown", zh, absent.measured), tuple(spoken))
            return Disclosure(absent, tuple(spoken))
        passages, missing = self._parts(own, _REVIEWS)
        if len(missing) >= len(_REVIEWS) - 1 and all(_is_line(p) for p in own):
            zh = f"《{own[0].name[:20]}》只有一句话，没有任何规则：“{_own_words(own[0])[:60]}”"
            return Disclosure(
                Judgement("broken", zh), (Passage("评价规则只有一句话", Judgement("broken", zh), own[0]),)
            )
        said = [
            p
            for about in missing
            if about != "生效日期"
            and (p := first_said(others, _REVIEWS[about], f"评价规则：{about}", HELD, also="speaks_of_reviews"))
        ]
        missing = [m for m in missing if not any(p.about.endswith(m) for p in said)]
        return Disclosure(_complete("评价规则", own, missing), (*passages, *said))

    # -- 28.1 ------------------------------------------------------------------------------------------------------------

    def terms_cover(self, library: LibrarySeen) -> Disclosure:
        """Whether the agreements cover the four topics, name the contracting entity and say since when they are in force. What stands in
        an agreement with sellers alone does not count (norm.yaml 28.1, evasions)."""
        papers = [p for p in in_force(library) if p.kind != "seller"]
        read = self.terms_read(library)
        whole = read.held and not library.left and all(p.read for p in library.papers)
        passages: list[Passage] = []
        broken, open_ = [], []
        for topic, plain in _PLAIN.items():
            found = next(
                ((p, s) for p in papers for s in statements(p.document) if (s.duty, s.about) == ("28.1", topic)), None
            )
            if found:
                paper, said = found
                passages.append(
                    Passage(f"格式条款：{topic}", HELD, paper, _block_of(paper, said.sentence), said.sentence)
                )
            elif whole and not any(phrase(plain).search(p.document.all_text) for p in papers):
                zh = f"全部 {len(papers)} 份文件没有任何关于{topic}的内容"
                passages.append(Passage(f"格式条款没有：{topic}", Judgement("broken", zh)))
                broken.append(zh)
            else:
                open_.append(f"没有认出{topic}的约定")
        agreements = current(library.of("user"))
        contracts = [p for p in papers if p.kind in _CONTRACTS]
        party = _party(agreements) or _party(contracts)
        if party:
            paper, name = party
            passages.append(Passage(f"缔约主体：{name[:40]}", HELD, paper, _block_of(paper, name), name))
        elif (
            read.held
            and agreements
            and not any(phrase("names_a_business").search(p.document.all_text) for p in contracts)
        ):
            zh = f"《{agreements[0].name[:20]}》等 {len(papers)} 份文件都没有写明与消费者订立合同的是谁"
            passages.append(Passage("没有写明缔约主体", Judgement("broken", zh), agreements[0]))
            broken.append(zh)
        else:
            open_.append("没有认出缔约主体")
        if foreign := self._pasted(agreements, contracts):
            broken.append(foreign.judgement.zh)
            passages.append(foreign)
        dated = first_said(agreements or papers, "effective_date", "生效日期", HELD)
        if dated:
            passages.append(dated)
        else:
            open_.append("用户协议没有写明生效日期")
        if broken:
            return Disclosure(Judgement("broken", "；".join(broken), read.measured), tuple(passages))
        if read.unknown:
            return Disclosure(read, tuple(passages))
        if open_:
            return Disclosure(Judgement("unknown", f"{'；'.join(open_)}，请人工核对", read.measured), tuple(passages))
        return Disclosure(Judgement("held", "", read.measured), tuple(passages))

    def _pasted(self, agreements: Sequence[Paper], papers: Sequence[Paper]) -> Passage | None:
        """The sentence by which an agreement is under foreign law, where its party is a company that no other document names."""
        others = [c for p in papers if p not in agreements for c in companies_in(p.document.all_text)]
        for paper in agreements:
            own = [*companies_in(paper.document.all_text), *latin_companies_in(paper.document.all_text)]
            law = first_said([paper], "foreign_law", "适用境外法律", HELD)
            if not law or not own or not others or any(same_entity(a, b) for a in own for b in others):
                continue
            zh = f"《{paper.name[:20]}》的缔约主体是“{own[0]}”并适用境外法律（“{law.quote[:60]}”），其他文件的主体是“{others[0]}”"
            return replace(law, judgement=Judgement("broken", zh))
        return None

    # -- 46 and 47 -------------------------------------------------------------------------------------------------------

    def guarantee_published(self, library: LibrarySeen) -> Disclosure:
        """Whether a mechanism that guarantees quality is published with its conditions; encouraged."""
        papers = [p for p in in_force(library) if p.kind != "seller"]
        bare: Passage | None = None
        for paper in papers:
            for block in paper.document.blocks or lines_of(paper):
                if not phrase("guarantee_stated").search(block.text):
                    continue
                if len(block.text) >= 20 and phrase("guarantee_condition").search(block.text):
                    said = Passage("质量担保机制及其条件", HELD, paper, block, block.text[:200])
                    return Disclosure(HELD, (said,))
                bare = bare or Passage("提到质量担保", Judgement("unknown"), paper, block, block.text[:200])
        if bare and bare.paper:
            zh = f"《{bare.paper.name[:20]}》提到“{bare.quote[:40]}”，没有读到条件，请人工核对"
            return Disclosure(Judgement("unknown", zh), (bare,))
        return self._not_adopted(library, "质量担保机制（先行赔付、假一赔几、正品保障等）")

    def deposit_agreed(self, library: LibrarySeen) -> Disclosure:
        """Whether, where sellers pay a deposit for the protection of consumers, amount, management, use and refund are agreed."""
        spoken = [
            (p, b)
            for p in in_force(library)
            for b in p.document.blocks or lines_of(p)
            if phrase("seller_deposit").search(b.text)
        ]
        if not spoken:
            return self._not_adopted(library, "商家缴纳的保证金")
        scope: list[tuple[Paper, Block]] = []
        for paper in _each(p for p, _ in spoken):
            scope += [(paper, b) for b in _about_deposit(paper)]
        passages, missing, sent = [], [], False
        for about, name in _DEPOSIT.items():
            found = next(((p, b) for p, b in scope if phrase(name).search(b.text)), None)
            if found:
                passages.append(Passage(f"保证金的{about}", HELD, found[0], found[1], found[1].text[:200]))
            else:
                missing.append(about)
        sent = any(phrase("stands_elsewhere").search(b.text) for _, b in scope)
        first, block = spoken[0]
        if not missing:
            return Disclosure(HELD, tuple(passages))
        passages.insert(0, Passage("提到保证金", HELD, first, block, block.text[:200]))
        where = "、".join(f"《{p.name[:20]}》" for p in _each(p for p, _ in spoken))
        lacks = f"{where}提到保证金，没有写明{'、'.join(missing)}"
        sellers = library.of("seller")
        if not sellers or library.walled("seller") or library.why:
            return Disclosure(
                Judgement("unknown", f"{lacks}；商家协议没有公开或者没有读到，请人工核对"), tuple(passages)
            )
        if sent or [x for x in library.left if kind_of(x) in ("seller", "rules", "deposit")]:
            return Disclosure(Judgement("unknown", f"{lacks}，另有文件没有读到，请人工核对"), tuple(passages))
        return Disclosure(
            Judgement("broken", f"{lacks}（读过的商家规则：{'、'.join(p.name[:20] for p in sellers)}）"),
            tuple(passages),
        )

    def mediation_works(self, library: LibrarySeen) -> Disclosure:
        """Whether there is a way in to settle a dispute online, and it works; encouraged."""
        entries = library.of("mediation")
        for paper in entries:
            if paper.document.how == "page" and any(x.seen and x.seen.role == "button" for x in paper.document.links):
                return Disclosure(HELD, (Passage("在线争议解决入口", HELD, paper, None, paper.label),))
        for paper in library.of("disputes"):
            if self._takes_cases(paper):
                return Disclosure(HELD, (Passage("在线争议解决入口", HELD, paper, None, paper.label),))
        walls = library.walled("mediation")
        if entries or walls:
            paper = (entries or walls)[0]
            why = (
                f"需要{paper.document.detail or paper.document.wall}"
                if walls and not entries
                else "页面上没有可以提交的按钮"
            )
            zh = f"有“{paper.label[:20]}”入口，{why}，未能验证可以使用，请人工核对"
            return Disclosure(Judgement("unknown", zh), (Passage("在线争议解决入口", Judgement("unknown", zh), paper),))
        said = first_said(in_force(library), "offers_mediation", "写明可以申请介入或者调解", Judgement("unknown"))
        if said and said.paper:
            zh = f"《{said.paper.name[:20]}》写明“{said.quote[:60]}”，入口没有公开（可能在登录后的订单中），请人工登录核对"
            return Disclosure(Judgement("unknown", zh), (said,))
        return self._not_adopted(library, "在线争议解决入口")

    def _takes_cases(self, paper: Paper) -> bool:
        """Whether a page that is called after disputes, and not after their rules, has a form: room to write, and a button that hands in."""
        document = paper.document
        if document.how != "page" or not document.sight or phrase("names_rules").search(paper.name):
            return False
        shown = [s for s in self.sight(document.sight).elements if s.shown]
        rooms = [s for s in shown if s.tag == "textarea" or s.machine.get("contenteditable") == "true"]
        sends = [
            x.seen for x in document.links if x.seen and not x.seen.href and phrase("hands_in_a_case").search(x.label)
        ]
        return any(r.form == s.form for r in rooms for s in sends)

    def dispute_rules(self, library: LibrarySeen) -> Disclosure:
        """Whether rules of disputes are published with time limits and appeal; encouraged."""
        own = own_papers(library, "disputes")
        if not own:
            return self._not_adopted(library, "争议解决规则")
        passages, missing = self._parts(own, _DISPUTES)
        barred = [c for c in self.clauses(library, "34.5") if c.paper in own]
        if barred:
            zh = f"{barred[0].said}，可能限制投诉或者诉讼，见第三十四条第（五）项"
            return Disclosure(Judgement("unknown", zh), tuple(passages))
        return Disclosure(_complete("争议解决规则", own, missing), tuple(passages))

    def _not_adopted(self, library: LibrarySeen, what: str) -> Disclosure:
        read = self.terms_read(library)
        if read.held:
            return Disclosure(read, (), f"读过的文件和页面没有{what}（{'、'.join(library.searched[:8])}）")
        return Disclosure(Judgement("unknown", f"没有找到{what}；{read.zh}", read.measured))

    # -- 49.2 ------------------------------------------------------------------------------------------------------------

    def privacy_explicit(self, library: LibrarySeen) -> Disclosure:
        """Whether the privacy policy makes purpose, method, scope, necessity and rules explicit, and says whose it is. Parts of it that
        were not recognised are for a person: there are more ways to say what something is for than anybody lists."""
        own = current(library.of("privacy"))
        if not own:
            walls = library.walled("privacy")
            if walls:
                zh = f"“{walls[0].label[:20]}”没有到达（{walls[0].document.wall}：{walls[0].document.detail[:60]}）"
                return Disclosure(Judgement("unknown", zh))
            absent = self.sought(library, "隐私政策", "privacy")
            return Disclosure(absent, (Passage("没有隐私政策", absent),))
        policy = max(own, key=lambda p: len(p.document.all_text))
        passages, missing = self._parts(own, _PRIVACY_CORE)
        more, lesser = self._parts(own, _PRIVACY_MORE)
        passages += more
        text = "\n".join(p.document.all_text for p in own)
        name = f"《{policy.name[:20]}》"
        broken = []
        whole = not library.why and len(policy.document.text) >= _WHOLE and not policy.document.pictures
        vague = first_said(own, "purpose_vague", "目的只写“等”", Judgement("broken"))
        if vague and whole and not phrase("purpose_specific").search(text):
            broken.append(f"{name}没有写明任何具体目的，只写“{vague.quote[:60]}”")
            passages.append(vague)
        if other := self._other_controller(library, own):
            broken.append(f"{name}是“{other}”的政策，其他文件的主体是“{self._agreed(library, own)}”")
        if (small := _small(policy, float(self.parameter("font_px_min")))) is not None:
            broken.append(f"{name}全文字号 {small:g}px，小于 {self.parameter('font_px_min'):g}px")
        if broken:
            judged = Judgement("broken", "；".join(broken))
            return Disclosure(judged, (Passage("隐私政策", judged, policy), *passages))
        controller = _controllers(own) or [c for p in own for c in latin_companies_in(p.document.all_text)]
        open_ = [*missing, *lesser, *([] if controller else ["个人信息处理者"])]
        if open_:
            zh = f"{name}没有认出{'、'.join(open_)}，请人工核对"
            return Disclosure(Judgement("unknown", zh), tuple(passages))
        clicks, limit = min(p.clicks for p in own), int(self.parameter("privacy_policy_clicks_max"))
        if clicks > limit:
            return Disclosure(Judgement("broken", f"{name}距首页 {clicks} 次点击，超过 {limit} 次"), tuple(passages))
        return Disclosure(Judgement("held", "", {"点击次数": clicks, "处理者": controller[0]}), tuple(passages))

    def agreed_to_privacy_beforehand(self, library: LibrarySeen) -> tuple[tuple[Seen, str], ...]:
        """The boxes of the registration form for agreeing to the privacy policy that stand ticked, each with its sentence."""
        return agreed_beforehand(self.sight(library.registration), "privacy") if library.registration else ()

    def _agreed(self, library: LibrarySeen, own: Sequence[Paper]) -> str:
        others = [p for p in in_force(library) if p.kind == "user"] + in_force(library)
        party = _party(p for p in others if p not in own)
        return party[1] if party else ""

    def _other_controller(self, library: LibrarySeen, own: Sequence[Paper]) -> str:
        """The company whose policy this says to be, where it nowhere names a company that the user agreement names."""
        agreed = [
            c
            for p in in_force(library)
            if p not in own and p.kind in _CONTRACTS
            for c in companies_in(p.document.all_text)
        ]
        named = [c for p in own for c in companies_in(p.document.all_text)]
        said = _controllers(own)
        if not agreed or not said or any(same_entity(a, n) for a in agreed for n in named):
            return ""
        return said[0]

    # -- 53.1 ------------------------------------------------------------------------------------------------------------

    def ip_rules(self, library: LibrarySeen) -> Disclosure:
        """Whether rules of intellectual property are published: notice, counter-statement, measures, time limits, entry."""
        own = [
            p
            for p in own_papers(library, "ip")
            if not p.found_on.startswith("站内搜索") or len(self._parts([p], _IP)[0]) > 1  # no book about the law
        ]
        if not own:
            if walls := library.walled("ip"):
                zh = f"“{walls[0].label[:20]}”没有到达（{walls[0].document.wall}），未能核对知识产权保护规则"
                return Disclosure(Judgement("unknown", zh))
            absent = self.sought(library, "知识产权保护规则和投诉入口", "ip")
            return Disclosure(absent, (Passage("没有知识产权保护规则", absent),))
        passages, missing = self._parts(own, _IP)
        if self.locale.lower().startswith("zh") and all(_foreign(p) for p in own):
            speaks = [p for p in current(library.of("user")) if not _foreign(p)]
            other = any(phrase("chinese_version").search(x.label) for p in own for x in p.document.links)
            if speaks and not other:
                zh = f"《{own[0].name[:30]}》只有外文，而《{speaks[0].name[:20]}》是中文"
                judged = Judgement("broken", zh)
                return Disclosure(judged, (Passage("知识产权保护规则只有外文", judged, own[0]),))
        return Disclosure(_complete("知识产权保护规则", own, missing), tuple(passages))


def _block_of(paper: Paper, text: str) -> Block | None:
    return next((b for b in paper.document.blocks if text in b.text), None)


def _own_words(paper: Paper) -> str:
    """A document's text without its title and trails of links."""
    title = paper.document.title
    links = {x.label for x in paper.document.links}
    held = [b.text for b in paper.document.blocks or lines_of(paper) if b.text not in (title, *links)]
    return " ".join(t for t in held if not TRAIL.match(t)).strip()


def _is_line(paper: Paper) -> bool:
    document = paper.document
    asked = paper.found_on.startswith("站内搜索")
    return not asked and document.how != "file" and not document.pictures and len(_own_words(paper)) < _SLOGAN


def _complete(what: str, papers: Sequence[Paper], missing: Sequence[str]) -> Judgement:
    measured = {"文件": [f"{p.name[:30]}（{len(p.document.text)} 字，{p.clicks} 次点击）" for p in papers]}
    if missing:
        names = "、".join(f"《{p.name[:20]}》" for p in papers)
        return Judgement("unknown", f"{names}没有认出{what}应有的{'、'.join(missing)}，请人工核对", measured)
    return Judgement("held", "", measured)


def _party(papers: Iterable[Paper]) -> tuple[Paper, str] | None:
    """The company that documents name, Chinese or Latin, and the first of them that does."""
    for paper in papers:
        text = paper.document.all_text
        found = contracting_parties(text) or latin_companies_in(text)
        if found:
            return paper, found[0]
    return None


def _controllers(papers: Iterable[Paper]) -> list[str]:
    said = [m[1] or m[2] for p in papers for m in phrase("controller_named").finditer(p.document.all_text[:3000])]
    exact = [c for s in said for c in companies_in(s)] or [s for s in said if s]
    return list(dict.fromkeys(exact)) or [c for p in papers for c in companies_in(p.document.all_text)][:1]


def _each(papers: Iterable[Paper]) -> list[Paper]:
    """Each document once."""
    found: list[Paper] = []
    for paper in papers:
        if not any(paper is each for each in found):
            found.append(paper)
    return found


def _about_deposit(paper: Paper) -> list[Block]:
    """The paragraphs that speak of the deposit, and those under a heading that does; all of a document that is about nothing else."""
    blocks = paper.document.blocks or lines_of(paper)
    if any(phrase("about_seller_deposit").search(x) for x in (paper.document.title, paper.name)):
        return [b for b in blocks if b.kind != "heading"]
    held: list[Block] = []
    under = False
    for block in blocks:
        speaks = bool(phrase("seller_deposit").search(block.text)) or "保证金" in block.text
        if block.kind == "heading":
            under = speaks
        elif speaks or under:
            held.append(block)
    return held


def _small(paper: Paper, least_px: float) -> float | None:
    """The largest size of nearly all characters of a document, where that is too small; None where it is not, or unknown."""
    sizes: dict[float, int] = {}
    for run in (r for b in paper.document.blocks if b.kind != "heading" for r in b.runs if r.font_px):
        sizes[run.font_px] = sizes.get(run.font_px, 0) + run.length
    total = sum(sizes.values())
    small = {px: n for px, n in sizes.items() if px < least_px - 0.05}
    return max(small) if total >= _WHOLE and sum(small.values()) >= _ALL * total else None


def _foreign(paper: Paper) -> bool:
    """Whether a document has hardly a Chinese character."""
    text = re.sub(r"\s", "", paper.document.all_text)
    return len(text) >= _WHOLE and len(re.findall(r"[一-龥]", text)) < 0.05 * len(text)
