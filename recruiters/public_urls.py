"""Addresses of the public register, under the reader's language."""

from django.urls import path

from recruiters import public_views

app_name = "recruiters_public"
urlpatterns = [
    path("", public_views.PublicRegister.as_view(), name="register"),
    path("<str:ref>/", public_views.recruiter, name="recruiter"),
]
