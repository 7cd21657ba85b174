"""Let readers subscribe to the news of one language."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.models import NewsIndex, NewsPage
from core.exports.feeds import SoundRss


class NewsFeed(Feed[NewsPage, str]):
    """The newest news as RSS."""

    feed_type = SoundRss

    def get_object(self, request: HttpRequest, *_args: object, **_kwargs: object) -> str:  # noqa: ARG002
        """Return the language that is asked for."""
        return get_language() or "en"

    def title(self) -> str:
        """Return the feed's name."""
        return _("Safeconduct: news")

    def description(self) -> str:
        """Return what the feed is about."""
        return _("News about fair recruitment and safe work.")

    def link(self, language: str) -> str:
        """Return where the news are."""
        index = NewsIndex.objects.live().filter(locale__language_code=language).first()
        return index.url if index is not None else f"/{language}/"

    def items(self, language: str) -> "QuerySet[NewsPage]":
        """Return the newest twenty."""
        found: QuerySet[NewsPage] = NewsPage.objects.live().filter(locale__language_code=language)
        return found.order_by("-day", "-pk")[:20]

    def item_title(self, item: NewsPage) -> str:
        """Return the headline."""
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        """Return the summary."""
        return item.summary

    def item_link(self, item: NewsPage) -> str:
        """Return the page's address."""
        return item.url or ""

    def item_pubdate(self, item: NewsPage) -> dt.datetime:
        """Return the day of the news."""
        return timezone.make_aware(dt.datetime.combine(item.day, dt.time(12)))
