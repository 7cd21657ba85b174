"""Name sectors in the reader's language. A sector is free text as its source wrote it; known words are translated."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WORDS = frozenset(
    {
        _("agriculture"), _("apparel"), _("automotive"), _("care"), _("catering"), _("cleaning"), _("construction"),
        _("domestic work"), _("electronics"), _("energy"), _("fishing"), _("food"), _("food and beverage"),
        _("footwear"), _("furniture"), _("garment"), _("garments"), _("health"), _("hospitality"), _("landscaping"),
        _("logistics"), _("manufacturing"), _("mining"), _("packaging"), _("plantation"), _("retail"), _("seafood"),
        _("security"), _("shipping"), _("support services"), _("textile"), _("textiles"), _("transport"), _("other"),
    }
)  # fmt: skip
"""Words that registers and supplier lists use, in lower case; any other is shown as it was written."""


def sector_label(text: str) -> str:
    """Return a sector in the reader's language, with the capital that it was written with."""
    word = " ".join(text.replace("_", " ").casefold().split())
    if word not in WORDS:
        return text
    label = gettext(word)
    return label[:1].upper() + label[1:] if text[:1].isupper() else label
