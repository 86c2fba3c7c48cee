"""Which sentences of a standard term break which duty. Pure: text in, findings out; the words are data in rules/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gongping.clauses import model
from gongping.clauses.quoted import own_words
from gongping.clauses.sentences import Paragraph, Sentence, paragraphs, sentences, without_marker
from gongping.clauses.words import compiled, guards, load_rules, meets, words
from gongping.lexicon import normalise

Verdict = Literal["failed", "cantTell"]

_RULE_FILES = ("duties.yaml", "consumers.yaml", "merchants.yaml")
_QUOTED = re.compile(r"\"[^\"]{1,60}\"|「[^」]{1,60}」|『[^』]{1,60}』|'[^']{2,60}'")
_CONTINUES = re.compile(
    r"(?:但|除|若|如|前述|上述|以上|本条|该|此类|这|不过|然而|其中|except|however|but|this|unless)", re.I
)
_LEANS = re.compile(r"(?:且|并|也|亦|均|都|一律|概|此|该|对此|因此|由此|上述|前述|以上|其|否则|即|包括|同时|并且|而|届时|逾期|恕|这些?|不|无论|无法|由|自行|即使|无需|任何|全部|一切|相关|再|本条|统统|仍)")  # fmt: skip
_REFERS = re.compile(
    r"(?:这类|这些|此类|该类|该等|上述|前述|以上)(?:消息|信息|短信|电话|通知|邮件|推送|内容|照片|资料|服务|费用|情形|情况)"
)
"""What names its object only by the sentence before."""
_MERCHANT_TITLE = re.compile(
    r"(?:商家|商户|卖家|入驻|招商|供应商|开店|店铺管理|经营者|合作商|merchant|seller|vendor|supplier)", re.I
)
_CONSUMER_TITLE = re.compile(r"(?:消费者|用户|会员|买家|顾客|个人|隐私)")
_TO_CONSUMER = re.compile(
    r"消费者|买家|顾客|用户|会员|客户(?!名单|资料|信息|清单|端)|买方|收货人|您|你|\b(?:you|your|consumer|customer|buyer|user)s?\b"
)
_STRICT_CONSUMER = re.compile(r"消费者|买家|顾客|买方|\b(?:consumer|customer|buyer)s?\b")


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause. `paragraph` counts from 1, `sentence` is quoted as written, `duty` is an id of the norm.

    `outcome` is `failed` where the wording is beyond argument, else `cantTell`: a person decides. `rule` is the rule's id.
    """

    paragraph: int
    sentence: str
    duty: str
    outcome: Verdict
    reason: str
    rule: str = ""
    score: float | None = None
    """The model's log-odds that it is unfair; None where the model was not asked."""


class _Data(BaseModel):
    """One rule as it stands in a YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)

    id: str
    duty: str
    reason: str
    rank: int = Field(description="lower goes first")
    outcome: Verdict = "failed"
    any: list[str]
    also: list[str] = Field([], alias="and", description="each must meet the sentence too")
    unless: list[str] = []
    soften: list[str] = []
    carves: bool = Field(True, description="whether the general carve-outs make it fair")
    own_fault: bool = Field(True, description="whether the other side's own fault makes it fair")
    to: Literal["", "merchant", "consumer"] = ""
    shop: str = Field("", description="the duty where a shop's notice says it")
    merchant: str = Field("", description="the duty where a merchant is addressed")


@dataclass(frozen=True)
class Rule:
    """A rule, compiled."""

    data: _Data
    patterns: tuple[re.Pattern[str], ...]
    also: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    soften: tuple[re.Pattern[str], ...]

    @property
    def duties(self) -> set[str]:
        """The duties that it may find broken."""
        return {self.data.duty, self.data.shop, self.data.merchant} - {""}


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, the more specific ones first. Raises ValueError naming a pattern that doesn't compile."""
    found: list[Rule] = []
    for name in _RULE_FILES:
        loaded = load_rules(name)
        assert isinstance(loaded, list)
        for entry in loaded:
            data = _Data.model_validate(entry)
            found.append(
                Rule(data, compiled(data.any), compiled(data.also), compiled(data.unless), compiled(data.soften))
            )
    return tuple(sorted(found, key=lambda rule: rule.data.rank))


def _operator(found: re.Match[str]) -> tuple[int, int]:
    names = found.groupdict()
    for name in ("op", "op2"):
        if names.get(name) is not None:
            return found.span(name)
    return found.span()


def _forbidden(text: str, start: int) -> bool:
    """Whether what begins at `start` is governed by a prohibition or a promise not to."""
    guard, before = guards(), text[:start]
    here = before[max(before.rfind(sign) for sign in ",;:。") + 1 :]
    return meets(guard.forbids_clause, here) or any(
        not meets(guard.ends_prohibition, before[found.end() :])
        for pattern in guard.forbids
        for found in pattern.finditer(before)
    )


