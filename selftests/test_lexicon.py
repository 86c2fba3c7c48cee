"""The words of platforms: what each concept must match and what it must leave alone."""

from __future__ import annotations

import ast
import re
import re._constants as sre_constants  # type: ignore[import-not-found]
import re._parser as sre_parser  # type: ignore[import-not-found]
import subprocess
import sys
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from gongping.lexicon import Money, names, normalise, parse_count, parse_price, phrase, words
from gongping.lexicon import text as lexicon_text
from gongping.lexicon.phrase import phrases

# concept -> (texts that are the concept, texts that aren't), parted by " | "
SAMPLES: dict[str, tuple[str, str]] = {
    "licence_mark": (
        "营业执照 | 证照信息> | 營業登記 | Business License | 查看营业执照 | 工商亮照 | 经营证照公示 | 京ICP备11000001号 营业执照",
        "京ICP备11000001号 | 渝公网安备 50010102000001号 | ICP备案 | 增值电信业务经营许可证 | 实名认证 | 请上传营业执照 | Verified",
    ),
    "licence_field": ("统一社会信用代码 | 法定代表人: | 住所 | 統一編號：12345678 | Registered address", "信用卡 | 登录 | 商品"),
    "licence_other": (
        "京ICP备11000001号-1 | 渝公网安备 50010102000001号 | 增值电信业务经营许可证：浙B2-20080224 | 食品经营许可证 | 可信网站",
        "营业执照 | 统一社会信用代码 | 关于我们",
    ),
    "permit": (
        "增值电信业务经营许可证 渝B2-20189206 | 食品经营许可证 | 京ICP证030173号 | 行政许可信息 | 旅行社业务经营许可证 | 仅销售预包装食品备案 | 互联网药品信息服务资格证书 | 食品業者登錄字號 | Travel agent licence",
        "营业执照 | 京ICP备11000001号-1 | ICP备案 | 渝公网安备 50010302004817号 | 上传许可证 | 关于我们 | Business licence",
    ),
    "licensed_line": (
        "食品生鲜 | 图书文教 | 医药健康 | 跟团游 | 零食 | 酒水饮料 | 团体旅游",
        "手机数码 | 女装 | 图书馆 | 茶叶罐 | 酒店 | 零食机 | 关于我们",
    ),
    "plain_line": ("手机数码 | 女装 | 家居日用 | 运动户外 | 箱包", "食品 | 图书 | 登录 | 医药 | 旅游"),
    "exempt_self_declaration": ("依法无需办理市场主体登记 | 个人从事零星小额交易", "营业执照 | 企业店铺"),
    "self_operated": (
        "自营 | 京东自营 | 自營 | 由京东自营发货 | Ships from and sold by Amazon.com | 自营 手机 128G",
        "官方旗舰店 | 非自营 | Fulfilled by Amazon | 京东物流 | 放心购 | 自营业务",
    ),
    "third_party": ("由商家发货 | 第三方卖家 | Marketplace seller", "自营 | 登录"),
    "seller": ("进店逛逛 | 店铺 | Visit the store | 賣家資訊", "商家入驻 | Become a seller | Shop now"),
    "ad_label_exact": (
        "广告 | 廣告 | 广 告 | 【广告】",
        "品牌广告位 | 推广 | 赞助 | AD | Sponsored | 广告位招租 | 关键词广告 | 广·告 | 广-告 | 广告3",
    ),
    "ad_label_euphemism": (
        "推广 | Sponsored | AD | Ads | 赞助商 | 品牌广告位 | 贊助 | HOT | 掌柜热卖 | 广·告",
        "广告 | 廣告 | 加入购物车 | Add to cart | 推广大使招募",
    ),
    "ad_label_any": ("推广 | Sponsored | Ad | 赞助商品 | 本商品为广告", "Advertise with us | Add | 推广大使 | 个性化广告 | Adidas"),
    "ad_signal": (
        "isAd=1 | data-ad-id | ad-slot-1 | p4p | campaignId=12 | sponsored-card | adsbygoogle | /sspa/click | data-ad=true",
        "add-to-cart | address-form | admin-bar | header | badge-new | loading | product-card | bidirectional | price",
    ),
    "ad_host": (
        "https://ad.doubleclick.net/x | https://ads.shop.example/c | https://ccc-x.jd.com/dsp | https://aax-eu.amazon-adsystem.com/e",
        "https://www.shop.example/ads.txt | https://address.example/ | https://item.jd.com/1.html | https://adidas.example/",
    ),
    "ad_address": ("ad | sspa | ad-click | p4p | sponsored", "add | address | admin | read"),
    "ad_beacon": ("/imp?id=1 | exposure | ad-view | /beacon", "important | simple | implement"),
    "ad_call": ("了解详情 | Learn more | 去看看", "登录 | 关闭"),
    "ad_creative": (
        "立即领取 | 恭喜您获得 88元红包 | 满200减30 | 3折起 | 全站只到月底 | 截止11月30日 | 50% off | Shop now | 限时抢购 | 週年慶 | Summer Sale",
        "登录 | 折叠 | 选择城市 | Conditions of sale | 我的优惠券 | 隐私政策 | 本月底发货",
    ),
    "ad_deception": ("您有1条新消息 | 系统检测到内存不足 | You have 3 unread messages", "消息中心 | 通知设置 | Messages"),
    "popup_non_ad": ("我们使用Cookie | 请先登录 | 选择城市 | 年满18岁 | 打开APP | Live chat | 安全验证", "红包 | 立即抢购 | 首页"),
    "popup_cookie": ("我们使用 Cookie 提升体验 | We use cookies", "曲奇饼干 | 登录"),
    "popup_login": ("请先登录 | 扫码登录 | Sign in to continue | 請先登入", "退出 | 领取红包"),
    "popup_city": ("请选择城市 | Choose your location | 配送至 北京", "领取红包 | 登录"),
    "popup_age": ("我已满18岁 | Age verification | 青少年模式", "满18元减3 | 年货"),
    "popup_privacy": ("隐私政策更新 | We value your privacy", "领红包 | 登录"),
    "popup_app_download": ("打开App | 在淘宝APP中打开 | Open in app", "加入购物车 | Apple"),
    "popup_chat": ("在线客服 | Chat with us", "领红包 | 客运"),
    "close": (
        "关闭 | × | [×] | ✕ | X | 跳过 | 知道了 | 關閉 | Close | No, thanks | Not now | 关闭广告 | 残忍拒绝 | Dismiss",
        "立即领取 | 关闭账户 | 关闭个性化推荐 | 取消订单 | Closed | Skip to main content | Max | X-Large | Disclose | 5秒后可关闭",
    ),
    "close_mark": ("关闭 | × | Close | 跳过 | 關閉 | 关闭此广告 | Skip ad", "取消 | 残忍拒绝 | 知道了 | 关闭账户 | Closed | No thanks"),
    "close_grudging": ("残忍拒绝 | 放弃优惠 | 殘忍拒絕 | Give up my discount", "关闭 | × | Close | No thanks"),
    "close_ambiguous": ("收起 | 缩小 | Minimize", "关闭 | Close | 好/坏"),
    "close_accept": ("去看看 | 立即领取 | OK | Claim now | 继续访问", "关闭 | × | Book | Close"),
    "retention": ("确定放弃优惠？ | 真的要离开吗 | 红包还没领 | Before you go | Are you sure you want to leave?", "关闭 | Please wait | 加载中"),
    "countdown": ("5s后可关闭 | 跳过 5 | 请观看15秒 | Skip ad in 5 | 广告剩余 8 秒 | Close (5)", "关闭 | 跳过 | 跳过2折 | 24小时发货"),
    "ad_placement_vacant": ("广告位招租 | Advertise here", "广告 | 推广"),
    "app_download": ("下载APP | 客户端 | Get the app | 去App看", "下载发票 | Apply | Apple"),
    "search": (
        "搜索 | 请输入关键字 | Search | Search products | q | keyword | 搜尋 | 🔍 | What are you looking for? | Search…",
        "搜索历史 | 热门搜索 | Search results | Recent searches | 订单查询 | FAQ | 研究 | 购物车",
    ),
    "sort_default": ("综合 | 综合排序 ▼ | Featured | Best match | Relevance | 綜合排名 | 推荐", "价格 | 销量 | 为你推荐 | Price"),
    "sort_price": (
        "价格 | 价格↑ | 价格从低到高 | Price: Low to High | 價格由高至低 | Price, high to low | 按价格",
        "价格区间 | 价格说明 | Price range | 到手价¥199 | 原价 | Price match",
    ),
    "sort_sales": ("销量 | 销量优先 | Best sellers | 銷量 | 月销 | 销量↓", "月销 1000+ | 销量第一 | Sales tax | 已售1.2万 | My orders | 人气"),
    "sort_credit": (
        "信用 | 好评优先 | 评价 | Avg. customer review | Top rated | 評價 | 信用从高到低 | 评分",
        "信用卡 | 统一社会信用代码 | 写评价 | 1,234 条评价 | 4.5 评分 4.8 | 好评率98% | Credit card | Write a review | 2,301 ratings",
    ),
    "sort_new": ("新品 | Newest | 最新上架 | Date, new to old", "新品首发 | New customer | 新闻"),
    "sort_other": ("人气 | 距离最近 | Popularity | Distance", "价格 | Price | 品牌专区介绍详情页面"),
    "sort_control": ("排序 | Sort by: | 排序方式", "价格 | Assorted | resort"),
    "filter": ("筛选 | 篩選 | Filters | Refine by", "过滤器滤芯 | Water filtration"),
    "personalisation_switch": (
        "个性化推荐 | 关闭个性化推荐 | 非个性化排序 | 不针对个人特征的选项 | 個人化推薦 | Turn off personalization | Personalized recommendations",
        "猜你喜欢 | 为你推荐 | 个性化广告 | Personalized ads | 不感兴趣 | Personalized gifts | Interest-based ads | 个性化定制",
    ),
    "personalisation_not": ("猜你喜欢 | 个性化广告 | Interest-based ads | 不感兴趣", "关闭个性化推荐 | 非个性化排序"),
    "personalisation_off": ("关闭个性化推荐 | 不针对个人特征的选项 | Turn off personalization", "个性化推荐管理 | 关闭"),
    "personalisation_statement": (
        "我们会根据您的浏览记录、搜索记录和购买行为向您推荐您可能感兴趣的商品 | We personalise your search results based on your browsing history | 为您提供个性化推荐",
        "我们不会使用您的浏览记录进行个性化推荐 | 我们收集您的收货地址用于配送 | We use your address to deliver your order",
    ),
    "next_page": ("下一页 | Next | 下一頁 | › | Load more | 下一页>", "下一步 | Next day delivery | 上一页"),
    "sold_count": ("已售1.2万+ | 月销 1000+ | 3000+人付款 | 2k+ sold | 销量：356 | 500+ bought in past month | 30天售 5 件 | 近一个月内售出12件 | 7日销 1.2万+件", "在售 12 件 | 今日售价 12 元 | 每日限售 2 件 | 已售罄 | 销量优先 | Sold by Acme | 原价"),
    "rating": ("好评率 98% | 4.8分 | 1,234 ratings | 4.5 out of 5 | 2万+条评价 | star-rating Three", "5分钟 | 3星期 | 12元 | 写评价"),
    "price": (
        "￥1,299.00 | ¥12 | 12.5元 | RMB 88 | £51.77 | $19.99 | 19,99 € | NT$ 390 | HK$120 | CNY 5",
        "12件 | 2024年 | 元旦快乐 | 价格 | model 3000 | 1.2万人付款",
    ),
    "price_old": ("原价 | 划线价 ¥99 | 建議售價 | List price | Was: $20", "现价 | 到手价 | Wash"),
    "price_now": ("到手价 | 券后价 ¥88 | 特價 | Deal price", "原价 | 划线价 | 数量"),
    "price_coupon": (
        "券后 | 券后价 ¥88 | 预估到手 | 领券后 | after coupon | with code | 折券後",
        "券前 | 优惠券 | 满200减30 | Save with us | 原价 | coupon book | 现价",
    ),
    "price_member": ("会员价 | PLUS价 | Prime price | 新人价", "现价 | 注册 | 券后价 | Price"),
    "price_unit": ("/斤 | 每100g | 单价 | per 100 ml | $1.20/oz | 月供 | x12期 | /月", "/件 | 斤斤计较 | 元 | each other | 起 | /晚 | per person"),
    "price_not": (
        "立减 | 省 | 优惠券 | 运费 | 定金 | 满 | off | Save | + shipping | 元券 | 配送费 | 下单返",
        "券后价 | 免运费 | 现价 | 起 | 券前 | free shipping | officially | with coupon | 减价",
    ),
    "quantity": ("数量 | Qty | Quantity: | 購買數量", "数量有限 | Amount due | 价格"),
    "out_of_stock": ("已售罄 | 缺货 | 补货中 | Sold out | Currently unavailable | 售完", "即将售罄 | 现货 | Almost sold out | 有货"),
    "in_stock": ("现货 | 有货 | In stock | In stock (19 available)", "库存不足 | Out of stock | 无货 | Unavailable"),
    "choose_option": ("请选择规格 | 选择颜色 | Select size | Choose an option", "筛选 | 支付方式 | 选择地址"),
    "cart": ("购物车 | 购物车(3) | 購物車 | Cart | My basket | 去购物车 | Bag (2) | 購物車 2", "加入购物车 | Add to cart | 购物车是空的 | Handbags | Cartoon | 加购"),
    "add_to_cart": ("加入购物车 | Add to basket | 加购 | 加入購物車 | ADD TO BAG", "购物车 | 已加入购物车 | 加价购 | Added to cart"),
    "buy_now": ("立即购买 | Buy now | 立即預訂 | 直接購買 | Buy It Now", "购买须知 | Buy again | Books | 我的预订 | Buyer protection"),
    "checkout": ("去结算 | 结算(2) | 結帳 | Proceed to checkout | Checkout", "结算规则 | Check out our new range | 提交订单 | PayPal"),
    "order_form": ("确认订单 | 填写并核对订单信息 | Shipping address | Order summary", "购物车 | 首页 | Home"),
    "commitment": (
        "提交订单 | 立即支付 | 同意并注册 | 确认注销 | 送出訂單 | Place order | Pay now | Delete account | Sign up | Create account | 立即支付 ¥199.00 | 提交订单(2) | Place your order | 同意协议并提交订单 | 註冊 | Pay $20.00",
        "支付方式 | 免费注册 | 确认订单信息 | 微信支付 | 暂不注销 | 注册资本 | PayPal | Payment method | 待付款 | 隐私政策 | 加入购物车 | Registered office | 下单须知 | Sign up for emails",
    ),
    "next_step": ("下一步 | 继续 | Continue | 繼續 | Save and continue | Use this address", "继续购物 | Continue shopping | 提交订单 | Next page | 确认注销"),
    "extras": (
        "运费险 | 航空意外险 ¥40/份 | 延长保修 | 开通会员 | 加价购 | 捐1元 | Shipping protection | Gift wrap | 運費險 | 省钱月卡 | 先用后付开通 | Travel insurance",
        "运费 | 发票 | 商家赠送运费险 | 优惠券 | 收货地址 | Tooltip | 保险箱 | 话费充值 | Shipping",
    ),
    "extra_default": ("已为您勾选 | 系统已为您选择 | 默认赠送（可取消） | We've added | 如不需要请取消勾选", "默认地址 | 请选择 | 默认排序"),
    "extra_refuse": ("不需要 | 暂不购买 | No thanks | 取消勾选 | 普通预订", "需要 | 购买 | Add protection"),
    "not_extra": ("运费 | 优惠券 | 发票 | Shipping | 默认地址 | 我已阅读并同意", "运费险 | 开通会员 | 延保 | 加价购"),
    "extra_price": ("+¥9.9 | ¥40/份 | 加10元 | $5 per item", "运费险 | 数量 2"),
    "total": ("合计： | 应付总额 | Order total | 總計", "小计 | Subtotal | 数量"),
    "address": ("收货地址 | Shipping address | 新增地址 | 收件地址", "邮箱地址 | Email address | 注册地址"),
    "address_use": ("使用此地址 | Deliver to this address", "邮箱地址 | 新增地址"),
    "address_new": ("新增收货地址 | Add a new address | 使用新地址", "使用此地址 | Email address"),
    "bill_details": ("费用明细 | Price details | 費用明細", "支付方式 | 商品"),
    "coupon": ("优惠券 | Promo code | 折價券", "价格 | 数量"),
    "empty_cart": ("购物车空空如也 | Your cart is empty | 购物车里还没有商品 | Your basket is empty.", "购物车 | 清空购物车 | 空调"),
    "login": (
        "登录 | 你好，请登录 | 登入 | Sign in | Log in | 登录/注册 | Hello, Sign in",
        "退出登录 | Sign in to Google? | Sign in with Apple | 登录密码 | Logged in | 登录日志 | Login & security",
    ),
    "login_by_password": ("密码登录 | 账号密码登录 | 密碼登入 | Use password instead", "扫码登录 | 忘记密码 | Forgot password"),
    "logout": ("退出登录 | 退出 | Sign out | 登出", "登录 | 退出平台 | Outdoor"),
    "register": ("注册 | 免费注册 | 註冊 | Sign up | Create account | Register", "注册资本 | 注册地址 | Sign up for our newsletter | Registered office | 注册协议 | Wedding registry"),
    "account": ("我的 | 个人中心 | 我的账户 | My account | 會員中心 | Your Account | 我的帳戶", "注销账户 | Create account | 账户安全险 | Accounting | 我的收藏 | Already have an account?"),
    "orders": ("我的订单 | 全部订单 | My orders | Returns & Orders | 訂單查詢", "提交订单 | Order summary | 确认订单 | Order now"),
    "settings": ("设置 | 账户设置 | Settings | 帳號設定 | 个人资料", "Cookie settings | 设为首页 | 语言设置"),
    "security": ("账号与安全 | Login & security | 安全设置 | 帳號安全", "账户安全险 | 食品安全 | Social security"),
    "privacy_centre": ("隐私中心 | 资料与隐私 | 個人資料及安全 | 隐私设置 | Privacy center | 個人資料管理 | Download your data", "隐私政策 | Privacy policy | 隐私声明"),
    "profile": ("个人资料 | Edit profile | 會員資料", "个人信息保护政策 | 公司简介 | Company profile"),
    "help": ("帮助中心 | Customer service | 客服 | 聯絡客服 | Help", "帮派 | Contact lenses | 首页"),
    "rule_centre": ("规则中心 | 平台规则 | Rules & policies | 規則中心", "活动规则 | 抽奖规则 | Rulers"),
    "more_links": ("更多 | 更多> | More | 展开 | … | View all", "更衣室 | Moreover | 首页"),
    "menu": ("☰ | 菜单 | Menu | Toggle navigation | 選單 | 全部分类", "Close menu | 订餐单 | 登录"),
    "deregister_entry": (
        "注销账户 | 账号注销 | 删除账号 | 刪除帳號 | Delete account | Close your account | 永久注销 | 註銷帳號 | 注销京东账户",
        "退出登录 | 切换账号 | unsubscribe account | 注销会员 | 注销登录 | Sign out | 账户设置 | 已注销 | Close | 注销店铺 | Unsubscribe from account emails",
    ),
    "deregister_not": ("退出登录 | 解绑 | Sign out | 切换账号", "注销账户 | Delete account"),
    "right_query": ("查询您的个人信息 | 查阅、复制 | Access your personal data | 您有权查阅、复制您的个人信息", "查询物流 | 删除个人信息"),
    "right_correct": ("更正、补充您的个人信息 | 修改资料 | Rectification | Update your personal information", "删除个人信息 | 修改订单"),
    "right_delete": ("删除您的个人信息 | Delete your personal data | 清除浏览记录 删除浏览记录", "更正个人信息 | 查询个人信息"),
    "right_deregister": ("注销您的账户 | 账号注销 | Delete your account", "我们有权冻结、注销您的账号 | 退出登录 | We may terminate your account"),
    "procedure_words": ("访问路径：我的-设置-账号与安全 | 点击“注销账户” | Go to Account settings | 第一步 | 修改后点“保存”", "隐私 | Cookie"),
    "time_limit": ("15个工作日内 | 15天 | within 30 days | 立即 | 三十日内", "第15条 | 15元"),
    "dereg_unreasonable": (
        "请上传手持身份证照片 | 须邮寄书面申请书 | 仅支持拨打客服电话办理 | 近6个月无交易记录 | 须先使用完账户积分 | 注销将收取手续费50元 | 30个工作日内完成审核 | 注销本账号将同时注销全部产品账号 | 需进行人脸识别 | Please call customer support to close your account | 请填写最近三次消费金额",
        "请输入短信验证码 | 无需上传身份证 | 注销不收取任何费用 | 您有未完成的订单 | 建议先提现余额 | 15个工作日内完成 | 也可拨打客服电话办理注销 | There is no fee | 账户内没有未完成订单",
    ),
    "dereg_reasonable": ("请输入短信验证码 | 您有未完成的订单 | 15天冷静期 | 余额请先提现 | Pending orders", "手持身份证 | 邮寄材料 | 30天冷静期"),
    "one_more": ("+ | 增加 | Add", "添加收货地址 | Add to wishlist | 减少"),
    "big_city": ("重庆 | 北京市 | Shanghai", "热门城市 | 登录"),
    "own_tongue": ("简体中文 | English | 繁體中文", "登录 | Home"),
    "enter_site": ("进入商城 | Enter site | 開始購物", "商家入驻 | Enter your email"),
    "retention_leave": ("确定放弃 | 仍要离开 | Leave anyway", "再想想 | 领取红包 | Stay"),
    "dereg_done": ("您的账号已注销 | 注销成功 | Your account has been deleted | 帳號已刪除", "账号注销后将不可恢复 | 注销成功后，数据将删除 | Your account will be deleted | Once your account is closed"),
    "dereg_later": ("注销申请已提交 | 账号已进入15日冷静期 | 期满后自动注销 | Your account will be deleted within 30 days", "账号已注销 | 我的订单 | Your account has been deleted"),
    "dereg_holdback": ("放弃注销 | 我再想想 | Keep my account", "确认注销 | Delete account"),
    "consent_accept": ("同意 | 全部接受 | Accept all | 同意并继续 | I agree", "不同意 | Do not accept | 拒绝 | Disagree | Continue without accepting"),
    "consent_reject": ("不同意 | Reject all | 仅浏览 | 拒絕 | Decline", "同意 | Accept all"),
    "marketing_consent": ("我愿意接收优惠信息 | 订阅促销短信 | Subscribe to our newsletter | 訂閱電子報 | 同意接收商业信息", "退订 | 不再接收营销短信 | Unsubscribe | 我已阅读并同意用户协议"),
    "unsubscribe": ("退订 | 拒收请回复R | Unsubscribe | 回复TD退订 | 取消訂閱 | Manage preferences", "订阅 | Subscribe | 订单"),
    "city": ("切换城市 | Deliver to | 配送至 | Select location", "Capacity | 城市建设模型 玩具 套装 礼盒 | Allocation"),
    "age_gate": ("我已满18岁 | I am over 18 | 是，我已满18周岁", "未满18岁 | Under 18 | 满18元"),
    "agreement_user": ("用户服务协议 | 《用户协议》 | 服務條款 | Conditions of Use | Terms & Conditions | 服务条款", "隐私政策 | 商家入驻协议 | Seller agreement | 自动续费服务协议"),
    "agreement_rules": ("交易规则 | 平台规则 | Return policy | 争议处理规则 | 规则中心", "用户协议 | 隐私政策 | Privacy policy | 评价规则 | 七日无理由退货规则"),
    "agreement_privacy": ("隐私政策 | 隱私權政策 | Privacy Notice | 个人信息保护政策", "隐私设置 | Privacy settings | 用户协议 | Privacy screen"),
    "agreement_other": ("商家入驻协议 | Cookie policy | 自动续费服务协议 | 支付服务协议", "首页 | 登录 | 购物车"),
    "document_kind": ("用户服务协议 | 《隐私政策》 | Return policy | 平台规则（2024版）", "首页 | 协议酒店 | Policyholder"),
    "change_notice": ("关于公开征求意见的通知 | 修订公告 | 自2024年7月1日起施行 | Version history | 历史版本", "公告 | 意见反馈 | 首页"),
    "superseded": ("历史版本：2021年第1版，生效日期2021年03月01日，已于2023年12月31日失效 | 本版本已失效 | 您正在查看的是历史版本 | 本协议已于2023年5月1日废止 | 该版本已被新版《用户协议》取代 | You are viewing an archived version | This version is no longer in force", "历史版本 | 查看历史版本 | 自2024年7月1日起生效 | 本协议自发布之日起生效 | 优惠券已失效 | Previous versions"),
    "effective_date": ("生效日期：2024年1月1日 | Last updated: 1 May | 更新日期", "发货日期 | 生产日期"),
    "comment_channel": ("征求意见 | 提交意见 | Submit comments", "评论 | 征兵"),
    "download": ("下载PDF | 打印 | Download | 下载本协议 | 列印", "下载APP | 下载客户端 | Download the app | Fine art print"),
    "closing_notice": ("停止服务公告 | 本平台将于2024年12月31日正式停止运营 | Service discontinuation | 停止營運", "暂停营业 | 系统维护 | Closing down sale"),
    "complaint": ("投诉 | 我要投诉 | 举报商品 | 檢舉 | Report this item | 申请平台介入 | Make a complaint", "违法和不良信息举报中心 | 意见反馈 | Annual report | 网络110报警服务 | Contact us | 廉正举报"),
    "regulator_channel": ("全国12315平台 | 12377 | 消委会", "400-123-4567 | 投诉"),
    "invoice": ("发票 | 申请开票 | 電子發票 | Request invoice | 统一發票", "发货 | 票务 | Voice"),
    "invoice_bad": ("本店不提供发票 | 开票需另加6%税点 | 满200元可开票 | 不开票优惠10元", "支持开具增值税专用发票 | 电子发票 | 发票抬头"),
    "deposit": ("押金 | 支付定金 | 订金不退 | Security deposit | 訂金", "免押金 | Direct deposit | 金属"),
    "refund_terms": ("原路退回 | 退还条件 | 退还方式：原支付渠道 | 押金200元", "退货 | 首页"),
    "promotion_rules": ("活动规则 | 活動辦法 | Terms apply | 规则说明", "交易安全 | 首页"),
    "final_interpretation": ("最终解释权归本平台所有 | 保留最终解释权 | 以平台最终判定为准", "不得约定最终解释权归商家所有 | 解释说明"),
    "urgency": ("距结束 01:23:45 | 仅剩3件 | 1,234人正在看 | Only 2 left in stock | 限时抢购 | 最后一天", "库存 | 现货 | 剩余材料"),
    "superlative": ("国家级 | 全网第一 | World's best | 行业第一", "第一步 | 最新上架 | Best sellers"),
    "review_entry": ("去评价 | 写评价 | Write a review | 晒单", "全部评价 | Review your order | 评价规则"),
    "reviews": ("商品评价(1234) | Customer reviews | 全部评价 | 評價", "写评价 | Write a review | 价格"),
    "review_filter": ("好评 | 差评(3) | 有图 | Critical", "好评返现 | 评价规则"),
    "review_hidden": ("已折叠 | 以下评价已被折叠 | 该评价已被删除 | Hidden reviews", "评价 | 全部评价"),
    "review_default": ("此用户没有填写评价 | 系统默认好评", "好评 | 评价"),
    "review_manipulation": ("好评返现5元 | 五星好评晒图返红包 | 请勿给差评 | Leave a 5-star review for a gift card", "禁止好评返现 | 好评 | 差评 | Write a review"),
    "credit_rules": ("信用评价规则 | 评价规则 | Review guidelines | 描述相符 4.9", "写评价 | 信用卡"),
    "penalty_publicity": ("违规公示 | 处罚公示 | 違規公告 | Enforcement notices", "平台公告 | 公示价 | 违规处理规则"),
    "penalty_field": ("网店名称 | 违法行为 | 处理措施 | 公示期限 | 发布时间 | Violation", "价格 | 数量"),
    "penalty_measure": ("警告 | 暂停服务 | 清退 | Suspended", "评价 | 价格"),
    "ip_protection": ("知识产权保护 | 侵权投诉 | Report infringement | 智慧財產權保護", "版权所有 | Copyright notice | 知识付费"),
    "ip_publicity": ("知识产权公示 | 投诉结果公示 | Takedown notices", "知识产权保护报告 | 版权所有"),
    "ip_notice_field": ("通知人 | 被通知店铺 | 经营者声明 | 处理结果 | Counter-notice", "价格 | 数量"),
    "guarantee": ("七天无理由退货 | 假一赔三 | Buyer protection | 七天鑑賞期", "登录 | 价格"),
    "order_archive": ("交易快照 | 历史订单 | Archived orders", "提交订单 | 购物车"),
    "seller_join": ("商家入驻 | 我要开店 | Sell on ShopX | 賣家中心", "店铺 | 登录 | Best seller"),
    "notice_board": ("公告 | 平台公告 | Announcements", "广告 | 登录"),
    "feedback": ("意见反馈 | Feedback | 意見回饋", "反光镜 | 登录"),
    "secret_fields": ("支付密码 | 银行卡号 | CVV | Card number", "用户名 | 手机号 | 登录"),
    "wall_captcha": ("请完成安全验证 | 拖动滑块 | I'm not a robot | Checking your browser | Just a moment...", "获取验证码 | 短信验证码 | This site is protected by reCAPTCHA | 验证"),
    "wall_login": ("请先登录 | 登录后查看更多 | Please sign in | 請先登入", "你好，请登录 | 登录 | Hello, sign in"),
    "wall_blocked": ("访问被拒绝 | 操作过于频繁 | Access Denied | Too many requests | 403 Forbidden", "访问记录 | 频繁购买 | We may collect your IP address"),
    "wall_not_found": ("页面不存在 | Page not found | 404 Not Found | 商品已下架", "没有找到相关商品 | No results found"),
    "wall_error": ("服务器错误 | 502 Bad Gateway | Something went wrong | 系统维护中", "服务 | 错题本"),
    "no_results": ("没有找到相关商品 | No results for “zzz” | 查無商品 | 抱歉，没有找到与“zzz”相关的商品", "找到 120 件商品 | 120 results"),
    "goods_total": ("商品金额 | 小计 | Subtotal | Items: | 商品小計", "合计 | Order total | 运费 | 订单金额"),
    "legal_charge": ("税费 | 关税 | Estimated tax | VAT (20%) | 机建燃油", "运费 | 运费险 | Shipping | 服务费"),
    "renews_itself": ("首月 0 元，之后每月 15.00 元自动续费 | 试用期满后按每月19.9元扣费 | 连续包月 | Free trial, then $9.99/month | Renews automatically | 到期將自動續約", "不会自动续费，到期即止 | 免费赠送 | 每月15元 | Your card will not be charged | 可随时关闭自动续费"),
    "extra_provider": ("由渝诚财产保险承保 | 众安在线财产保险股份有限公司 | Underwritten by Acme | 由XX提供", "退货时赔付首重运费 | 30 天内每单减 2 元 | Covers loss and theft"),
    "extra_optional": ("可选增值服务 | 自愿选购 | Optional | 不需要", "必选 | 可选颜色 | 提交订单 | 配送方式"),
    "extra_details": ("了解详情 | 保险条款 | 《投保须知》 | Learn more | What's covered", "退货运费险 | 提交订单 | Place order"),
    "extra_remove": ("移除 | 取消 | Remove | ×", "取消订单 | 提交订单 | Remove from wishlist"),
    "confirm_answer": ("确定 | 确认取消 | OK | Yes, remove", "提交订单 | 再想想 | No"),
    "contact_page": ("联系我们 | 关于我们 | Contact us | 聯絡客服", "联系卖家 | Contact lenses | About this item"),
    "contact_phone": ("客服热线： | 投诉电话 | Call us | 客服專線 | Hotline", "电话手表 | 手机号码 | Mobile phone | 订单号"),
    "contact_online": ("在线客服 | 联系客服 | Live chat | 線上客服", "商家客服 | Chat with seller | 客服热线"),
    "contact_social": ("微信公众号 | Follow us | QQ客服：12345678", "微信支付 | 联系我们"),
    "contact_seller": ("商家电话 | 联系卖家 | 商家客服电话 | Contact seller", "客服热线 | 投诉商家 | Report a seller"),
    "contact_other": ("招商热线 | 商务合作 | 知识产权 | Investor relations", "客服热线 | 投诉电话 | Contact us"),
    "contact_hours": ("8:00–22:00 | 7×24小时 | 工作日 9:00-18:00 | Mon-Fri 9am - 5pm", "48小时内发货 | 2026-08-20 | 周一上新"),
    "complaint_method": ("投诉、举报在线提交 | 违法和不良信息举报电话 | Complaints procedure | 檢舉", "知识产权投诉 | 联系我们 | 廉正举报"),
    "challenge_code": ("获取验证码 | 短信验证码 | One-time code | 驗證碼", "条形码 | 优惠码"),
}  # fmt: skip


