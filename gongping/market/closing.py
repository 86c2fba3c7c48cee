"""How an account is closed: path, conditions and steps as the switches have them, told the same on page and paper."""

from collections.abc import Callable
from dataclasses import dataclass

Switched = Callable[[str], bool]

PLAIN = (
    "账号内没有未完成的订单、退款或者纠纷；未完成的订单可以在“我的订单”中取消或者确认收货。",
    "账户余额已经提现，提现不收手续费。",
)
# One more condition a switch.
MORE = {
    "dereg-handheld-id": "为核验身份，须上传本人手持身份证的照片。",
    "dereg-upload-both-sides": "为核验身份，须填写姓名和身份证号码，并上传身份证正反面照片。",
    "dereg-face": "为核验身份，须完成人脸识别。",
    "dereg-by-post": "须下载并填写《账号注销申请书》，签字后连同身份证复印件邮寄至本公司，收到后办理。",
    "dereg-hotline-only": "注销账号须拨打客服热线办理，暂不支持在线申请。",
    "dereg-fee": "须支付账号注销手续费10元，支付后方可注销。",
    "dereg-points": "账户积分须全部使用完毕，积分未清零的不能注销。",
    "dereg-balance-waiver": "须自愿放弃账户余额、未到账的退款和其他资产，注销后不予退还。",
    "dereg-all-services": "注销本账号将同时注销您在山城钱包、山城出行、山城外卖等全部产品的账号，不可单独注销。",
    "dereg-history-quiz": "须准确填写注册时间、首次登录地、历史订单号和近三次消费金额。",
    "dereg-quiet-months": "近6个月内没有登录和交易记录。",
    "dereg-young-account": "账号须注册满180天。",
    "dereg-long-review": "提交申请后须经30个工作日人工审核，审核通过后方可注销。",
    "dereg-office-hours": "注销申请仅在工作日9:00至11:00由人工客服受理，其他时间不能提交。",
    "dereg-cooling-15": "提交后有15日冷静期，期间您可以重新登录撤回申请，期满自动注销。",
    "dereg-cooling-20": "提交后有20日冷静期，期间您可以重新登录撤回申请，期满自动注销。",
    "dereg-records-kept": "我们将依照《中华人民共和国电子商务法》保存交易记录，自交易完成之日起不少于三年。",
}
COOLING = {"dereg-cooling-15": 15, "dereg-cooling-20": 20}  # days
LAWFUL = (*COOLING, "dereg-records-kept")
OFFLINE = ("dereg-by-post", "dereg-hotline-only", "dereg-risk-block")
QUESTIONS = (
    "您注销账号的主要原因是什么？",
    "您对商品种类的满意程度如何？",
    "您对价格的满意程度如何？",
    "您对物流的满意程度如何？",
    "您对客服的满意程度如何？",
    "您今后在哪个平台购物？",
    "您的家庭月收入范围是多少？",
    "您是否愿意在得到优惠后留下？",
)
COUPONS = ("满50减10元", "满100减25元", "满200减60元", "88元新人礼包")


@dataclass(frozen=True)
class Field:
    """A field that the proof of identity asks for besides password and code."""

    name: str
    label: str
    file: bool = False


FIELDS = {
    "dereg-handheld-id": (Field("holding", "手持身份证照片", True),),
    "dereg-upload-both-sides": (
        Field("person", "真实姓名"),
        Field("identity", "身份证号码"),
        Field("front", "身份证正面照片", True),
        Field("back", "身份证反面照片", True),
    ),
    "dereg-face": (Field("face", "人脸识别照片", True),),
    "dereg-history-quiz": (
        Field("registered", "注册时间（精确到日）"),
        Field("first", "首次登录地"),
        Field("order", "任意一笔历史订单号"),
        Field("spent", "近三次消费金额"),
    ),
}


def conditions(fault: Switched) -> list[str]:
    """The conditions of closing an account, a sentence each."""
    more = [sentence for name, sentence in MORE.items() if fault(name)]
    return [*PLAIN, *more]


def proof(fault: Switched) -> str:
    """How identity is proved."""
    if fault("dereg-code-and-password"):
        return "身份核验需要登录密码和绑定手机（邮箱）的验证码，两项均为您注册时提供的信息，不要求您提供其他材料。"
    if fault("dereg-code-refused"):
        return "身份核验需要绑定手机（邮箱）的验证码。"
    if any(fault(name) for name in (*FIELDS, *OFFLINE)):
        return "除以上要求外，还须用登录密码或者绑定手机（邮箱）的验证码核验身份。"
    return "身份核验只使用您注册时提供的信息，即登录密码或者绑定手机、邮箱的验证码，不要求您提供其他材料。"


def fields(fault: Switched) -> list[Field]:
    """What the proof of identity asks for besides."""
    return [field for name, asked in FIELDS.items() if fault(name) for field in asked]


def word(fault: Switched) -> str:
    """The name of the entry."""
    return "关闭账户" if fault("dereg-other-word") else "注销账号"


def path(fault: Switched) -> str:
    """The way to the entry, as policy and help tell it."""
    if fault("dereg-buried"):
        return "我的 > 隐私设置 > 更多 > 其他 > 服务说明 > 账号说明 > 其他事项 > 注销账号"
    if fault("dereg-three-levels"):
        return "我的 > 设置 > 账号与安全 > 更多 > 注销账号"
    return f"我的 > 账号与安全 > {word(fault)}"