def _quotation(text: str, span: tuple[int, int]) -> tuple[int, int] | None:
    """The quotation that `span` lies in."""
    for found in _QUOTED.finditer(text):
        if found.start() < span[0] and span[1] <= found.end():
            return found.span()
    return None


_DECISIVE = 3  # the first patterns of to_merchant decide even where consumers are named too


def _to_merchant(text: str, titles: Sequence[str]) -> bool:
    """Whether the sentence speaks to a business on the platform rather than to a consumer."""
    laid = guards().to_merchant
    if meets(laid[:_DECISIVE], text):
        return True
    if _STRICT_CONSUMER.search(text):
        return False
    about = " ".join(titles)
    if _MERCHANT_TITLE.search(about) and not _CONSUMER_TITLE.search(about):
        return True
    return meets(laid, text) and not _TO_CONSUMER.search(text)


_SHORT = 16  # characters: a shorter sentence has hardly a subject of its own
_SHOP = re.compile(r"本店|小店|咱家|店家|店主|我店|该店|卖家")


def _duty(rule: Rule, text: str, merchant: bool) -> str:
    data = rule.data
    if data.shop and _SHOP.search(text):
        return data.shop
    if data.merchant and merchant:
        return data.merchant
    return data.duty


@dataclass(frozen=True)
class _Hit:
    rule: Rule
    outcome: Verdict
    span: tuple[int, int]

    @property
    def order(self) -> tuple[bool, int]:
        """What is beyond argument goes first, then the more specific rule."""
        return self.outcome != "failed", self.rule.data.rank


@cache
def _denied() -> re.Pattern[str]:
    return re.compile(f"{words()['no_notice']}|{words()['no_reason']}")


def _masked(text: str) -> str:
    """`text` with 无需您同意, 不说明理由 blotted out, so that no guard reads the consent or the reasons in them."""
    return _denied().sub(lambda found: "＊" * len(found[0]), text)


def _outcome(rule: Rule, text: str, span: tuple[int, int], around: str) -> Verdict | None:
    """What `rule`, met at `span`, says of `text`; None where the words turn out fair. `around`: also what follows, masked."""
    guard, data = guards(), rule.data
    if meets(rule.unless, around) or _forbidden(text, span[0]) or meets(guard.voids, around[span[1] :]):
        return None
    if data.carves and meets(guard.carves, around):
        return None
    if data.own_fault and meets(guard.merchant_fault if data.to == "merchant" else guard.own_fault, text):
        return None
    softened = meets(rule.soften, around) or meets(guard.softens, around) or meets(guard.law, text)
    quotation = _quotation(text, span)
    if quotation and quotation[1] - quotation[0] < 0.6 * len(text) and span[1] - span[0] > 1:
        outside = text[: quotation[0]] + text[quotation[1] :]
        if re.search(r"不|无效|禁止|拒绝|违|删除|举报|投诉|谨防|警惕|仅适用|取消|处罚|擅自|整改|改正", outside):
            return None
        softened = softened or bool(re.search(r"等(?:声明|字样|条款|说法|约定|表述)|为由|所谓", outside))
    return "cantTell" if softened else data.outcome


def _hits(text: str, after: str, merchant: bool) -> Iterator[_Hit]:
    around = _masked(text + after)
    for rule in rules():
        if rule.data.to and (rule.data.to == "merchant") is not merchant:
            continue
        if not all(pattern.search(text) for pattern in rule.also):
            continue
        best: _Hit | None = None
        for pattern in rule.patterns:
            for found in pattern.finditer(text):
                span = _operator(found)
                outcome = _outcome(rule, text, span, around)
                if outcome and (best is None or outcome == "failed"):
                    best = _Hit(rule, outcome, span)
                if best and best.outcome == "failed":
                    break
            if best and best.outcome == "failed":
                break
        if best:
            yield best


def _best(text: str, after: str, merchant: bool) -> _Hit | None:
    hits = list(_hits(text, after, merchant))
    return min(hits, key=lambda hit: hit.order, default=None)


def _negated(sentence: Sentence) -> bool:
    """Whether a heading, or the sentence that leads the list, says that what stands here is forbidden or void."""
    over = [*sentence.headings, *([sentence.lead] if sentence.lead else [])]
    return any(meets(guards().negating_headings, normalise(without_marker(title))) for title in over)


