"""What may stand in targets.yaml about one platform; `gongping.targets` reads it."""

import difflib
import ipaddress
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal, NoReturn, Protocol, Self, get_args
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError
from stdnum.cn import uscc

from gongping.evidence.redact import looks_like_token

Mode = Literal["observe", "exercise"]
Place = Literal[
    "home", "search", "product", "cart", "checkout", "register", "login", "account", "deregister", "documents"
]
PLACES: tuple[Place, ...] = get_args(Place)
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

ENV = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
_QUERIES = {"zh-TW": ("手機", "牛奶"), "zh-HK": ("手機", "牛奶"), "zh": ("手机", "牛奶"), "": ("phone", "coffee")}
MARKET_ACCOUNTS = (
    "shopper",
    "spare",
    "spare_2",
    "spare_3",
    "spare_4",
    "spare_5",
    "persona_a",
    "persona_b",
    "persona_a2",
    "persona_b2",
)
_SECRET_HELP = (
    "env:NAME, the name of an environment variable that holds the value. A literal value is an error, "
    "but for serve: targets and loopback hosts, where it guards nothing."
)


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110, 5.6.2."""

_HEADER_VALUE = re.compile(r"[\x21-\x7e]([\t\x20-\x7e]*[\x21-\x7e])?")
"""RFC 9110, 5.5, without what only old servers read."""

_BROWSERS_OWN = {
    "user-agent": "user_agent: ...",
    "cookie": "an account with session: true, then gongping login",
    **dict.fromkeys(
        ("host", "connection", "content-length", "expect", "te", "trailer", "transfer-encoding", "upgrade")
    ),
}
"""Headers that a browser writes itself, with what says the same."""


def may_be_sent(value: str) -> bool:
    """Whether a header can carry a value: visible ASCII characters, spaces within."""
    return _HEADER_VALUE.fullmatch(value) is not None


def near(word: str, known: Iterable[str]) -> str:
    """A question that names the nearest known word; empty where nothing is near."""
    match = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f'did you mean "{match[0]}"?' if match else ""


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Account(Model):
    """How one consumer logs in: by a form, with `username` and `password`, or with a session that a person signed in to."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": ["username", "password"]},
                {"required": ["session"], "properties": {"session": {"const": True}}},
            ]
        }
    )

    username: SecretStr = Field(default=SecretStr(""), description=_SECRET_HELP)
    password: SecretStr = Field(default=SecretStr(""), description=_SECRET_HELP)
    session: bool = Field(
        default=False,
        description="true: no login form is filled; `gongping login TARGET` keeps the session of a person who signs in by hand",
    )

    @property
    def has_form(self) -> bool:
        """Whether it says what a login form asks for."""
        return bool(self.username.get_secret_value() and self.password.get_secret_value())

    @model_validator(mode="after")
    def _logs_in_somehow(self) -> Self:
        written = [key for key in ("username", "password") if getattr(self, key).get_secret_value()]
        if len(written) == 1 or not (written or self.session):
            at = "password" if written == ["username"] else "username"
            hint = "needs username and password, or session: true for who signs in by hand (gongping login)"
            raise PydanticCustomError("account", "is missing", {"at": (at,), "hint": hint})
        return self


class HttpCredentials(Model):
    """What a server asks for before it shows any page (HTTP 401, WWW-Authenticate), as staging systems do."""

    username: SecretStr = Field(min_length=1, description=_SECRET_HELP)
    password: SecretStr = Field(min_length=1, description=_SECRET_HELP)


