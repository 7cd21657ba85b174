"""Draw a small fictional photo: a room with beds, a door, a lamp; never a person."""

import io
import random

from PIL import Image, ImageDraw


def picture(seed: int) -> bytes:
    """Return a JPEG of a plain room, the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - a picture, not a secret
    image = Image.new("RGB", (640, 420), (205 + rng.randrange(30), 196, 178))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 300, 640, 420), fill=(148, 128, 108))
    for place in range(rng.randrange(2, 5)):
        left = 30 + place * 130
        for tier in range(rng.randrange(1, 4)):
            top = 270 - tier * 70
            draw.rectangle((left, top, left + 110, top + 22), fill=(92, 108, 132), outline=(40, 44, 52))
            draw.line((left, top, left, 300), fill=(60, 60, 60), width=5)
            draw.line((left + 110, top, left + 110, 300), fill=(60, 60, 60), width=5)
    draw.rectangle((560, 130, 625, 300), fill=(110, 78, 50), outline=(50, 30, 20), width=3)
    draw.ellipse((568, 210, 580, 222), fill=(220, 190, 90))
    draw.ellipse((300, 8, 340, 40), fill=(250, 240, 180))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