def _judge(sentence: Sentence, text: str, names: dict[str, str]) -> tuple[Finding, str] | None:
    """What the rules say of a sentence's own words, `text`, and the words that they needed: these, or with those that they lean on."""
    if _negated(sentence):
        return None
    if not text or (sentence.kind == "heading" and meets(guards().negating_headings, text)):
        return None
    after = normalise(sentence.after)
    after = after if _CONTINUES.match(after) else ""
    merchant = _to_merchant(text, sentence.headings)
    hit = _best(text, after, merchant)
    if first := named(_leans_on(sentence, text), names):
        alone = _best(first, "", merchant)
        for joined in (f"{first},{text}", f"{text},{first}")[: 2 if sentence.lead else 1]:
            over = _best(joined, after, merchant)
            # Only what needs both parts is new; what the first part says alone has its own row.
            if over and (alone is None or over.order < alone.order) and (hit is None or over.order < hit.order):
                hit, text = over, joined
    if hit is None:
        return None
    data = hit.rule.data
    asks = sentence.text.rstrip("”」』'").endswith(("?", "？"))
    if asks and _DENIES.match(normalise(sentence.after)):
        return None
    # What leads a list is decided by what the list says; a question says nothing yet.
    outcome: Verdict = "cantTell" if text.endswith(":") or asks else hit.outcome
    duty = _duty(hit.rule, text, merchant)
    return Finding(sentence.paragraph, sentence.text, duty, outcome, data.reason, data.id), text


_DENIES = re.compile(r"(?:不是|并不|并非|不会|不对|不能|当然不|没有|错|可以|能|误|事实|no\b|not\b)", re.I)
"""How an answer begins that denies what the question asks."""

_DEFINED = re.compile(
    r"(?P<who>[^。;\n]{2,60}?)[(（,，]?\s*(?:以下|下)?(?:简称|统称|合称|称)(?:为|作)?\s*[“\"「『'](?P<name>[^”\"」』']{1,12})[”\"」』']"
    r"(?:\s*或\s*[“\"「『'](?P<other>[^”\"」』']{1,12})[”\"」』'])?"
)
_PARTIES = (
    ("商家", re.compile(r"商户|商家|入驻|卖家|供应商|经营商品")),
    ("平台", re.compile(r"公司|平台|网站|商城|运营|本站")),
    ("用户", re.compile(r"用户|会员|消费者|买家|个人|自然人|您")),
)


def aliases(text: str) -> dict[str, str]:
    """Names that a document gives its parties, 甲方 or a company's own, with 平台, 商家 or 用户 for each."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        who = match["who"][-30:]
        party = next((name for name, pattern in _PARTIES if pattern.search(who)), "")
        for name in filter(None, (match["name"], match["other"])):
            if party and not re.fullmatch(r"您|你|我们|用户|平台|本平台|商家|会员|协议|本协议|服务|规则|法律", name):
                found[normalise(name)] = party
    return found


def named(text: str, names: dict[str, str]) -> str:
    """A text with 平台, 商家 or 用户 in place of the names that a document gave its parties."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"[\"“]?{re.escape(name)}[\"”]?", names[name], text)
    return text


def _leans_on(sentence: Sentence, text: str) -> str:
    """What the sentence is to be read with: its list's lead, or the sentence before where it has no subject of its own."""
    first = ""
    if sentence.lead and sentence.lead != sentence.text:
        first = sentence.lead
    elif sentence.before and (_LEANS.match(text) or len(text) <= _SHORT or _REFERS.search(text)):
        first = sentence.before
    return normalise(without_marker(first)).rstrip(":;,。!?")


def lint_document(
    blocks: Sequence[Paragraph],
    *,
    title: str = "",
    reader: model.Model | None = None,
    known: Iterable[tuple[str, str]] = (),
) -> list[Finding]:
    """The clauses of a document, in reading order, at most one for a sentence.

    `title` is its name where its text doesn't begin with one: it says whether consumers or merchants are addressed. `reader` is
    the model that reads beside the rules, by default the one trained on the package's samples. `known` are names of parties that other
    documents of the same platform give.
    """
    titles = (title,) if title else ()
    names = dict(known) | aliases("\n".join(block.text for block in blocks))
    each = [replace(sentence, headings=(*titles, *sentence.headings)) for sentence in sentences(blocks)]
    reads = (reader or model.trained()).opinions
    own = [own_words(sentence) for sentence in each]
    plain = [named(normalise(words), names) for words in own]
    opinions = reads([(text, _around(sentence)) for text, sentence in zip(plain, each, strict=True)])
    judged = [_judge(sentence, text, names) for sentence, text in zip(each, plain, strict=True)]
    leaning = [n for n, told in enumerate(judged) if told and told[1] != plain[n]]
    # A sentence that breaks a duty with what it leans on is read with it by the model too.
    for n, opinion in zip(leaning, reads([(told[1], "") for n in leaning if (told := judged[n])]), strict=True):
        opinions[n] = max(opinions[n], opinion, key=lambda one: one.score)
    both = [
        (s, _both(s, words, told[0] if told else None, opinion, names))
        for s, words, told, opinion in zip(each, own, judged, opinions, strict=True)
    ]
    titled = {title for s, _ in both for title in s.headings}
    decided = {s.lead for s, finding in both if finding and s.lead}
    found = [f for s, f in both if f and not (f.outcome == "cantTell" and _told_below(s, titled, decided))]
    ruled = {(f.paragraph, f.duty) for f in found if f.rule != _MODEL}
    return [
        f for f in found if f.rule != _MODEL or (f.paragraph, f.duty) not in ruled
    ]  # one clause in two sentences has one row


