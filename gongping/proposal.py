"""A proposed entry of targets.yaml, from what a first walk found: what is known as data, what isn't as questions in comments."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from gongping.entry import ENV
from gongping.located_yaml import Lines, LocatedError, line_of, read, shown
from gongping.observations.explore import ExploreSeen, PlaceFound
from gongping.targets import Target, TargetError, load

_REPEATABLE = ("search", "product", "cart", "checkout")
"""Places that every run reaches by itself, beside home; a login is only reached with an account."""


@dataclass(frozen=True)
class Question:
    """What only a person can say. `key` is the entry's key that holds the answer, `written` how it would look there."""

    key: str
    zh: str
    en: str
    seen: str = ""
    written: tuple[str, ...] = ()


def must_reach(seen: ExploreSeen) -> tuple[str, ...]:
    """The places of a run that were reached this time."""
    return tuple(p for p in _REPEATABLE if (found := seen.place(p)) and found.reached)


def questions(name: str, seen: ExploreSeen) -> tuple[Question, ...]:
    """What a person must answer before a run can say more, in the order of how much hangs on it."""
    asked = [
        Question(
            "mode",
            "这是正式环境还是测试环境？正式环境保持 observe；测试环境可写 exercise（会注册、下单、注销账户）。",
            "Is this production or a test system? Production stays at observe; a test system may say exercise (registers, orders, deregisters).",
            written=("mode: observe",),
        ),
        Question(
            "accounts",
            "哪些账号可以用来检测？shopper：在这里买过东西；spare：测试环境中可以注销的账号。需要扫码、短信或滑块登录的，写 session: true 并运行 gongping login。",
            "Which accounts may a run use? shopper: has bought here before; spare: may be deregistered (exercise). Where a person must sign in "
            "by QR code, SMS or slider: session: true, then gongping login.",
            written=(
                "accounts:",
                f"  shopper: {{session: true}} # then: gongping login {name} --account shopper",
                "  spare: {username: env:SPARE_USER, password: env:SPARE_PASSWORD}",
            ),
        ),
    ]
    if seen.asks_code:
        asked.append(
            Question(
                "otp",
                "登录要求验证码：测试环境有固定的验证码吗？",
                "The login asks for a code: has the test system a fixed one?",
                written=('otp: "000000"',),
            )
        )
    asked += [
        Question(
            "must_reach",
            "每次检测必须到达哪些地方？到不了时退出码为 6。",
            "Which places must every run reach? Where one isn't, the exit status is 6.",
            f"reached this time: {', '.join(must_reach(seen)) or 'home only' if _reached(seen, 'home') else 'none'}",
        ),
        Question(
            "locale",
            "平台面向消费者使用哪种语言？",
            "Which language does the platform speak to its consumers?",
            seen.language_why,
        ),
        Question(
            "queries",
            "消费者在这里常搜什么？写两三个能搜出很多商品的词。",
            "What do consumers search for here? Two or three words that give many goods.",
            f"{', '.join(seen.queries)}: {seen.queries_why}" if seen.queries else "no query gave a list",
        ),
    ]
    return (*asked, *_facts(seen), *_manners(seen))


def _facts(seen: ExploreSeen) -> tuple[Question, ...]:
    counted = (
        f"of {seen.goods} goods {seen.own} say that the platform sells them, {seen.others} that somebody else does"
    )
    operator = (seen.operator or "…", seen.operator_code or "…")
    return (
        Question(
            "facts.platform_model",
            "平台只卖自营商品、只有第三方商家，还是两者都有？",
            "Does the platform sell its own goods only, others' only, or both?",
            counted if seen.goods else "no list was read",
            ("facts:", "  platform_model: mixed # self-only | mixed | third-party-only"),
        ),
        Question(
            "facts.operator",
            "哪家公司经营这个平台？登记名称、统一社会信用代码、是否在重庆？",
            "Which company operates the platform: its registered name, its unified social credit code, is it in Chongqing?",
            f"read: {seen.operator or 'no name'}, {seen.operator_code or 'no valid code'}",
            (
                "facts:",
                f"  operator: {_scalar(operator[0])}",
                f"  operator_code: {_scalar(operator[1])}",
                "  operator_in_chongqing: true",
            ),
        ),
        Question(
            "facts.paid_ranking",
            "列表中的位置出售吗（竞价排名、推广位）？",
            "Are places in lists sold (bids, promoted places)?",
            written=("facts:", "  paid_ranking: true"),
        ),
        Question(
            "facts.personalised_search",
            "搜索结果会因人而异吗？",
            "Do search results depend on who searches?",
            written=("facts:", "  personalised_search: true"),
        ),
        Question(
            "facts",
            "还有哪些情况成立：有弹窗广告、随单搭售、平台促销、预售、押金、短信或邮件广告、须许可的商品、尚未上线？",
            "Which of these hold: popup ads, extras along with an order, promotions, presale, deposits, advertisements by SMS or e-mail, goods "
            "that need a licence, not launched yet?",
            written=(
                "facts:",
                "  popup_ads: true",
                "  extras: true",
                "  promotions: true",
                "  presale: false",
                "  deposits: false",
                "  sends_ads: true",
                "  licensed_business: true",
                "  pre_launch: false",
            ),
        ),
    )