class Facts(Model):
    """What the owner declares about the platform: proof of (in)applicability. None: not said."""

    platform_model: Literal["self-only", "mixed", "third-party-only"] | None = None
    operator: Text | None = Field(default=None, description="registered name of the company that operates the platform")
    operator_code: str | None = Field(default=None, description="its unified social credit code, 18 characters")
    operator_in_chongqing: bool | None = None
    operator_since: date | None = Field(default=None, description="since when the register has had these")
    affiliates: tuple[Text, ...] = Field(
        default=(), description="registered names of affiliates that sell as self-operated"
    )
    licensed_business: bool | None = Field(
        default=None, description="sells what needs a further licence: food, medicine ..."
    )
    pre_launch: bool | None = Field(default=None, description="nobody can order yet")
    has_search: bool | None = None
    paid_ranking: bool | None = Field(default=None, description="places in lists are sold")
    personalised_search: bool | None = Field(default=None, description="search results depend on who searches")
    popup_ads: bool | None = None
    extras: bool | None = Field(default=None, description="goods or services are offered along with an order")
    promotions: bool | None = Field(default=None, description="the platform organises promotions")
    presale: bool | None = None
    deposits: bool | None = Field(default=None, description="consumers pay deposits (押金)")
    sends_ads: bool | None = Field(default=None, description="sends advertisements by SMS, e-mail or push")

    @field_validator("operator_code")
    @classmethod
    def _is_a_code(cls, code: str | None) -> str | None:
        if code is not None and not uscc.is_valid(code):
            raise ValueError(f"{code} is no unified social credit code (GB 32100: length or check digit)")
        return code


class Waived(Model):
    """Where a waiver holds: what isn't said holds everywhere."""

    device: Text | None = Field(default=None, description="desktop, mobile or a Playwright device name")
    place: Place | None = None
    element: Text | None = Field(default=None, description="as the report names it; * stands for any text")


