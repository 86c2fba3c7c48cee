"""Predicates of how documents can be read: clear words, what stands out in them, and whether they can be taken along."""

from __future__ import annotations

import re
from dataclasses import replace
from statistics import median
from typing import Any

from gongping.detectors import conspicuousness, emphasis
from gongping.detectors.announced import comments, published_on
from gongping.detectors.hidden_terms import is_chinese
from gongping.detectors.stated_dates import StatedDates, stated_dates
from gongping.history import Changed
from gongping.lexicon import phrase
from gongping.norm.judgement import Judgement
from gongping.norm.predicates_base import BasePredicates
from gongping.norm.predicates_terms import TRAIL
from gongping.observations.library import Copy, LibrarySeen, Paper
from gongping.sight.blocks import Block
from gongping.sight.model import Seen

_SHORT = 800
"""Characters below which a document is too short to measure emphasis (norm.yaml 32.4)."""

_MEDIAN, _LONGEST = 60, 180
"""Characters of a sentence: median and 95th percentile up to which a text counts as plain (norm.yaml 32.1)."""

_SAME = 0.99
"""Share of the text that view and file have in common (norm.yaml 29.2)."""

_LEAST_BYTES = 1024
"""Bytes below which a file is none (norm.yaml 29.2)."""

_STANDS_OUT = 0.5
"""Share of a sentence's characters from which on it counts as emphasised (convention)."""

_ONE_DAY = 24
"""Hours before a new text was seen first within which the old one must have been read (norm.yaml 30.3)."""

_TYPOGRAPHICAL = 12
"""Characters of changed lines below which a change may be typographical (convention)."""

_SENTENCE = re.compile(r"[。；;]|[.!]$|应|不得|可以|须|有权|shall|must|will|may", re.IGNORECASE)
"""What a line that rules something has, and a label, a counter or a name of goods has not."""

_TEXT = re.compile(r"[。；;！？]|[.!?]$|.{40}")
"""What a line of a document has and an entry of a menu has not: a sentence, or the length of one (convention)."""

_TRADITIONAL = re.compile(r"[們個這為務會買賣與條規並沒還過時來對於開關點說請閱讀應該無當經營責權協議隱]")


