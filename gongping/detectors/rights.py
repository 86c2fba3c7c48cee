"""What a text says about the rights of a consumer to its data: which topics it explains, and how.

A topic counts where the text tells the reader how to act: "您可以在…中查询". A heading, a list of rights or a sentence about what the
platform does ("我们将删除") is no explanation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongping.lexicon import words
from gongping.lexicon.text import fold
from gongping.observations.account import RIGHTS, Right
from gongping.observations.documents import Document


@dataclass(frozen=True)
class Unit:
    """A clause-like piece of a text with what it stands under."""

    text: str
    line: int
    section: int
    heading: str
    topics: tuple[Right, ...]
    lead: bool = True
    """False where the topic is only the whole document's."""


@dataclass(frozen=True)
class Explained:
    """What one document says about one right. `how` are the words for the procedure, `time` those for the time it takes; `paths`
    are ways through the account that it names; `offline` where it knows only telephone, post or e-mail; `app` where it speaks of
    an app."""

    right: Right
    document: str
    url: str
    sight: str
    quote: str
    how: tuple[str, ...] = ()
    time: str = ""
    paths: tuple[tuple[str, ...], ...] = field(default=())
    offline: bool = False
    app: bool = False

    @property
    def state(self) -> str:
        """full, no_time, or mentioned (without a procedure)."""
        return "mentioned" if not self.how else "full" if self.time else "no_time"


_LABELS: dict[Right, re.Pattern[str]] = {
    "deregister": re.compile(
        r"注销|註銷|销户|退会|(关闭|刪除|删除|终止)(您的|我的)?(账户|账号|帐户|帐号|帳號|帳戶)|(账户|账号)(关闭|删除)"
        r"|(delet|clos|cancel|deactivat|terminat)\w*( your| my| the)? (account|profile|membership)|deregist|(account|profile) (deletion|closure)",
        re.I,
    ),
    "query": re.compile(r"查询|查閱|查询|查阅|查看|访问|查詢|\baccess|\bview|\bsee (my|your)|\breview|\bquery", re.I),
    "correct": re.compile(
        r"更正|修改|补充|更新|编辑|更改|補充|\bcorrect|rectif|\bupdat|\bedit|\bamend|\bmodif|\bchang", re.I
    ),
    "delete": re.compile(r"删除|清除|擦除|刪除|\bdelet|\beras|\bremov", re.I),
}
"""What headings, leads ("更正：") and short labels say for each right."""

