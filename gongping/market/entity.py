"""The invented company behind the shop, as its licence states it."""

from collections.abc import Callable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Entity:
    """The fields of a business licence, and the numbers of the other permits."""

    name: str = "重庆山城集市电子商务有限公司"
    uscc: str = "91500103MA60T7K29K"
    kind: str = "有限责任公司"
    person: str = "周渝川"
    address: str = "重庆市渝中区解放碑街道民族路188号环球中心32楼"
    capital: str = "伍仟万元整"
    founded: str = "2018年05月21日"
    term: str = "2018年05月21日至长期"
    scope: str = (
        "许可项目：第二类增值电信业务；食品经营；出版物零售。（依法须经批准的项目，经相关部门批准后方可开展经营活动）"
        "一般项目：互联网销售（除销售需要许可的商品）；日用百货、服装服饰、家用电器、通讯设备、计算机软硬件、"
        "化妆品、体育用品销售；广告设计、代理、发布；信息技术咨询服务。"
    )
    registrar: str = "重庆市渝中区市场监督管理局"
    issued: str = "2023年08月16日"
    telecom: str = "渝B2-20189206"
    icp: str = "渝ICP备18006173号-1"
    police: str = "渝公网安备 50010302004817号"
    food: str = "JY15001030247716"
    books: str = "新出发渝批字第CQ01883号"
    hotline: str = "023-6318 2650"
    mail: str = "service@shancheng.example"


ENTITY = Entity()


def licence(fault: Callable[[str], bool]) -> Entity:
    """The licence that is shown: the operator's own, unless a fault says otherwise."""
    changes: dict[str, dict[str, str]] = {
        "licence-bad-code": {"uscc": ENTITY.uscc[:-1] + "B"},
        "licence-no-code": {"uscc": ""},
        "licence-old-code": {"uscc": "500103008831742"},
        "licence-other-entity": {
            "name": "重庆山城集市科技服务有限公司",
            "uscc": "91500103MA5YT8L6XR",
            "person": "韩嘉陵",
            "capital": "壹佰万元整",
        },
        "licence-subsidiary-group": {
            "name": "重庆山城实业集团有限公司",
            "uscc": "91500000MA60AB3Q4G",
            "capital": "叁亿元整",
        },
        "licence-reprinted": {"issued": "2026年10月20日", "registrar": "重庆市市场监督管理局"},
        "licence-former-code": {"uscc": "91500103MA5YT8L6XR"},
        "licence-expired": {"term": "2018年05月21日至2023年05月20日"},
    }
    return next((replace(ENTITY, **change) for name, change in changes.items() if fault(name)), ENTITY)


_ELSEWHERE = "见各商家店铺页"
_SOCIAL = "见微信公众号"


def operator(fault: Callable[[str], bool]) -> Entity:
    """The operator as the pages name it: how it is reached changes with a switch."""
    changes: dict[str, dict[str, str]] = {
        "terms-no-party": {"name": "本平台"},
        "permit-placeholder": {"telecom": "渝B2-XXXXXXXX"},
        "complaint-only-12315": {"hotline": "12315", "mail": "www.12315.cn"},
        "complaint-only-sellers": {"hotline": _ELSEWHERE, "mail": _ELSEWHERE},
        "complaint-social-only": {"hotline": _SOCIAL, "mail": _SOCIAL},
        "hotline-placeholder": {"hotline": "400-000-0000"},
        "hotline-digits": {"hotline": "123456"},
        "hotline-picture-placeholder": {"hotline": "见首页底部"},
        "hotline-picture": {"hotline": "见首页底部"},
        "hotline-five-digits": {"hotline": "95128"},
    }
    changed = {field: said for name, change in changes.items() if fault(name) for field, said in change.items()}
    return replace(ENTITY, **changed)
