"""The pages of the public site. Workers' evidence is never here: Wagtail holds what everyone may read."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import PageBodyBlock, WayBlock, pictogram_choices
from cms.translations import alternates_of


class PublicPage(Page):  # type: ignore[misc]  # Wagtail ships no types
    """What every public page has: a title, a sentence that says what it is for, and a body."""

    summary = models.CharField(_("summary"), max_length=300, help_text=_("One sentence, shown below the title."))
    body = StreamField(PageBodyBlock(required=False), blank=True, verbose_name=_("body"))

    private_page_options: ClassVar[list[str]] = []  # what is here is public, or not here
    show_in_menus_default = False
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the page's address in every language and the way back."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["alternates"] = alternates_of(self)
        context["canonical"] = self.full_url
        return context

    def live_children(self) -> "models.QuerySet[Page]":
        """Return the published pages below this one."""
        return self.get_children().live().specific().order_by("path")  # type: ignore[no-any-return]


class HomePage(PublicPage):
    """The first page of one language."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["cms.RightsIndex", "cms.GuidanceIndex", "cms.NewsIndex", "cms.InfoPage"]
    max_count_per_parent = 10

    ways = StreamField([("way", WayBlock())], blank=True, verbose_name=_("ways in"))
    content_panels = [*PublicPage.content_panels, FieldPanel("ways")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the rights in short and the latest news."""
        context = super().get_context(request, *args, **kwargs)
        rights = list(RightsPage.objects.descendant_of(self).live().order_by("path"))
        context["rights"], context["more_rights"] = rights[:6], rights[6:]
        context["rights_index"] = RightsIndex.objects.child_of(self).live().first()
        context["latest_news"] = NewsPage.objects.descendant_of(self).live().order_by("-day", "-pk")[:3]
        context["guidance"] = GuidancePage.objects.descendant_of(self).live().order_by("path")[:4]
        return context


class RightsIndex(PublicPage):
    """Know your rights: all of them at a glance."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.RightsPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the rights."""
        context = super().get_context(request, *args, **kwargs)
        context["rights"] = RightsPage.objects.child_of(self).live().order_by("path")
        return context


class RightsPage(PublicPage):
    """One right, in plain words."""

    parent_page_types: ClassVar[list[str]] = ["cms.RightsIndex"]
    subpage_types: ClassVar[list[str]] = []

    pictogram = models.CharField(_("drawing"), max_length=20, choices=pictogram_choices, default="shield")
    content_panels = [*PublicPage.content_panels, FieldPanel("pictogram")]


class GuidanceIndex(PublicPage):
    """Guidance for those who recruit, employ and inspect."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.GuidancePage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the guidance pages."""
        context = super().get_context(request, *args, **kwargs)
        context["guidance"] = GuidancePage.objects.child_of(self).live().order_by("path")
        return context


class GuidancePage(PublicPage):
    """Guidance on one subject for one audience."""

    parent_page_types: ClassVar[list[str]] = ["cms.GuidanceIndex"]
    subpage_types: ClassVar[list[str]] = []

    class Audience(models.TextChoices):
        """Who a page is written for."""

        WORKERS = "workers", _("For workers")
        COMPANIES = "companies", _("For companies")
        RECRUITERS = "recruiters", _("For recruiters")
        INSPECTORS = "inspectors", _("For inspectors")

    pictogram = models.CharField(_("drawing"), max_length=20, choices=pictogram_choices, default="building")
    audience = models.CharField(_("audience"), max_length=20, choices=Audience.choices)
    content_panels = [*PublicPage.content_panels, FieldPanel("audience"), FieldPanel("pictogram")]


class NewsIndex(PublicPage):
    """News, newest first."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = ["cms.NewsPage"]
    shown = 50

    def news(self) -> "models.QuerySet[NewsPage]":
        """Return the published news, newest first."""
        return NewsPage.objects.child_of(self).live().order_by("-day", "-pk")  # type: ignore[no-any-return]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the newest news."""
        context = super().get_context(request, *args, **kwargs)
        context["news"] = self.news()[: self.shown]
        return context


class NewsPage(PublicPage):
    """One piece of news."""

    parent_page_types: ClassVar[list[str]] = ["cms.NewsIndex"]
    subpage_types: ClassVar[list[str]] = []

    day = models.DateField(_("day"), default=timezone.localdate)
    is_demo = models.BooleanField(_("made up for the demonstration"), default=False, editable=False)
    content_panels = [*PublicPage.content_panels, FieldPanel("day")]

    class Meta:
        indexes = [models.Index(fields=["-day"])]


class InfoPage(PublicPage):
    """A page about the site itself: about, privacy, accessibility."""

    parent_page_types: ClassVar[list[str]] = ["cms.HomePage"]
    subpage_types: ClassVar[list[str]] = []