def cases(which: int) -> list[tuple[str, str]]:
    return [(concept, text) for concept, samples in SAMPLES.items() for text in samples[which].split(" | ")]


@pytest.mark.parametrize(("concept", "text"), cases(0))
def test_must_match(concept: str, text: str) -> None:
    assert words(concept).match(text) is not None


@pytest.mark.parametrize(("concept", "text"), cases(1))
def test_must_not_match(concept: str, text: str) -> None:
    assert words(concept).match(text) is None


def test_every_concept_has_samples() -> None:
    assert set(SAMPLES) == set(names())


@pytest.mark.parametrize("name", names())
def test_a_word_is_exactly_its_own_concept_and_a_rejected_one_is_not(name: str) -> None:
    concept = words(name)
    for entry in concept.entries():
        if entry.word:
            hit = concept.match(entry.word)
            assert hit is not None, entry.word
            assert hit.how == "exact", entry.word
            assert hit.score == 1, entry.word
    for entry in concept.rejected():
        if entry.word:
            assert concept.match(entry.word) is None, entry.word


class _NoTwins(yaml.SafeLoader):
    """YAML that refuses a key that stands twice, where PyYAML silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), f"{node.start_mark}: a key stands twice: {keys}"
        return super().construct_mapping(node, deep)


def test_no_phrase_stands_twice() -> None:
    for file in (files("gongping.lexicon") / "phrases").iterdir():
        yaml.load(file.read_text("utf-8"), _NoTwins)
    for name, data in phrases().items():
        found = [alternative for alternatives in data.find.values() for alternative in alternatives]
        assert len(found) == len(set(found)), name


def test_no_concept_and_no_word_stands_twice() -> None:
    for file in files("gongping.lexicon").iterdir():
        if not file.name.endswith(".yaml"):
            continue
        for concept, data in yaml.load(file.read_text("utf-8"), _NoTwins).items():
            for which in ("accept", "reject", "maybe"):
                for language, entries in data.get(which, {}).items():
                    found = [normalise(entry if isinstance(entry, str) else entry.get("word", "")) for entry in entries]
                    twice = {word for word in found if word and found.count(word) > 1}
                    assert not twice, (concept, which, language, twice)


def test_normalise() -> None:
    assert normalise("結帳") == "结账"
    assert normalise("廣\u200b告") == "广告"
    assert normalise("帳 戶") == normalise("账户") == "账户"
    assert normalise("  Add \n to　Cart ") == "add to cart"
    assert normalise("￥１２．５") == "¥12.5"
    assert normalise("广 告 AD place") == "广告ad place"
    assert normalise("廣告", fold=False) == "廣告"
    assert normalise("我们’s") == "我们's"
    assert normalise("\ufeff\u200d") == ""


def test_normalise_is_idempotent() -> None:
    for name in names():
        for entry in words(name).entries():
            assert normalise(normalise(entry.word)) == normalise(entry.word)


def test_a_hit_says_how_and_how_well() -> None:
    exact = words("cart").match("购物车 (3)")
    starts = words("cart").match("购物车里的宝贝都在这里")
    inside = words("cart").match("请前往购物车查看")
    assert exact and starts and inside
    assert (exact.how, starts.how, inside.how) == ("exact", "contains", "contains")
    assert exact.score == 1 > starts.score > inside.score > 0
    assert normalise("请前往购物车查看")[inside.start : inside.end] == "前往购物车"


def test_a_key_says_which_kind() -> None:
    kinds = {"确认注销": "deregister", "Place order": "order", "立即支付 ¥5": "pay", "同意并注册": "register"}
    for text, kind in kinds.items():
        hit = words("commitment").match(text)
        assert hit and hit.key == kind, text
    assert words("sort_price").match("价格 ↓").key == "desc"  # type: ignore[union-attr]
    assert words("extras").match("航空意外险 ¥40/份").key == "insurance"  # type: ignore[union-attr]
    reason = words("dereg_unreasonable").match("请上传手持身份证照片")
    assert reason and reason.key == "id_document" and "证件" in reason.zh and "identity" in reason.en


def test_a_locale_limits_the_languages() -> None:
    label = words("ad_label_exact")
    assert label.match("广告", "zh-CN")
    assert label.match("廣告", "zh-TW")
    assert label.match("廣告", "zh-HK")
    assert label.match("廣告", "zh-CN") is None
    assert words("cart").match("Cart", "zh-CN") is None
    assert words("cart").match("Cart", "en-GB")
    assert words("checkout").match("結帳", "zh_TW")


def test_maybe_and_rejects_are_told_apart() -> None:
    entry = words("deregister_entry")
    assert entry.match("Deactivate account") is None
    assert entry.maybe("Deactivate account")
    assert entry.maybe("Delete account") is None
    assert entry.rejects("退出登录")
    assert entry.rejects("注销账户") is None
    assert words("self_operated").match("自营旗舰店") is None
    assert words("self_operated").maybe("自营旗舰店")


def test_a_rejected_word_covers_only_itself() -> None:
    assert words("deregister_entry").match("退出登录 注销账户")
    assert words("cart").match("加入购物车 去购物车")
    assert words("login").match("退出登录后请重新登录 | Log in")


@pytest.mark.parametrize(
    "text", ["Add", "Broadcast", "Adidas", "Myself", "book", "max", "heading", "goggles", "address"]
)
def test_a_short_latin_word_never_matches_inside_another(text: str) -> None:
    for name in names():
        hit = words(name).match(text, "en")
        assert hit is None or normalise(hit.word) == normalise(text), name


def test_an_unknown_concept_says_what_comes_close() -> None:
    with pytest.raises(KeyError, match="licence_mark"):
        words("license_mark")
    assert words("cart") is words("cart")


def test_counts() -> None:
    counts = {
        "已售1.2万+": 12_000,
        "月销 1,234": 1234,
        "3k+ sold": 3000,
        "2亿": 200_000_000,
        "5w+人付款": 50_000,
        "12 kg": 12,
    }
    assert {text: parse_count(text) for text in counts} == counts
    assert parse_count("已售罄") is None


def test_prices() -> None:
    prices = {
        "￥1,299.00": ("1299.00", "CNY"), "12.5元": ("12.5", "CNY"), "RMB 88": ("88", "CNY"), "£51.77": ("51.77", "GBP"),
        "19,99 €": ("19.99", "EUR"), "1.299,00 €": ("1299.00", "EUR"), "NT$ 390": ("390", "TWD"), "HK$120": ("120", "HKD"),
        "$19.99": ("19.99", "USD"), "到手价¥99起": ("99", "CNY"), "¥1.2万": ("12000.0", "CNY"), "3万元": ("30000", "CNY"),
        "¥1299 1.2万人付款": ("1299", "CNY"), "US $5.00": ("5.00", "USD"),
    }  # fmt: skip
    for text, (amount, currency) in prices.items():
        assert parse_price(text) == Money(Decimal(amount), currency), text
    for text in ("12件", "型号 3000", "元旦", "charm 5"):
        assert parse_price(text) is None, text


def test_characters_are_folded_once_and_long_texts_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Counting:
        def convert(self, text: str) -> str:
            asked.append(text)
            return text

    monkeypatch.setattr(lexicon_text, "_OPENCC", Counting())
    monkeypatch.setattr(lexicon_text, "_FOLDS", {True: lexicon_text._Folds(script=True)})
    kept = lexicon_text._normalise_cached.cache_info().currsize
    page = "隐私政策说明" * 1000
    assert normalise(page) == normalise(page) == page
    assert len(asked) == len(set(page))
    assert lexicon_text._normalise_cached.cache_info().currsize == kept


def _unbounded(pattern: object, depth: int = 0) -> int:
    """How deep unbounded repeats are nested in a parsed pattern."""
    deepest = depth
    for operation, argument in pattern:  # type: ignore[attr-defined]
        if operation in (sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT):
            deepest = max(deepest, _unbounded(argument[2], depth + (argument[1] is sre_constants.MAXREPEAT)))
        elif operation is sre_constants.SUBPATTERN:
            deepest = max(deepest, _unbounded(argument[3], depth))
        elif operation is sre_constants.BRANCH:
            deepest = max([deepest, *(_unbounded(branch, depth) for branch in argument[1])])
        elif operation in (sre_constants.ASSERT, sre_constants.ASSERT_NOT):
            deepest = max(deepest, _unbounded(argument[1], depth))
    return deepest


def test_no_pattern_explodes_on_a_hostile_page() -> None:
    """Nested unbounded repeats take exponential time; one that opens a searched pattern takes quadratic time."""
    for name in names():
        concept = words(name)
        for entry in concept.entries() + concept.rejected():
            parsed = sre_parser.parse(entry.re)
            assert _unbounded(parsed) <= 1, (name, entry.re)
            opens = bool(parsed) and parsed[0][0] in (sre_constants.MAX_REPEAT, sre_constants.MIN_REPEAT)
            assert concept.whole or not (opens and parsed[0][1][1] is sre_constants.MAXREPEAT), (name, entry.re)


def test_patterns_are_written_as_the_text_they_meet() -> None:
    """Traditional or capital letters in a pattern would never meet normalised text."""
    for name in names():
        if not words(name).folds:
            continue
        for entry in words(name).entries() + words(name).rejected():
            literal = re.sub(r"\\.|\(\?P<\w+>", "", entry.re)
            assert literal == literal.lower(), (name, entry.re)
            han = "".join(re.findall(r"[一-鿿]", literal)).replace("一龥", "")
            assert normalise(han) == han, (name, entry.re)


@pytest.mark.parametrize("name", phrases())
def test_a_phrase_finds_its_samples_and_no_others(name: str) -> None:
    for line in phrases()[name].must:
        assert phrase(name).search(line), line
    for line in phrases()[name].must_not:
        assert not phrase(name).search(line), line


def test_every_phrase_that_code_asks_for_is_there_and_every_one_that_is_there_is_asked_for() -> None:
    root = Path(__file__).parents[1]
    asked: set[str] = set()
    named: set[str] = set()
    for folder in ("gongping", "pages", "tests"):
        for file in (root / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    named.add(node.value)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
                    asked |= {a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    assert not asked - phrases().keys()
    assert not phrases().keys() - named


def test_an_unknown_phrase_says_what_comes_close() -> None:
    with pytest.raises(KeyError, match="dereg_refusal"):
        phrase("dereg_refusals")
    assert phrase("dereg_refusal") is phrase("dereg_refusal")


def test_no_phrase_explodes_on_a_hostile_page() -> None:
    for name in phrases():
        assert _unbounded(sre_parser.parse(phrase(name).pattern)) <= 1, name


def test_no_phrase_is_loaded_by_importing() -> None:
    """Loading takes as long as many imports: only what is asked for pays."""
    code = (
        "import gongping.plugin, gongping.detectors.orders, gongping.detectors.rights, gongping.pages.journeys.account\n"
        "from gongping.lexicon.phrase import phrases; print(phrases.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
