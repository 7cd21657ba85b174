"""Addresses of the public site below each language."""

from django.urls import path, re_path

from cms import feeds, serving, views
from cms.statistics import views as statistics

urlpatterns = [
    path("verify/", views.verify, name="verify"),
    path("verify/file/", views.verify_file, name="verify_file"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/method/", statistics.method, name="statistics_method"),
    path("statistics/datapackage.zip", statistics.as_package, name="statistics_package"),
    path("statistics/<slug:code>.csv", statistics.as_csv, name="statistics_csv"),
    path("statistics/<slug:code>.json", statistics.as_json, name="statistics_json"),
    path("news/feed/", feeds.NewsFeed(), name="news_feed"),
    path("", serving.front, name="front"),
    re_path(r"^((?:[\w\-]+/)*)$", serving.serve, name="wagtail_serve"),
]