_OBJECT = re.compile(r"信息|资料|數據|数据|資料|记录|\bdata\b|information|details|profile", re.I)
_NOT_THE_OBJECT = re.compile(
    r"(物流|订单|商品|快递|库存|余额|处罚|违规|证照|执照|规则|协议|政策|评价|公示|版本)(的)?(状态|信息|详情|记录)?"
)
_OTHER_THINGS = re.compile(
    r"规则|协议|政策|条款|须知|订单|物流|商品|价格|评价|密码|发票|余额|物品|购物车|退货|退款|意见"
    r"|polic|terms|agreement|notice|order|price|review|password|cookie|cart|basket|deliver|return",
    re.I,
)
_ACTS = re.compile(
    r"(您|你|用户|会员|消费者)[^。；]{0,16}(可以?|可|有权|能够?|需要?|申请|选择|希望|想)|如需|如欲|若需|若要|如果您|如您|当您|若您|请您?|通过以下|点击|进入|登录后|在线|[>＞→]"
    r"|\byou (may|can|could|are able|have the right|are entitled|wish|want)|\bto (access|correct|delete|close|update|view|edit|remove|review|download|request)|\bplease|go to|\bclick|\bvisit\b|log in",
    re.I,
)
_PLATFORM = re.compile(
    r"(我们|平台|本公司|本站|系统|商家|\bwe\b)[^，,]{0,14}$|(立即|将|将会|会|被|一并|随之|自动|予以|及时|不得|不会|\bwill( be)?|\bbe|\bis|\bare)\s*$",
    re.I,
)
_LEAD = re.compile(
    r"^\W{0,3}(?:[(（]?[一二三四五六七八九十\dA-Za-z]{1,3}[)）、.．]{1,2}\s*)?(?P<lead>[^：:。；]{1,40})[：:]\s*\S"
)
_ASIDE = re.compile(
    r"步骤|流程|方式|条件|路径|时限|时间|说明|注意|方法|程序|材料|结果|如下|答|问|例如|包括|下列|以下|step|how|note|procedure|time|path|follow",
    re.I,
)
"""Leads that go on with a topic instead of beginning another."""
_NUMBERED = re.compile(
    r"^\s*(第[一二三四五六七八九十\d]+[章节条部]|[(（]?[一二三四五六七八九十\d]{1,3}([.．]\d+)*[)）、.．\s])"
)
_SEPARATOR = r"(?:>|＞|→|›|»|⟶|➔|-{1,2}>?|—+|－|–|/)"
_ROOTS = re.compile(
    r"^(登录|登入|打开|进入|点击|在|请|前往|到|访问|通过|go to|open|visit|log ?in|from|in|under|click|select|navigate to|your|the|首页|网站|官网|pc端?|手机端?|电脑端?|移动端?|网页端?|后|中的?|的|、|\s)+",
    re.I,
)
_APP = re.compile(r"(?<![a-z])app(?![a-z])|客户端|小程序", re.I)
_WEB = re.compile(r"网页|网站|电脑|pc端|website|online|browser", re.I)
_OFFLINE = re.compile(
    r"客服|热线|电话|拨打|致电|邮件|邮箱|邮寄|书面|联系我们|customer service|e-?mail|phone|\bcall\b|contact us|\bpost\b|\bwrite to",
    re.I,
)
_ONLINE = re.compile(r"在线|页面|点击|进入|设置|我的|中心|登录后|链接|account|settings|click|page|log in", re.I)


def topics_of(label: str) -> tuple[Right, ...]:
    """The rights that a heading or a lead names. "删除账号" is deregistration, not deletion."""
    found: list[Right] = []
    rest = label = fold(label)
    for right in ("deregister", "query", "correct", "delete"):
        pattern = _LABELS[right]
        if pattern.search(rest):
            found.append(right)
            if right == "deregister":
                rest = pattern.sub(" ", rest)
    return tuple(found)


def _named(label: str) -> tuple[Right, ...]:
    """The rights that a heading or a lead is about: 政策的修改 and 订单查询 are about something else."""
    named, label = topics_of(label), fold(label)
    if named != ("deregister",) and _OTHER_THINGS.search(label) and not _OBJECT.search(label):
        return tuple(r for r in named if r == "deregister")
    return named


def is_heading(line: str) -> bool:
    """Whether a line stands over others: short, without a full stop, no path."""
    text = line.strip()
    if not 1 < len(text) <= 48 or re.search(r"[。；;，,！!>＞→]|[.：:]$", text) or len(text.split()) > 9:
        return False
    return bool(_NUMBERED.match(text)) or bool(topics_of(text)) or len(text) <= 20


