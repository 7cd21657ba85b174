"""Make the sizes of a page's pictures when it is published, so that no reader ever waits for that."""

from typing import Any

from wagtail.signals import page_published

from cms.models import PublicPage

SIZE = "max-1200x1200|format-webp"


def make_sizes(instance: Any, **_kwargs: object) -> None:
    """Make the size that the templates show for each picture in the page's body."""
    if isinstance(instance, PublicPage):
        for block in instance.body:
            if block.block_type == "picture" and block.value["image"] is not None:
                block.value["image"].get_rendition(SIZE)


def connect() -> None:
    """Make sizes whenever a page is published."""
    page_published.connect(make_sizes, dispatch_uid="cms.pictures")
