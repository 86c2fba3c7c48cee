"""Text in pictures: RapidOCR (optional extra `ocr`), loaded once. Recognition alone is fast; detection takes seconds a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image


@dataclass(frozen=True)
class Read:
    """A line that was read, with the model's confidence (0..1)."""

    text: str
    confidence: float


@lru_cache(maxsize=1)
def _engine() -> Any | None:
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError:
        return None
    return RapidOCR()


def available() -> bool:
    """Whether the extra `ocr` is installed."""
    return _engine() is not None


REMEDY = '安装可选组件后重试：pip install "gongping[ocr]"'


def read_line(image: Image.Image) -> Read | None:
    """Reads a small crop as one line of text; None where nothing was read or the extra is missing."""
    engine = _engine()
    if engine is None or min(image.size) < 6:
        return None
    if image.height < 32:
        factor = 32 / image.height
        image = image.resize((max(1, round(image.width * factor)), 32), Image.Resampling.LANCZOS)
    found, _ = engine(np.asarray(image.convert("RGB"))[:, :, ::-1], use_det=False, use_cls=False)
    if not found:
        return None
    text, confidence = found[0][0], float(found[0][1])
    return Read(str(text), confidence) if text else None


def read_page(image: Image.Image) -> tuple[Read, ...]:
    """Finds and reads every line in a picture; empty where nothing was read or the extra is missing. Takes seconds."""
    engine = _engine()
    if engine is None or min(image.size) < 16:
        return ()
    found, _ = engine(np.asarray(image.convert("RGB"))[:, :, ::-1])
    return tuple(Read(str(line[1]), float(line[2])) for line in found or ())
