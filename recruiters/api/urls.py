"""Addresses of the programs' interface; none ends in a slash, and none is ever redirected to one that does."""

from django.urls import path, re_path

from core.api import pages
from core.api.endpoint import nothing_here
from recruiters.api import catalog, entities, matching, register, searching
from recruiters.api.reconcile import views as reconcile

app_name = "api"
_KIND = r"(?P<kind>entity|type|property)"
_SERVICE = r"^reconcile/(?P<dataset>[\w.-]+)"
urlpatterns = [
    path("openapi.json", pages.openapi, name="openapi"),
    path("docs", pages.docs, name="docs"),
    path("healthz", catalog.healthz, name="healthz"),
    path("readyz", catalog.ready, name="readyz"),
    path("catalog", catalog.catalog, name="catalog"),
    path("algorithms", catalog.algorithms, name="algorithms"),
    path("match/<str:dataset>", matching.match, name="match"),
    path("search/<str:dataset>", searching.search, name="search"),
    path("entities/<str:entity_id>", entities.entity, name="entity"),
    path("entities/<str:entity_id>/adjacent", entities.adjacent, name="adjacent"),
    path("entities/<str:entity_id>/adjacent/<str:prop>", entities.adjacent, name="adjacent_property"),
    re_path(_SERVICE + r"$", reconcile.service, name="reconcile"),
    re_path(_SERVICE + rf"/suggest/{_KIND}$", reconcile.suggest, name="reconcile_suggest"),
    re_path(_SERVICE + rf"/flyout/{_KIND}$", reconcile.flyout, name="reconcile_flyout"),
    re_path(_SERVICE + r"/propose-properties$", reconcile.propose_properties, name="reconcile_properties"),
    re_path(_SERVICE + r"/preview/(?P<ref>[^/]+)$", reconcile.preview, name="reconcile_preview"),
    path("register/recruiters.csv", register.recruiters_csv, name="register_recruiters_csv"),
    path(
        "register/recruiters.csv-metadata.json", register.csvw, {"name": "recruiters"}, name="register_recruiters_csvw"
    ),
    path("register/licences.csv", register.licences_csv, name="register_licences_csv"),
    path("register/licences.csv-metadata.json", register.csvw, {"name": "licences"}, name="register_licences_csvw"),
    path("register/csv-metadata.json", register.csvw, name="register_csvw"),
    path("register/recruiters.jsonl", register.jsonl_file, name="register_jsonl"),
    path("register/recruiters.ftm.jsonl", register.ftm_file, name="register_ftm"),
    path("register/recruiters.bods.jsonl", register.bods_file, name="register_bods"),
    path("register/changes.atom", register.changes, name="register_changes"),
    path("register/<str:ref>.json", register.recruiter, name="register_recruiter"),
    path("register/<str:ref>/changes.atom", register.changes, name="recruiter_changes"),
    re_path(r"^.*$", nothing_here),
]
