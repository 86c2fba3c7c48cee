"""Product pictures, drawn: a plain shape per category in a colour per product. No browser, no Django."""

import colorsys
import io
from typing import Literal

from PIL import Image, ImageDraw

Shape = Literal["book", "audio", "phone", "coffee", "jacket", "pen"]
SIDE = 480  # px

Polygon = list[tuple[int, int]]
SHAPES: dict[Shape, list[Polygon]] = {
    "book": [[(120, 90), (350, 90), (350, 390), (120, 390)], [(350, 100), (370, 115), (370, 405), (350, 390)]],
    "audio": [[(140, 70), (340, 70), (340, 410), (140, 410)]],
    "phone": [[(165, 60), (315, 60), (315, 420), (165, 420)]],
    "coffee": [[(120, 150), (330, 150), (300, 390), (150, 390)], [(330, 190), (400, 190), (380, 300), (318, 300)]],
    "jacket": [
        [(180, 90), (300, 90), (340, 120), (340, 400), (140, 400), (140, 120)],
        [(140, 120), (70, 330), (115, 345), (140, 270)],
        [(340, 120), (410, 330), (365, 345), (340, 270)],
    ],
    "pen": [[(225, 60), (255, 60), (255, 340), (225, 340)], [(225, 340), (255, 340), (240, 410)]],
}
DETAILS: dict[Shape, list[tuple[int, int, int, int]]] = {
    "book": [(150, 140, 320, 165), (150, 185, 270, 200)],
    "audio": [(185, 110, 295, 220), (165, 245, 315, 395)],
    "phone": [(178, 95, 302, 375)],
    "coffee": [(140, 150, 310, 175)],
    "jacket": [(236, 95, 244, 400), (165, 290, 215, 340), (265, 290, 315, 340)],
    "pen": [(225, 150, 255, 165)],
}


def picture(shape: Shape, number: int) -> bytes:
    """A PNG of 480x480 px: `shape` on a pale ground, its hue set by `number` (any integer, golden-ratio steps)."""
    hue = number * 0.618034 % 1

    def colour(lightness: float, saturation: float) -> tuple[int, int, int]:
        red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
        return round(red * 255), round(green * 255), round(blue * 255)

    image = Image.new("RGB", (SIDE, SIDE), colour(0.95, 0.3))
    draw = ImageDraw.Draw(image)
    for polygon in SHAPES[shape]:
        draw.polygon(polygon, fill=colour(0.42, 0.5), outline=colour(0.25, 0.5))
    for box in DETAILS[shape]:
        (draw.ellipse if shape == "audio" else draw.rectangle)(box, fill=colour(0.75, 0.4))
    out = io.BytesIO()
    image.save(out, format="PNG", optimize=True)
    return out.getvalue()
