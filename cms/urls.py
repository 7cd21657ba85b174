"""Addresses of the public site below each language."""

from django.urls import path, re_path
from wagtail import views as wagtail_views

from cms import feeds
from cms.caching import kept_for_a_minute

urlpatterns = [
    path("news/feed/", feeds.NewsFeed(), name="news_feed"),
    re_path(r"^((?:[\w\-]+/)*)$", kept_for_a_minute(wagtail_views.serve), name="wagtail_serve"),
]