def _told_below(sentence: Sentence, titled: set[str], decided: set[str]) -> bool:
    """Whether what a sentence says is decided by what stands under it: a heading's text, or the list that it leads."""
    return sentence.text in decided or (sentence.kind == "heading" and without_marker(sentence.text) in titled)


def _around(sentence: Sentence) -> str:
    return " ".join(filter(None, (*sentence.headings[-1:], sentence.lead, sentence.before, sentence.after)))


_MODEL = "model"
_SHORTEST = 12  # characters: what is shorter says too little for the model


def _saved(sentence: Sentence, names: dict[str, str]) -> bool:
    """Whether a rule meets the sentence and something saves it: a carve-out, a prohibition, a quotation, the other side's fault."""
    text, after = named(sentence.normal, names), normalise(sentence.after)
    after = after if _CONTINUES.match(after) else ""
    around, merchant = _masked(text + after), _to_merchant(text, sentence.headings)
    for rule in rules():
        if (rule.data.to and (rule.data.to == "merchant") is not merchant) or not all(
            p.search(text) for p in rule.also
        ):
            continue
        for pattern in rule.patterns:
            if any(_outcome(rule, text, _operator(found), around) is None for found in pattern.finditer(text)):
                return True
    return False


def _both(
    sentence: Sentence, text: str, finding: Finding | None, opinion: model.Opinion, names: dict[str, str]
) -> Finding | None:
    """What rules and model say of a sentence's own words, `text`, together: one number, of the model's, against a bar that what the
    rules saw sets."""
    if finding is not None:
        finding = replace(finding, duty=_duty_of(finding, opinion), score=round(opinion.score, 1))
        if finding.outcome == "failed" and opinion.score < model.AGREES and not sentence.lead:
            if max(opinion.score, opinion.contested) < model.UNLIKELY:
                return None
            return replace(finding, outcome="cantTell", reason=f"{finding.reason}；用语也接近公平的条款，请人工判断")
        if finding.outcome == "cantTell" and opinion.score >= model.SURE and not _open(text):
            return replace(finding, outcome="failed", reason=f"{finding.reason}；{_near(opinion)}")
        if finding.outcome == "cantTell" and max(opinion.score, opinion.contested) < model.UNLIKELY:
            return None  # a doubt of the rules alone, about a sentence that is like none that people doubted
        return finding
    if sentence.kind == "heading" or len(text) < _SHORTEST or _negated(sentence):
        return None
    repudiates = text != without_marker(sentence.text)
    saved = repudiates or _saved(sentence, names)
    if opinion.score < (model.ALONE if saved else model.DOUBT) and opinion.contested < model.CONTESTED:
        return None
    carved = repudiates or (saved and _CONTINUES.match(normalise(sentence.after)))
    sure = opinion.score >= (model.OVERRULES if saved else model.ALONE) and not (carved or _open(text))
    return Finding(
        sentence.paragraph, sentence.text, opinion.duty(), "failed" if sure else "cantTell", _near(opinion), _MODEL, round(opinion.score, 1)
    )  # fmt: skip


def _duty_of(finding: Finding, opinion: model.Opinion) -> str:
    """The duty that rule and model find together; what a rule says of leaving is about nothing else, whatever its words resemble."""
    return finding.duty if finding.rule.startswith("deregister") else opinion.duty(finding.duty)


def _open(text: str) -> bool:
    """Whether a sentence says nothing yet: it leads a list, or asks."""
    return text.endswith((":", "：", "?", "？"))


def _near(opinion: model.Opinion) -> str:
    return f"用语与{opinion.duty()}禁止的条款相近（判别值 {opinion.score:.1f}）"


def lint(text: str, *, reader: model.Model | None = None) -> list[Finding]:
    """The clauses of a plain text or Markdown whose paragraphs are separated by blank lines; `reader` as for `lint_document`."""
    return lint_document(paragraphs(text), reader=reader)
