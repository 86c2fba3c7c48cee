"""Samples of what documents state of disputes with sellers: sentences that keep a consumer from help, and ordinary ones."""

from __future__ import annotations

from typing import cast

import pytest

from gongping.evidence.album import Album
from gongping.norm import load
from gongping.norm.predicates import Predicates
from gongping.observations.library import Kind, LibrarySeen
from selftests.test_detector_disclosure import library, paper

NORM = Predicates(load(), cast(Album, None), "zh-CN")
STATED = "消费者可以申请平台介入。平台自收到申请之日起七日内作出处理意见。"
GIVEN = "需要经营者的名称、地址和联系方式的，平台应当提供。消费者需要交易记录的，平台提供完整的资料。"


def rules(text: str, kind: Kind = "disputes", title: str = "争议处理规则") -> LibrarySeen:
    return library(paper(kind, title, text))


KEPT = [
    "平台不介入消费者与平台内经营者之间的争议，请与商家自行协商。",
    "平台不介入消费者与商家之间的争议，请自行协商。",
    "本平台概不处理买卖双方的纠纷。",
    "争议由双方自行协商解决，平台不参与。",
    "因商品质量产生的纠纷请与商家自行解决，我们不予介入。",
    "本站不參與買賣雙方的糾紛。".replace("本站", "本平台").replace("參與", "介入"),
    "We do not get involved in disputes between buyers and sellers.",
    "申请平台介入须先支付介入服务费二十元。",
    "平台介入将收取每单 10 元的处理费。",
    "发起纠纷须预先缴纳纠纷处理费。",
    "A dispute handling fee of 10 applies.",
    "平台介入须经商家同意。",
    "商家不同意的，平台不予介入。",
    "征得卖家同意后平台可以介入。",
    "平台介入需賣家同意。",
    "We step in only if the seller agrees.",
    "消费者应当在商家拒绝退款后24小时内申请平台介入，逾期入口关闭。",
    "请在二十四小时内提交介入申请，否则视为放弃。",
    "買家須於12小時內申請平台介入，逾期不受理。",
]
ORDINARY = [
    "申请平台介入不收取费用，不是投诉、仲裁或者诉讼的前提条件。",
    "平台介入无需商家同意。",
    "商家拒绝退款的，消费者可以申请平台介入。",
    "超过申请期限的，平台不予介入。",
    "争议已由法院受理的，平台不介入该争议。",
    "平台不介入已达成和解的争议。",
    "需要鉴定的，鉴定费用由责任方支付，平台介入后通知双方。",
    "客服将在24小时内介入处理。",
    "申请平台介入后24小时内，平台听取双方意见，逾期不答复的视为放弃。",
    "消费者自交易完成之日起一百八十日内可以申请平台介入，逾期入口关闭。",
    "双方可以先行协商；协商不成的，可以申请平台介入。",
    "商家应当在48小时内响应，逾期平台介入。",
    "平台介入后，商家不同意退款的，平台有权判定。",
    "平台不承担商家的违约责任，但协助消费者维权。",
    "場外交易所生糾紛，本平台不予介入。",
    "Once a court has ruled, we do not get involved in disputes.",
    "We step in if the seller refuses.",
    "Disputes are free of charge.",
    "平台介入支持退款的，商家须在三日内支付退款。",
    "介入期间商家需缴纳保证金不足部分，由商家支付。",
    "平台不介入商家与商家之间的纠纷。",
    "平台不介入平台内经营者之间的纠纷。",
    "平台不参与卖家与物流公司之间的纠纷。",
    "协商期内争议由双方自行协商，平台不介入；协商不成的，可以申请平台介入。",
    "申请退款后3日内平台不介入双方的争议，3日后可以申请平台介入。",
    "平台不介入私下交易引发的纠纷。",
    "平台不处理站外交易产生的纠纷。",
    "平台介入后判定卖家责任的，卖家需在3日内退还买家支付的货款。",
    "平台介入后将按照原支付渠道退款。",
    "平台介入后将从卖家保证金中扣除相应款项赔付买家。",
    "申请平台介入须提供支付凭证和退款协商记录。",
    "申请平台介入前，应先提交退款申请。",
    "申请平台介入的订单须为交易成功且未退款。",
    "平台介入判定成立的，卖家须支付50元赔偿金。",
    "平台介入后将先行支付赔付金给消费者。",
    "平台介入判定退货退款后，须由商家确认收货后退款。",
    "平台介入后，以双方确认的事实为准。",
    "平台介入期间需要检测的，应选择双方认可的机构。",
    "商家24小时内未响应可申请平台介入，超过15天入口关闭。",
    "賣家24小時內未回覆可申請介入，逾期視為放棄。",
    "平台介入後，須由賣家同意退貨地址。",
    "平台不介入因买家个人原因产生的纠纷。",
    "平台不会介入处理评价纠纷。",
    "我们不负责处理与支付机构之间的争议。",
    "平台不受理超范围的纠纷。",
    "平台不介入拍卖出价纠纷。",
    "平台不处理买家与快递公司的纠纷。",
    "We do not take part in disputes between sellers.",
    "We will not intervene in disputes about goods bought elsewhere.",
    "如需平台介入，请在订单页申请，需支付成功的订单方可申请，手续费不退。",
    "平台介入退款的，将收取商家技术服务费。",
    "平台介入须知：请与商家先行确认。",
    "申请平台介入需先与卖家确认问题。",
    "申请平台介入前须与商家协商并获得其确认。",
    "You may claim a refund of the delivery fee of $3.",
]


