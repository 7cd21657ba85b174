"""Addresses of the public site below each language."""

from django.urls import path, re_path
from wagtail import views as wagtail_views

from cms import feeds, views
from cms.caching import kept_for_a_minute
from cms.statistics import views as statistics

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/<slug:code>.csv", statistics.as_csv, name="statistics_csv"),
    path("statistics/<slug:code>.json", statistics.as_json, name="statistics_json"),
    path("news/feed/", feeds.NewsFeed(), name="news_feed"),
    re_path(r"^((?:[\w\-]+/)*)$", kept_for_a_minute(wagtail_views.serve), name="wagtail_serve"),
]
