"""Addresses of the checklists."""

from django.urls import path

from checklists import views

app_name = "checklists"
urlpatterns = [
    path("", views.VersionList.as_view(), name="versions"),
    path("<slug:code>/<int:number>/", views.version_page, name="version"),
    path("<slug:code>/<int:number>/changes/", views.changes_page, name="changes"),
    path("<slug:code>/<int:number>.json", views.version_json, name="version_json"),
]
