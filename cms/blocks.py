"""The few building blocks of a public page."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from cms import destinations
from core.pictograms import PICTOGRAMS

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "h3"]


def pictogram_choices() -> list[tuple[str, str]]:
    """Return the drawings by their codes."""
    return [(code, code.capitalize()) for code in sorted(PICTOGRAMS)]


class PointBlock(blocks.StructBlock):  # type: ignore[misc]
    """One thing to know: a drawing, a short claim, a few words."""

    pictogram = blocks.ChoiceBlock(choices=pictogram_choices, required=False, label=_("drawing"))
    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.RichTextBlock(features=["bold", "italic", "link", "ul"], required=False, label=_("text"))


class StepBlock(blocks.StructBlock):  # type: ignore[misc]
    """One step of something that is done in order."""

    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.RichTextBlock(features=["bold", "italic", "link", "ul"], required=False, label=_("text"))


class NoticeBlock(blocks.StructBlock):  # type: ignore[misc]
    """Words that stand out."""

    tone = blocks.ChoiceBlock(
        choices=[("info", _("To know")), ("warning", _("Take care")), ("success", _("Good news"))],
        default="info",
        label=_("tone"),
    )
    text = blocks.RichTextBlock(features=["bold", "link", "ul"], label=_("text"))

    class Meta:
        icon = "warning"
        label = _("Notice")
        template = "cms/blocks/notice.html"


class DestinationBlock(blocks.StructBlock):  # type: ignore[misc]
    """Something that leads to a part of the product; it disappears while that part is not installed."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the address in the page's language."""
        context: dict[str, Any] = super().get_context(value, parent_context)
        code = value["destination"]
        context["address"] = destinations.address(code, get_language() or "en") if destinations.is_open(code) else ""
        context["destination_label"] = destinations.DESTINATIONS[code][1] if code in destinations.DESTINATIONS else ""
        return context


class CallBlock(DestinationBlock):
    """An invitation to act, with one button."""

    title = blocks.CharBlock(max_length=120, label=_("title"))
    text = blocks.TextBlock(required=False, label=_("text"))
    destination = blocks.ChoiceBlock(choices=destinations.choices, label=_("leads to"))

    class Meta:
        icon = "arrow-right"
        label = _("Invitation")
        template = "cms/blocks/call.html"


class PictureBlock(blocks.StructBlock):  # type: ignore[misc]
    """A picture, with what it shows in words for those who do not see it."""

    image = ImageChooserBlock(label=_("picture"))
    shows = blocks.CharBlock(max_length=250, label=_("what it shows, for those who do not see it"))
    caption = blocks.CharBlock(max_length=250, required=False, label=_("caption"))

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "cms/blocks/picture.html"


class SourceBlock(blocks.StructBlock):  # type: ignore[misc]
    """Where a claim comes from."""

    title = blocks.CharBlock(max_length=300, label=_("title"))
    url = blocks.URLBlock(required=False, label=_("address"))


class PageBodyBlock(blocks.StreamBlock):  # type: ignore[misc]
    """Everything that a public page may be built from."""

    heading = blocks.CharBlock(
        max_length=160, icon="title", label=_("Heading"), template="cms/blocks/heading.html", form_classname="title"
    )
    text = blocks.RichTextBlock(features=TEXT_FEATURES, label=_("Text"), template="cms/blocks/text.html")
    points = blocks.ListBlock(PointBlock(), icon="list-ul", label=_("Points"), template="cms/blocks/points.html")
    steps = blocks.ListBlock(StepBlock(), icon="list-ol", label=_("Steps"), template="cms/blocks/steps.html")
    notice = NoticeBlock()
    picture = PictureBlock()
    call = CallBlock()
    sources = blocks.ListBlock(SourceBlock(), icon="openquote", label=_("Sources"), template="cms/blocks/sources.html")


class WayBlock(DestinationBlock):
    """A card on the first page that leads to one part of the product."""

    pictogram = blocks.ChoiceBlock(choices=pictogram_choices, label=_("drawing"))
    title = blocks.CharBlock(max_length=80, label=_("title"))
    text = blocks.TextBlock(label=_("text"))
    destination = blocks.ChoiceBlock(choices=destinations.choices, label=_("leads to"))

    class Meta:
        icon = "link"
        label = _("Way")
        template = "cms/blocks/way.html"