class ReadingPredicates(BasePredicates):
    """Mixed into Predicates."""

    def points_out(self, paper: Paper) -> tuple[Judgement, list[emphasis.Sentence]]:
        """Whether an agreement points out, by how it is dressed, the sentences that limit liability or set a fee; and those sentences."""
        document = paper.document
        measured: dict[str, Any] = {"字数": len(document.text)}
        if emphasis.body(document.blocks) is None:
            return Judgement("unknown", "文件没有网页样式，无法测量重点标识，请人工查看", measured), []
        share, most = emphasis.share(document.blocks) or 0.0, float(self.parameter("emphasis_share_max"))
        if share > most and len(document.text) >= _SHORT:
            return Judgement("unknown", f"{share:.0%} 的文字都作了特别标识，没有突出重点（见 32.4）", measured), []
        said = list(emphasis.sentences(document.blocks))
        plain: list[emphasis.Sentence] = []
        for name, pattern in (("限制责任", "limits_liability"), ("费用", "sets_a_fee")):
            found = [s for s in said if phrase(pattern).search(s.text) and not phrase("says_not_freed").search(s.text)]
            measured[f"{name}的句子"] = len(found)
            if found and not any(s.share >= _STANDS_OUT for s in found):
                plain += found
        if not plain:
            return Judgement("held", "", measured), []
        if len(document.text) < _SHORT:
            return Judgement(
                "unknown", f"文件只有 {len(document.text)} 字，请人工判断是否需要重点提示", measured
            ), plain
        return Judgement("broken", f"“{plain[0].text[:60]}”没有任何显著标识", measured), plain

    def not_all_marked(self, paper: Paper) -> Judgement:
        """Whether what is emphasised in a document is a part of it, not all or most."""
        document = paper.document
        share = emphasis.share(document.blocks)
        most, least = float(self.parameter("emphasis_share_max")), float(self.parameter("emphasis_share_warn"))
        if share is None:
            return Judgement("unknown", "文件没有网页样式，无法测量重点标识的比例", {"字数": len(document.text)})
        measured = {"字数": len(document.text), "重点标识占比": round(share, 2)}
        if len(document.text) < _SHORT:
            return Judgement("unknown", f"文件只有 {len(document.text)} 字，少于 {_SHORT} 字", measured)
        if share > most:
            return Judgement("broken", f"{share:.0%} 的文字都作了特别标识，超过 {most:.0%}", measured)
        if share >= least:
            return Judgement("unknown", f"{share:.0%} 的文字作了特别标识，在 {least:.0%} 与 {most:.0%} 之间", measured)
        for head, blocks in emphasis.sections(document.blocks):
            marked = emphasis.share(blocks, emphasis.body(document.blocks)) or 0.0
            if marked > 0.9 and sum(len(b.text) for b in blocks) >= _SHORT:
                return Judgement("unknown", f"“{head[:20]}”一节几乎全部作了特别标识", measured)
        return Judgement("held", "", measured)

    def clear(self, paper: Paper) -> Judgement:
        """Whether a document is plain: in simplified Chinese, legible, without the gaps of a template, in sentences of usual length."""
        document = paper.document
        text = document.all_text
        measured: dict[str, Any] = {"字数": len(text)}
        for line in text.splitlines():
            gap = phrase("template_left_over").search(line)
            if gap and not phrase("gives_an_example").search(line[max(0, gap.start() - 12) : gap.start()]):
                return Judgement("broken", f"留有模板的空白“{gap[0][:30]}”：“{line.strip()[:60]}”", measured)
            if phrase("broken_encoding").search(line):
                return Judgement("broken", f"含有乱码：“{line.strip()[:40]}”", measured)
        language = self._language(text, measured)
        if not language.held:
            return language
        usual = emphasis.body(document.blocks)
        least = float(self.parameter("font_px_min"))
        if usual and usual.font_px:
            measured["正文字号_px"] = usual.font_px
            if usual.font_px < least - 0.05:
                return Judgement("broken", f"正文字号 {usual.font_px:g}px，小于 {least:g}px", measured)
        ratio = self._contrast(paper)
        limit = float(self.parameter("contrast_text_min"))
        if ratio is not None:
            measured["正文对比度"] = ratio
            if ratio < limit * 0.9:  # anti-aliased strokes never reach the colour that was set
                return Judgement("broken", f"正文对比度 {ratio:g}:1，低于 {limit:g}:1", measured)
        lengths = sorted(len(s) for b in document.blocks if not emphasis.is_heading(b) for s in _sentences(b.text))
        if lengths and is_chinese(text):
            half, long = median(lengths), lengths[int(0.95 * (len(lengths) - 1))]
            measured |= {"句长中位数": half, "句长95分位": long}
            if half > _MEDIAN or long > _LONGEST:
                return Judgement(
                    "unknown", f"句子偏长（中位数 {half:g} 字，95 分位 {long} 字），请人工判断是否通俗", measured
                )
        return Judgement("held", "", measured)

    def _language(self, text: str, measured: dict[str, Any]) -> Judgement:
        if not is_chinese(text):
            if self.locale == "zh-CN":
                return Judgement("broken", "没有简体中文文本", measured)
            return Judgement("unknown", f"本次以 {self.locale} 阅读，没有查看简体中文文本", measured)
        share = len(_TRADITIONAL.findall(text)) / max(1, len(text))
        measured["繁体字占比"] = round(share, 3)
        if share > 0.02:
            return Judgement("unknown", "文本是繁体中文，请人工核对有没有简体中文文本", measured)
        return Judgement("held", "", measured)

    def _contrast(self, paper: Paper) -> float | None:
        """Median contrast of up to three paragraphs that pictures show; None where none does."""
        ratios: list[float] = []
        for block in paper.document.blocks:
            if len(ratios) == 3:
                break
            if block.box is None or block.scrolled or emphasis.is_heading(block) or len(block.text) < 20:
                continue
            crop = self.album.crop(Seen(paper.document.sight, -1, -1, "p", block.box), block.box)
            found = conspicuousness.contrast(*crop) if crop else None
            if found:
                ratios.append(found.ratio)
        return round(median(ratios), 2) if ratios else None

    def tells_of_a_change(self, paper: Paper) -> bool:
        """Whether a notice says of one change to a document when it was published and when it comes into force."""
        title, dates = paper.document.title or paper.label, stated_dates(paper.document)
        asks = comments(paper.document) is not None
        return bool(phrase("tells_of_a_change").search(title)) and dates.days is not None and not asks

    def announced(self, paper: Paper, change: Changed | None = None) -> Judgement:
        """Whether a changed document was published so many days before it came into force: by the dates that it states and, where an
        earlier run read another text (`change`), by the day on which the new one was seen first."""
        dates = stated_dates(paper.document)
        least = int(self.parameter("notice_before_effect_days"))
        if change:
            return self._announced_by_then(change, dates, least)
        measured: dict[str, Any] = {
            "发布": str(dates.published or "") or None,
            "更新": str(dates.updated or "") or None,
            "生效": str(dates.effective or "") or None,
            "相隔天数": dates.days,
        }
        if dates.amended is False:
            return Judgement("held", "首次发布", measured)
        if paper.kind == "notice" and dates.amended is None and self.tells_of_a_change(paper):
            dates = replace(dates, amended=True)
        if dates.days is not None:
            if dates.days >= least:
                return Judgement("held", "", measured)
            said = f"发布（{dates.published}）到生效（{dates.effective}）只有 {max(0, dates.days)} 天，少于 {least} 天"
            return Judgement(
                "broken" if dates.amended else "unknown",
                said if dates.amended else f"{said}；没有写明是否修订",
                measured,
            )
        if (
            not dates.published
            and dates.updated
            and dates.effective
            and (dates.effective - dates.updated).days >= least
        ):
            return Judgement("held", "", measured)  # the text stands there since the day on which it was changed last
        if dates.at_once:
            said = f"自发布之日起生效：“{dates.quote[:60]}”"
            return Judgement(
                "broken" if dates.amended else "unknown",
                said if dates.amended else f"{said}；没有写明是否修订",
                measured,
            )
        return Judgement("unknown", "没有同时写明发布日期和生效日期", measured)

    def told_late(self, paper: Paper) -> Judgement:
        """Whether a notice that rules change was published too late before they do; never broken, since it may not be the first."""
        title = paper.document.title
        if phrase("asks_for_opinions").search(title) or not phrase("announces_changed_rules").search(title):
            return Judgement("held")
        dates, published = stated_dates(paper.document), published_on(paper.document)
        least = int(self.parameter("notice_before_effect_days"))
        if not (published and dates.effective) or (dates.effective - published).days >= least:
            return Judgement("held")
        days = max(0, (dates.effective - published).days)
        zh = f"公告发布（{published}）到生效（{dates.effective}）只有 {days} 天，少于 {least} 天，请人工核对此前是否已经公示"
        return Judgement("unknown", zh, {"发布": str(published), "生效": str(dates.effective), "相隔天数": days})

    def _announced_by_then(self, change: Changed, dates: StatedDates, least: int) -> Judgement:
        """By first sight: the text was another one when it was read last."""
        seen, before = change.now, change.before.last_seen
        hours = (seen - before).total_seconds() / 3600
        measured: dict[str, Any] = {
            "上次读到": f"{before:%Y-%m-%d %H:%M}Z",
            "本次读到": f"{seen:%Y-%m-%d %H:%M}Z",
            "发布": str(dates.published or "") or None,
            "生效": str(dates.effective or "") or None,
            "删去的行": [line[:80] for line in change.gone[:5]] or None,
            "新增的行": [line[:80] for line in change.come[:5]] or None,
        }
        said = f"与 {before:%Y-%m-%d} 读到的文本不同（删去 {len(change.gone)} 行，新增 {len(change.come)} 行）"
        if small_change(change):
            return Judgement("unknown", f"{said}，改动很小，请人工判断是否实质修改", measured)
        if dates.effective is None:
            return Judgement("unknown", f"{said}，没有写明生效日期，请人工核对何时公示", measured)
        first = max(seen.date(), dates.published or seen.date())
        notice = (dates.effective - first).days
        measured["相隔天数"] = notice
        if notice >= least:
            return Judgement("held", "", measured)
        if hours <= _ONE_DAY:
            return Judgement(
                "broken",
                f"{said}，新文本于 {seen:%Y-%m-%d} 首次出现，{dates.effective} 即生效，不足 {least} 天",
                measured,
            )
        return Judgement(
            "unknown",
            f"{said}，两次检测相隔 {hours / 24:.1f} 天，新文本何时公示不明（写明 {dates.effective} 生效），请人工核对",
            measured,
        )

    def taken_along(self, paper: Paper, library: LibrarySeen) -> Judgement:
        """Whether a document can be downloaded whole: a control gives a file whose text is that of the page."""
        document, copy = paper.document, paper.copy
        if document.how == "file":
            return Judgement("held", "", {"形式": "文件"})
        measured: dict[str, Any] = {"读过的控件数": paper.controls, "字数": len(document.text)}
        if copy is None:
            elsewhere = [
                p.name
                for p in library.of("index")
                for link in p.document.links
                if phrase("takes_along").search(link.label)
            ]
            if elsewhere:
                return Judgement("unknown", f"文件页面没有下载入口，“{elsewhere[0][:20]}”上有，请人工核对", measured)
            if paper.controls < 0:
                return Judgement("unknown", "没有查看这一文件的下载入口", measured)
            return Judgement(
                "broken", f"页面上（读过 {paper.controls} 个链接和按钮）没有下载入口，只能用浏览器自己的打印", measured
            )
        measured |= {"控件": copy.label[:30], "文件大小_字节": copy.size}
        others = {p.name for p in library.papers if p is not paper} | {
            p.label for p in library.papers if p is not paper
        }
        return self._same_text(paper, copy, others, measured)

    def _same_text(self, paper: Paper, copy: Copy, others: set[str], measured: dict[str, Any]) -> Judgement:
        if copy.how == "wall":
            gone = copy.detail.startswith(("not-found", "broken"))
            return Judgement(
                "broken" if gone else "unknown", f"“{copy.label[:20]}”没有得到文件：{copy.detail}", measured
            )
        if copy.how == "print":
            return Judgement("unknown", f"“{copy.label[:20]}”只打开打印，没有文件；请人工判断能否便利下载", measured)
        if copy.how == "nothing":
            return Judgement("unknown", f"点击“{copy.label[:20]}”后没有得到文件，请人工核对", measured)
        if not copy.text:
            if copy.size < _LEAST_BYTES:
                return Judgement("broken", f"下载的文件是空的（{copy.size} 字节）", measured)
            return Judgement("unknown", f"下载的文件未能读出文字（{copy.detail}），请人工核对是否与页面一致", measured)
        view = [b.text for b in paper.document.blocks if not _is_label(b)] or paper.document.text.splitlines()
        view = [line for line in view if line not in others]  # a menu of documents beside the document
        whole, there = re.sub(r"\W", "", copy.text), [re.sub(r"\W", "", line) for line in view]
        total = sum(map(len, there))
        same = sum(len(line) for line in there if line in whole) / total if total else 0.0
        measured["与页面一致的比例"] = round(same, 3)
        if same >= _SAME:
            return Judgement("held", "", measured)
        lost = [(line, plain) for line, plain in zip(view, there, strict=True) if plain and plain not in whole]
        lacking = next((line for line, _ in lost if _TEXT.search(line)), lost[0][0] if lost else "")
        if same < 0.9 and sum(len(plain) for line, plain in lost if _TEXT.search(line)) > 0.1 * total:
            return Judgement(
                "broken", f"下载的文件与页面不一致（一致 {same:.0%}），缺少“{lacking[:40]}”等内容", measured
            )
        return Judgement(
            "unknown", f"下载的文件与页面略有出入（一致 {same:.1%}，如“{lacking[:40]}”），请人工核对", measured
        )


def small_change(change: Changed) -> bool:
    """Whether a change may be none of what a document rules: few characters, dates and versions alone, or no line that is a sentence."""
    if not any(_SENTENCE.search(line) for line in (*change.gone, *change.come)):
        return True
    lines = (
        re.sub(r"[\W\d]|[年月日版第]|(?:发布|更新|修订|生效|施行)(?:日期|时间)?|版本", "", line)
        for line in (*change.gone, *change.come)
    )
    return sum(map(len, lines)) < _TYPOGRAPHICAL


def _is_label(block: Block) -> bool:
    """Whether a paragraph is nothing but a control of the page, or a trail of links."""
    if all(run.link for run in block.runs) and block.runs:
        return True
    return bool(TRAIL.match(block.text))


def _sentences(text: str) -> list[str]:
    return [s.strip() for s in re.split(r"[。！？!?；;]", text) if len(s.strip()) > 3]