@pytest.mark.parametrize("sentence", KEPT)
def test_a_sentence_keeps_from_help(sentence: str) -> None:
    found = NORM.steps_in(rules(f"{STATED}\n{sentence}"))
    assert found.judgement.broken, found.judgement
    assert found.passages[0].paper and found.passages[0].quote


@pytest.mark.parametrize("sentence", ORDINARY)
def test_an_ordinary_sentence_does_not(sentence: str) -> None:
    found = NORM.steps_in(rules(f"{STATED}\n{sentence}"))
    assert found.judgement.held, found.judgement


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (STATED, "held"),
        ("发生争议的，可以联系客服介入，客服将在48小时内处理。", "held"),
        ("發生糾紛時，買家可申請平台介入，客服於3個工作天內回覆。", "held"),
        ("If the seller does not answer you can open a dispute. We decide within 7 days.", "held"),
        ("消费者可以申请平台介入。", "unknown"),
        ("争议由双方协商解决，协商不成的提起诉讼。", "unknown"),
        ("本站不受理对店铺的裁决申请，也不对争议作出判断。", "broken"),
        ("协商期内不受理裁决申请。", "unknown"),
        ("消费者协会不对争议作出判断，请起诉。", "unknown"),
        (f"{STATED}\n客服不对争议作出判断。", "held"),
        ("", "unknown"),
    ],
)
def test_what_is_stated_of_stepping_in(text: str, state: str) -> None:
    assert NORM.steps_in(rules(text)).judgement.state == state


def test_a_contract_with_sellers_speaks_to_nobody_else() -> None:
    seen = library(
        paper("seller", "商家协议", "平台不介入商家与供应商的争议。"), paper("disputes", "争议处理规则", STATED)
    )
    assert NORM.steps_in(seen).judgement.held


def test_a_time_limit_elsewhere_is_not_that_of_disputes() -> None:
    seen = library(paper("rules", "交易规则", "消费者可以申请平台介入。\n发票七日内开具并处理完成。"))
    assert NORM.steps_in(seen).judgement.unknown


REFUSED = [
    "平台不向消费者提供商家的真实名称、地址和联系方式。",
    "我们概不披露卖家的身份信息。",
    "商家的联系方式概不提供。",
    "本平台不予提供交易记录。",
    "平台不提供賣家資料。".replace("資料", "真實姓名"),
    "We do not disclose the seller's name or address.",
    "平台仅向消费者提供商家的店铺名称。",
    "消费者只能查询店铺昵称。",
    "消费者申请提供自己订单的合同和交易记录的，须出具法院调查令。",
    "您需要交易记录的，应当凭公安机关立案通知书申请。",
    "買家須憑法院公文申請交易紀錄。",
]
FINE = [
    "未经当事人同意，平台不向与交易无关的第三方提供商家的联系方式和交易记录。",
    "我们不会向商家提供您的个人信息。",
    "平台不能提供经营者的名称、地址和有效联系方式的，消费者可以向平台要求赔偿。",
    "消费者可以向法院起诉，平台提供交易记录。",
    "法院要求提供的，平台依法提供。",
    "除法律规定外，平台不对外披露商家资料。",
    "平台向消费者提供商家的店铺名称和主体信息。",
    "店铺名称仅限修改一次。",
    "提供虚假资料的，平台不予受理。",
    "We do not disclose the seller's name to third parties.",
    "商家不提供发票的，消费者可以投诉。",
    "平台不提供发票的打印服务。",
    "我们不会提供您的手机号给商家。",
    "平台不提供店铺装修服务。",
    "本平台不提供商家代发服务。",
    "平台不提供纸质合同，电子合同可在订单中下载。",
    "我们不提供商家后台的电话培训。",
    "平台不提供商家的销售数据。",
    "店铺地址不提供自提服务。",
    "评价区仅展示用户昵称。",
    "搜索结果只展示店铺名称。",
    "Other users only see your username.",
    "您的账号被盗的，需提供公安机关的立案证明。",
    "用户变更实名信息的，须提供公安机关出具的证明。",
    "您的继承人应当提供法院出具的法律文书。",
    "仅向司法机关提供您的注册资料。",
    "We disclose your information only in response to a subpoena.",
    "平台不会向广告商提供您的交易记录。",
    "您查询他人订单的，须凭法院调查令。",
    "用户需要冻结商家账户的，应当提供公安机关立案证明。",
    "We will not reveal the seller's exact address until the booking is confirmed.",
    "消费者可以凭法院的调查令或者本人身份证明申请交易记录。",
]


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_sentence_keeps_identity_or_records_back(sentence: str) -> None:
    assert NORM.identity_given(rules(f"{GIVEN}\n{sentence}")).judgement.broken


@pytest.mark.parametrize("sentence", FINE)
def test_an_ordinary_sentence_keeps_nothing_back(sentence: str) -> None:
    assert NORM.identity_given(rules(f"{GIVEN}\n{sentence}")).judgement.held


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (GIVEN, "held"),
        ("平台向您提供商家的真实名称和地址，并协助您调取交易记录。", "held"),
        ("平台將提供賣家的姓名與地址。本公司提供交易紀錄。", "held"),
        ("We will give you the seller's name and address. We provide transaction records.", "held"),
        ("平台向您提供商家的真实名称和地址。", "unknown"),
        ("依据《中华人民共和国个人信息保护法》，消费者申请交易记录的，须凭法院调查令。", "unknown"),
        ("商家应当公示营业执照。", "unknown"),
    ],
)
def test_what_is_stated_of_identity_and_records(text: str, state: str) -> None:
    assert NORM.identity_given(rules(text)).judgement.state == state
