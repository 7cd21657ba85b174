"""Decode a picture and write it anew: place, time, device, hidden previews and everything after its end are gone."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from core.cleaning.reasons import FLOOD, NOT_READABLE, NotCleaned

MOST_PIXELS = 120_000_000
AT_ONCE = 12_600_000
"""As many pixels as are decoded whole; a larger JPEG is read at half its size, or a quarter, as its format allows."""
SIDE = 2560
__all__ = ["NotCleaned", "clean", "prepare"]


def prepare() -> None:
    """Load what decoding needs, before the walls close."""
    import pillow_heif

    Image.preinit()
    Image.init()
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    for name in ("JPEG", "PNG", "WEBP"):
        Image.new("RGB", (2, 2)).save(io.BytesIO(), name)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS


def clean(data: bytes) -> tuple[bytes, str]:
    """Return the picture as a new JPEG; raises NotCleaned."""
    try:
        with warnings.catch_warnings(action="error"), Image.open(io.BytesIO(data)) as image:
            return _copy(image), "jpg"
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotCleaned(FLOOD) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning) as error:
        raise NotCleaned(NOT_READABLE) from error


def _copy(image: Image.Image) -> bytes:
    if image.format == "JPEG":
        scale = next((s for s in (1, 2, 4, 8) if image.width * image.height / s / s <= AT_ONCE), 8)
        image.draft("RGB", (image.width // scale, image.height // scale))
    image.load()
    if max(image.size) > SIDE:
        image.thumbnail((SIDE, SIDE), reducing_gap=1.0)
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"RGB", "L"}:
        flat = upright if upright.mode == "RGB" else upright.convert("RGB")
    else:
        seen = upright.convert("RGBA")
        flat = Image.new("RGB", seen.size, "white")
        flat.paste(seen, mask=seen.getchannel("A"))
    out = io.BytesIO()
    flat.info = {}  # nothing of what came with it, a comment or a colour profile, is written along
    flat.save(out, "JPEG", quality=85)
    return out.getvalue()