def units(document: Document) -> Iterator[Unit]:
    """The text in pieces, each with the topics that its lead, its heading or the document's title give it."""
    title = document.title or next(iter(document.all_text.splitlines()), "")
    whole: tuple[Right, ...] = ("deregister",) if topics_of(title) == ("deregister",) else ()
    heading, section, topics, carried = title, 0, whole, 0
    for number, line in enumerate(document.all_text.splitlines()):
        if not line.strip():
            continue
        if is_heading(line):
            named = _named(line)
            heading, section, carried = line.strip(), section + 1, 0
            topics = named if len(named) == 1 else whole
            continue
        lead = _LEAD.match(line)
        if lead and not re.search(r"[>＞→]", lead["lead"]):
            named = _named(lead["lead"])
            topics = named if named else topics if _ASIDE.search(lead["lead"]) or len(lead["lead"]) > 16 else whole
            carried = 0
        elif topics and topics != whole:
            carried += 1
            if carried > 6:
                topics = whole
        current = topics
        for piece in re.split(r"(?<=[。；;！!？?\n])|(?<=[a-z)]\.)\s", line):
            if not piece.strip():
                continue
            inner = _LEAD.match(piece)
            if inner and not re.search(r"[>＞→]", inner["lead"]):
                named = _named(inner["lead"])
                current = (
                    named if named else current if _ASIDE.search(inner["lead"]) or len(inner["lead"]) > 16 else whole
                )
            yield Unit(
                piece.strip(),
                number,
                section,
                heading,
                current,
                current != whole or (_named(heading) == whole and heading != title),
            )
        if lead is None:
            topics = current if len(current) == 1 else topics


def _acted_on(piece: str, right: Right) -> bool:
    """Whether the piece tells the reader how to exercise the right: a verb of the right over personal data, done by the reader."""
    piece = fold(piece)
    if not _ACTS.search(piece):
        return False
    blank = _LABELS["deregister"].sub(lambda m: "■" * len(m[0]), piece) if right == "delete" else piece
    for found in _LABELS[right].finditer(blank):
        before = piece[max(0, found.start() - 16) : found.start()]
        if _PLATFORM.search(before):
            continue
        if right == "deregister":
            if words("right_deregister").rejects(piece):
                continue
            return True
        after = blank[found.end() : found.end() + 44]
        if _NOT_THE_OBJECT.match(after.lstrip("您的其我相关该 ")):
            continue
        if _OBJECT.search(after.split("。")[0]):
            return True
    return False


def _tells_how(piece: str) -> bool:
    """Whether a piece that stands under a right's lead says more than its name: an act, a path, a procedure, a time."""
    return bool(_ACTS.search(fold(piece)) or paths_in(piece) or words("procedure_words").match(piece))


def explained(documents: Iterable[Document]) -> dict[Right, list[Explained]]:
    """For each right what the documents say about it, the fullest first."""
    found: dict[Right, list[Explained]] = {right: [] for right in RIGHTS}
    for document in documents:
        if document.wall or not document.all_text:
            continue
        pieces = list(units(document))
        general = _general_time(pieces)
        for right in RIGHTS:
            said = _one(document, pieces, right, general)
            if said:
                found[right].append(said)
    order = {"full": 0, "no_time": 1, "mentioned": 2}
    for said_of in found.values():
        said_of.sort(key=lambda e: order[e.state])
    return found


def _general_time(pieces: list[Unit]) -> str:
    """A time limit that a document sets for requests of this kind as a whole."""
    for unit in pieces:
        if re.search(r"请求|申请|要求|权利|request|rights", unit.text, re.I) and re.search(
            r"答复|回复|响应|处理|完成|反馈|respon|repl|process|answer", unit.text, re.I
        ):
            hit = words("time_limit").match(unit.text)
            if hit and hit.key == "duration":
                return unit.text[:80]
    return ""


def _one(document: Document, pieces: list[Unit], right: Right, general: str) -> Explained | None:
    chosen = [u for u in pieces if _belongs(u, right)]
    if not any(_acted_on(u.text, right) or (u.topics == (right,) and _tells_how(u.text)) for u in chosen):
        return None
    text = " ".join(u.text for u in chosen)
    lines = {u.line for u in chosen}
    around = " ".join(u.text for u in pieces if u.line in lines)
    how = tuple(dict.fromkeys(h.word for h in words("procedure_words").find_all(text)))[:6]
    paths = tuple(dict.fromkeys(p for u in chosen for p in paths_in(u.text) if right in (topics_of(p[-1]) or (right,))))
    if paths and not how:
        how = ("路径",)
    time = words("time_limit").match(text) or words("time_limit").match(around)
    return Explained(
        right,
        document.title,
        document.url,
        document.sight,
        text[:300],
        how=tuple(w if len(w) < 20 else "路径" for w in how),
        time=text_at(f"{text} {around}", time.word, time.start) if time else general,
        paths=paths,
        offline=bool(_OFFLINE.search(text)) and not _ONLINE.search(text) and not paths,
        app=bool(_APP.search(text)) and not _WEB.search(text),
    )