def _manners(seen: ExploreSeen) -> tuple[Question, ...]:
    asked = [
        Question(
            "pace_seconds",
            "两次访问之间至少隔多久？平台是否同意被检测？",
            "How long between two visits, at least? Does the platform agree to be audited?",
            seen.robots or "robots.txt forbids nothing",
            ("pace_seconds: 1",),
        )
    ]
    if seen.robots:
        asked.append(
            Question(
                "robots",
                "是否有权不理会 robots.txt？谁同意的？",
                "May robots.txt be left aside, and who said so?",
                seen.robots,
                ("robots: ignore", "robots_reason: the operator asked for this audit, ticket …"),
            )
        )
    lost = [
        p.place for p in seen.places if not p.reached and p.wall == "not-offered" and p.place in (*_REPEATABLE, "login")
    ]
    if lost:
        search = ('selectors: {search.box: "…"} # a CSS selector of the field',) if "search" in lost else ()
        asked.append(
            Question(
                "selectors" if search else "pages",
                f"没有找到：{'、'.join(lost)}。平台上有吗？有的话，搜索框写选择器，其余写自己的页面类。",
                f"Not found: {', '.join(lost)}. Are they there? If so, a selector tells the search box, an own page class the rest.",
                written=(*search, "pages: my_pages:MyPages # see Who uses it, in the README"),
            )
        )
    return tuple(asked)


def _reached(seen: ExploreSeen, place: str) -> bool:
    found = seen.place(place)
    return bool(found and found.reached)


# -- as YAML ------------------------------------------------------------------------------------------------------------------


def carried(target: Target) -> tuple[str, ...]:
    """The lines of an entry without which nobody comes in, as they are written in it; a secret only by its variable."""

    def written(secret: SecretStr, shown: bool = False) -> str:
        value = secret.get_secret_value()
        return value if ENV.fullmatch(value) else _scalar(value) if shown else "env:NAME"

    lines = []
    if login := target.http_credentials:
        lines.append(f"http_credentials: {{username: {written(login.username)}, password: {written(login.password)}}}")
    if target.headers:
        sent = (f"{_scalar(n)}: {written(v, n not in target.secret_headers)}" for n, v in target.headers.items())
        lines.append(f"headers: {{{', '.join(sent)}}}")
    if target.certificate == "ignore":
        lines += ["certificate: ignore", f"certificate_reason: {_scalar(target.certificate_reason or '')}"]
    return tuple(lines)


def entry(name: str, url: str, seen: ExploreSeen, made: str, *, indent: int = 2, carried: tuple[str, ...] = ()) -> str:
    """The entry as YAML, `indent` spaces deep; `made` says how and when it came to be, `carried` is what an earlier entry said."""
    lines = [f"{_key(name)}: # {_said(made)}", f"  url: {_scalar(url)}", "  mode: observe"]
    lines += [f"  {line}" for line in carried]
    if seen.language:
        lines.append(f"  locale: {seen.language} # {_said(seen.language_why)}")
    if seen.queries:
        lines.append(f"  queries: [{', '.join(map(_scalar, seen.queries))}] # {_said(seen.queries_why)}")
    if reach := must_reach(seen):
        lines.append(
            f"  must_reach: [{', '.join(reach)}] # reached this time; where a run does not reach one, its exit status is 6"
        )
    lines.append("  #")
    lines.append(
        "  # found, with the confidence of what found it (1: the very word on a control; more where its place says so, too):"
    )
    lines += [f"  # {line}" for place in seen.places for line in _found(place)]
    lines.append("  #")
    lines.append("  # to be answered by a person:")
    for question in questions(name, seen):
        lines.append(f"  # ? {_said(question.en)} -> {question.key}")
        if question.seen:
            lines.append(f"  #   seen: {_said(question.seen)}")
        lines += [f"  #     {line}" for line in question.written]
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def _found(place: PlaceFound) -> list[str]:
    if not place.reached:
        where = f" at {_said(place.url)}" if place.url.startswith("http") else ""
        return [f"{place.place}: not reached, {place.wall}: {_said(place.detail)}{where}"]
    by = f" by {_said(json.dumps(place.control, ensure_ascii=False))}" if place.control else ""
    return [
        f"{place.place}: reached, {_said(place.url)}",
        f"  recognised{by}: {_said(place.by)}; confidence: {place.confidence}",
    ]