class Seen(Protocol):
    """Where a violation was seen (`gongping.verdicts.Where`)."""

    @property
    def device(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def element(self) -> str: ...


class Waiver(Model):
    """A known failure: it stays `failed` in every report, only the exit status leaves it out."""

    duty: str = Field(description='a duty of the norm in quotes, like "16.3"')
    where: Waived = Waived()
    reason: Text
    owner: Text
    until: date = Field(description="the last day on which it counts, like 2027-03-31")

    @field_validator("duty")
    @classmethod
    def _is_known(cls, duty: str) -> str:
        # half a second to read, only paid where something is waived
        from gongping.norm import UnknownDuty, load

        try:
            load().duty(duty)
        except UnknownDuty as error:
            raise ValueError(error.args[0]) from None
        return duty

    def covers(self, duty: str, where: Seen) -> bool:
        """Whether it is about this duty at this place; the date is not asked."""
        element = ".*".join(map(re.escape, (self.where.element or "*").split("*")))
        return (
            duty == self.duty
            and self.where.device in (None, where.device)
            and self.where.place in (None, where.place)
            and re.fullmatch(element, where.element, re.DOTALL) is not None
        )


class Budget(Model):
    """What an audit may cost the platform and the clock."""

    minutes: float = Field(default=15, gt=0, description="a whole audit, minutes")
    navigations: int = Field(default=400, gt=0, description="page loads of a whole audit")
    wall_seconds: float = Field(default=30, gt=0, description="a page that takes longer is a wall, seconds")


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine: localhost, *.localhost, 127.0.0.0/8, ::1."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check_url(url: str) -> str:
    """The address of a platform's home, with at least "/" as its path. Raises ValueError in words for a user."""
    parts = urlsplit(url)
    if re.search(r"\s", url) or parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no web address, write it like https://shop.example/")
    if parts.username or parts.password:
        raise ValueError("a web address must not hold a user name or password: they stand under http_credentials")
    try:
        _ = parts.port
    except ValueError:
        raise ValueError(f"{url!r} has no valid port") from None
    return parts._replace(path=parts.path or "/", fragment="").geturl()


def _on_this_machine(data: Mapping[str, Any]) -> bool:
    return bool(data.get("serve")) or is_loopback(data.get("url") or "")


def _default_mode(data: dict[str, Any]) -> Mode:
    return "exercise" if data.get("serve") == "market" else "observe"


def _default_queries(data: dict[str, Any]) -> tuple[str, ...]:
    locale = str(data.get("locale", ""))
    return _QUERIES.get(locale) or _QUERIES.get(locale.partition("-")[0]) or _QUERIES[""]


def _default_accounts(data: dict[str, Any]) -> dict[str, Account]:
    names = MARKET_ACCOUNTS if data.get("serve") == "market" else ()
    return {name: Account(username=SecretStr(name), password=SecretStr("gongping-2026")) for name in names}


def _default_otp(data: dict[str, Any]) -> str | None:
    return "000000" if data.get("serve") == "market" else None


def _default_reach(data: dict[str, Any]) -> tuple[Place, ...]:
    return ("search", "product", "cart", "checkout") if data.get("mode") == "exercise" else ()


def _default_pace(data: dict[str, Any]) -> float:
    return 0.0 if _on_this_machine(data) else 1.0


class Entry(Model):
    """A platform under test, as an entry of targets.yaml says it. Either `url` or `serve`."""

    url: str | None = Field(default=None, description="the platform's home page")
    serve: str | None = Field(
        default=None,
        pattern=r"^(market|[A-Za-z_][\w.]*:[A-Za-z_]\w*)$",
        description="started for the run: market, or module:Class whose start() gives an object with url and stop()",
    )
    faults: tuple[Text, ...] = Field(
        default=(), description="switches of the embedded market; only with `serve: market`"
    )
    mode: Mode = Field(
        default_factory=_default_mode,
        description="observe: nothing irreversible. exercise: may register, order, deregister; for staging systems. "
        "Default observe, for the embedded market exercise",
    )
    allow: tuple[Literal["account"], ...] = Field(
        default=(), description="account: in observe mode too, account settings may be changed and put back"
    )
    locale: str = Field(
        default="zh-CN", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="language tag, like zh-CN or en"
    )
    queries: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(
        default_factory=_default_queries,
        description="what a consumer searches for; default by locale, like [手机, 牛奶]",
    )
    accounts: dict[Text, Account] = Field(
        default_factory=_default_accounts,
        description="shopper: has bought here before. spare: may be deregistered; spare_2, spare_3 ...: in exercise mode one is, on each device. persona_a, persona_b: opposite tastes; "
        "persona_a2, persona_b2: their control twins, which tell personal results from groups of accounts. Any other name: a persona",
    )
    otp: Text | None = Field(
        default_factory=_default_otp,
        description="the fixed SMS or e-mail code of a staging system, in quotes, or env:NAME",
    )
    pages: str | None = Field(
        default=None, pattern=r"^[A-Za-z_][\w.]*:[A-Za-z_]\w*$", description="module:Class with own page classes"
    )
    selectors: dict[str, Text] = Field(
        default={}, description='only what discovery gets wrong: {search.box: "#q"}; a key is place.control'
    )
    facts: Facts = Facts()
    waivers: tuple[Waiver, ...] = ()
    must_reach: tuple[Place, ...] = Field(
        default_factory=_default_reach,
        description="places without which the run ends with exit status 6; home always. "
        "Default in exercise mode search, product, cart, checkout",
    )
    budget: Budget = Budget()
    pace_seconds: float = Field(
        default_factory=_default_pace,
        ge=0,
        description="between navigations to one host, seconds; default 1, on this machine 0",
    )
    user_agent: Text | None = Field(default=None, description="sent instead of the browser's own")
    http_credentials: HttpCredentials | None = Field(
        default=None, description="answered where one of the platform's own hosts asks for HTTP credentials (401)"
    )
    headers: dict[str, SecretStr] = Field(
        default={},
        description="sent to the platform's own hosts only, like {X-Staging-Token: env:NAME}. What looks like a token must not stand in the file",
    )
    certificate: Literal["check", "ignore"] = Field(
        default="check", description="ignore: nobody vouches for the certificate of a staging system; reports say so"
    )
    certificate_reason: Text | None = Field(
        default=None, description="why the certificate may be left unchecked, and who said so"
    )
    robots: Literal["honour", "ignore"] = "honour"
    robots_reason: Text | None = Field(default=None, description="why robots.txt may be ignored, and who said so")
    popup_sessions: int = Field(default=10, gt=0, description="fresh visits before 'no popup' may be said")

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        return url if url is None else check_url(url)

    @field_validator("selectors")
    @classmethod
    def _names_a_place(cls, selectors: dict[str, str]) -> dict[str, str]:
        for key in selectors:
            place, dot, control = key.partition(".")
            if not (dot and control) or place not in (*PLACES, "popup"):
                hint = near(place, (*PLACES, "popup")) or "a key is place.control, like search.box"
                raise PydanticCustomError("selector", 'unknown key "{key}"', {"key": key, "at": (key,), "hint": hint})
        return selectors

    @field_validator("headers")
    @classmethod
    def _can_be_sent(cls, headers: dict[str, SecretStr]) -> dict[str, SecretStr]:
        def wrong(name: str, message: str, hint: str = "") -> NoReturn:
            raise PydanticCustomError("header", "{message}", {"message": message, "at": (name,), "hint": hint})

        for name, secret in headers.items():
            value = secret.get_secret_value()
            if not _HEADER_NAME.fullmatch(name):
                wrong(name, "is no name of a header", "letters, digits and hyphens, like X-Staging-Token")
            if name.lower() in _BROWSERS_OWN:
                wrong(name, "the browser writes this header itself", _BROWSERS_OWN[name.lower()] or "leave it out")
            if sum(name.lower() == other.lower() for other in headers) > 1:
                wrong(name, "stands twice: the case of a header's name counts for nothing")
            if value.startswith("env:") and not ENV.fullmatch(value):
                wrong(name, "names no environment variable", "env:NAME, of letters, digits and _")
            if not may_be_sent(value):
                wrong(name, "no header can carry this value", "visible ASCII characters, spaces within")
        return headers

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        def wrong(message: str, *at: str, hint: str = "") -> NoReturn:
            raise PydanticCustomError("entry", "{message}", {"message": message, "at": at, "hint": hint})

        if (self.url is None) == (self.serve is None):
            wrong("needs either url or serve", hint="url: https://shop.example/")
        if self.faults:
            if self.serve != "market":
                wrong("only the embedded market has faults", "faults", hint="serve: market")
            from gongping.market.variant import Variant

            try:
                Variant.of("main", self.faults)
            except ValueError as error:
                wrong(str(error), "faults")
        if self.robots == "ignore" and not self.robots_reason:
            wrong("robots: ignore needs a reason", "robots", hint="robots_reason: ...")
        if self.certificate == "ignore" and not self.certificate_reason:
            wrong("certificate: ignore needs a reason", "certificate", hint="certificate_reason: ...")
        if self.http_credentials and (own := next((n for n in self.headers if n.lower() == "authorization"), "")):
            wrong("http_credentials send this header", "headers", own, hint="keep one of the two")
        self._check_secrets(wrong)
        return self

    def _check_secrets(self, wrong: Callable[..., NoReturn]) -> None:
        if self.is_local:
            return
        written: dict[tuple[str, ...], SecretStr] = {
            (*at, key): getattr(login, key) for at, login in self.logins.items() for key in ("username", "password")
        }
        written |= {("headers", name): value for name, value in self.secret_headers.items()}
        for at, value in written.items():
            if value.get_secret_value() and not ENV.fullmatch(value.get_secret_value()):
                wrong("a secret must not stand in the file", *at, hint=f"{at[-1]}: env:NAME")

    @property
    def logins(self) -> dict[tuple[str, ...], Account | HttpCredentials]:
        """Every pair of a user name and a password, by where it stands in the entry."""
        found: dict[tuple[str, ...], Account | HttpCredentials] = {
            ("accounts", name): account for name, account in self.accounts.items()
        }
        return found | ({("http_credentials",): self.http_credentials} if self.http_credentials else {})

    @property
    def secret_headers(self) -> dict[str, SecretStr]:
        """The headers that let somebody in, by their names or by how their values look."""
        return {n: v for n, v in self.headers.items() if looks_like_token(n, v.get_secret_value())}

    @property
    def certificate_unchecked(self) -> str:
        """Why the platform's certificate is not checked; empty where it is."""
        return self.certificate_reason or "" if self.certificate == "ignore" else ""

    @property
    def common_queries(self) -> tuple[str, ...]:
        """What people search for nearly everywhere in the locale."""
        return _default_queries({"locale": self.locale})

    @property
    def queries_given(self) -> bool:
        """Whether `queries` are this platform's own, not the locale's guess."""
        return "queries" in self.model_fields_set or self.serve == "market"

    @property
    def is_local(self) -> bool:
        """Whether it runs on this machine: no pace, no production rules."""
        return _on_this_machine({"url": self.url, "serve": self.serve})