def text_at(text: str, word: str, start: int) -> str:
    """The words of a time limit as the text has them, short."""
    found = re.search(
        r"(?<![\d月])(\d{1,3}|[一二三四五六七八九十]{1,3})\s*个?\s*(工作日|自然日|日|天|小时|个月|周)(之)?(以?内)?|立即|即时|实时|及时|随时|马上|(within|in|up to|at most)\s+\w+\s+\w*\s*(days?|hours?|months?)|immediately|at once|promptly|without undue delay",
        text,
        re.I,
    )
    return found[0] if found else word


def _belongs(unit: Unit, right: Right) -> bool:
    ends = {t for path in paths_in(unit.text) for t in topics_of(path[-1])}
    if unit.topics == (right,):
        return unit.lead or _acted_on(unit.text, right) or right in ends
    if not unit.lead:
        return _acted_on(unit.text, right) and (not ends or right in ends)
    if len(unit.topics) == 1 and unit.topics != (right,):
        # a piece under another right's lead counts only where it names this one as a thing to do, with its own path
        return False
    return _acted_on(unit.text, right)


def paths_in(text: str) -> list[tuple[str, ...]]:
    """Ways through the account that a text names: "我的 > 设置 > 注销账号" gives ("设置", "注销账号"), the account itself left out."""
    found = []
    for run in re.split(r"[“”\"「」『』《》【】()（）。；;，,、：:？?！!]|\s{2,}", text):
        if not re.search(_SEPARATOR, run):
            continue
        steps = [re.sub(r"\s+", " ", s).strip(" .'‘’[]") for s in re.split(rf"\s*{_SEPARATOR}\s*", run)]
        steps = [s for s in steps if s]
        if steps:  # "correct your data under Account": the path begins after the preposition
            steps[0] = re.split(r"\b(?:under|in|at|to|via|through|from|open|visit)\b", steps[0], flags=re.I)[-1].strip()
        arrows = bool(re.search(r">|＞|→|›|»|⟶|➔", run))
        if len(steps) < 2 or any(len(s) > 24 for s in steps[:-1]) or any(re.search(r"\d", s) for s in steps):
            continue
        first = _ROOTS.sub("", steps[0]).strip()
        if not arrows and not (
            words("account").match(first) or words("settings").match(first) or words("security").match(first)
        ):
            continue
        steps = [_TRAIL.split(s)[0].strip() or s for s in steps]
        rest = [s for n, s in enumerate([first, *steps[1:]]) if s and not (n == 0 and _is_root(s))]
        if rest and not _BREADCRUMB.search(rest[-1]):
            found.append(tuple(rest))
    return found


_TRAIL = re.compile(
    r"\b(?:shows?|and (?:press|click|tap|choose|select|save|then|confirm)|then|where|which|you can|to (?:see|edit|delete))\b",
    re.I,
)
"""What goes on behind the last step of an English path."""

_BREADCRUMB = re.compile(r"(须知|协议|政策|规则|声明|条款|规范)$|(policy|terms|notice|agreement|rules)$", re.I)
"""Ends of a trail of breadcrumbs over a document: the document itself."""


def _is_root(step: str) -> bool:
    """Whether the first step of a path is the account itself."""
    hit = words("account").match(step)
    return bool(hit and hit.score >= 0.6) or bool(
        re.search(r"我的$|个人中心$|首页$|账户$|my account$|your account$|profile$|account$", step, re.I)
    )