def _key(name: str) -> str:
    return (
        name if re.fullmatch(r"[A-Za-z][\w.-]*", name, re.ASCII) and name.lower() not in _YAML_WORDS else _scalar(name)
    )


_YAML_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))


_UNPRINTABLE = re.compile("[^\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not let stand as it is, and what would end a line."""


def _scalar(text: str) -> str:
    """A text as a YAML scalar: JSON is YAML, but for what is unprintable."""
    whole = text.encode("utf-8", "replace").decode()  # half a character is none
    return _UNPRINTABLE.sub(lambda met: f"\\u{ord(met[0]):04x}", json.dumps(whole, ensure_ascii=False))


def _said(text: str) -> str:
    """What a platform said, as one line that can stand in a comment."""
    return re.sub(r"\s+", " ", _UNPRINTABLE.sub(" ", text)).strip()[:200]


# -- into the file ------------------------------------------------------------------------------------------------------------


def check_free(file: Path, name: str) -> int:
    """Whether an entry of that name may be added to `file`; how deep its entries stand. Raises TargetError."""
    if not file.exists():
        if not file.parent.is_dir():
            raise TargetError("its folder is not there", file, remedy=f"mkdir -p {file.parent}")
        return 2
    load(file)
    try:
        data, lines = read(file)
    except LocatedError as error:
        raise TargetError(*error.args) from None
    if name in data["targets"]:
        line = line_of(lines, ("targets", name))
        remedy = f"choose another name with --name, or delete that entry: {shown(file)} is left as it is"
        raise TargetError(f'has a target "{name}" already', file, line, remedy)
    return _depth(file, lines)


def _depth(file: Path, lines: Lines) -> int:
    """How many spaces deep the entries of a file stand. Raises TargetError where it isn't written a line an entry."""
    text = file.read_text("utf-8-sig").splitlines()
    first = min(line for at, line in lines.items() if len(at) == 2)
    depth = len(text[first - 1]) - len(text[first - 1].lstrip(" "))
    if depth == 0 or lines[("targets",)] == first:
        raise TargetError(
            "its targets stand in braces: nothing can be appended",
            file,
            lines[("targets",)],
            "write them one below the other, or paste the printed entry",
        )
    return depth


def append(file: Path, name: str, text: str) -> None:
    """Adds an entry at the end of the file, which is checked as a whole before it takes the place of the old one. Raises TargetError."""
    check_free(file, name)
    old = file.read_bytes().decode("utf-8") if file.exists() else "targets:\n"
    end = "\r\n" if "\r\n" in old else "\n"
    gap = "" if not file.exists() else end
    new = f"{old}{'' if old.endswith(end) else end}{gap}{text.replace(chr(10), end)}"
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.write_bytes(new.encode())
        if file.exists():
            draft.chmod(file.stat().st_mode & 0o7777)
        written = load(draft).by_name
        before = load(file).by_name if file.exists() else {}
        if set(written) != {*before, name}:
            raise TargetError("the entry can't be appended to it", file, remedy="paste the printed entry")
        draft.replace(file)
    except TargetError as error:
        raise TargetError(
            f"the entry can't be appended: {error.message}", file, remedy="it is left as it is; paste the printed entry"
        ) from None
    except OSError as error:
        raise TargetError(f"can't be written: {error.strerror}", file, remedy="paste the printed entry") from None
    finally:
        draft.unlink(missing_ok=True)
