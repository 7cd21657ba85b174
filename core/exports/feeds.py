"""Write feeds whatever somebody typed: what XML cannot hold becomes a mark, and no feed fails."""

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return text that XML 1.0 can hold (W3C, production 2)."""
    return _UNWRITABLE.sub("\ufffd", text)


class _Sound(SyndicationFeed):
    def add_item(self, title: str, link: str, description: str | None = None, **more: Any) -> None:  # type: ignore[override]
        """Add an item with all its words made fit for XML."""
        told: dict[str, Any] = {"title": title, "link": link, "description": description, **more}
        fit: Any = {name: xml_text(value) if isinstance(value, str) else value for name, value in told.items()}
        super().add_item(**fit)


class SoundAtom(_Sound, Atom1Feed):
    """An Atom feed whose items can always be written."""


class SoundRss(_Sound, Rss201rev2Feed):
    """An RSS feed whose items can always be written."""
