"""Addresses of published reports."""

from django.urls import path, re_path

from duediligence.views import public

app_name = "duediligence_public"
KIND = r"(?P<kind>json|csv|pdf)"
REF = r"(?P<ref>RPT-[0-9A-Za-z-]+)"
urlpatterns = [
    path("", public.ReportList.as_view(), name="reports"),
    path("feed.atom", public.ReportFeed(), name="feed"),
    re_path(rf"^{REF}/(?P<number>[0-9]{{1,6}})\.{KIND}$", public.report_file, name="version_file"),
    path("<str:ref>/<int:number>.csv-metadata.json", public.csv_metadata, name="version_csv_metadata"),
    re_path(rf"^{REF}\.{KIND}$", public.report_file, name="report_file"),
    path("<str:ref>/", public.report, name="report"),
    path("<str:ref>/<int:number>/", public.report, name="version"),
]
