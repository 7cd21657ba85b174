"""Addresses of the workspace's ground floor."""

from django.urls import path

from core import views

app_name = "core"
urlpatterns = [
    path("", views.workspace_home, name="workspace"),
    path("notices/", views.notice_list, name="notices"),
    path("held/", views.held_form, name="held"),
]
