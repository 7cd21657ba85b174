"""Addresses of the public register, under the reader's language."""

from django.urls import path

from core.readers import speaks_every_language
from recruiters import public_views
from recruiters.public_ratings import published_rating
from recruiters.worker_checks.contract import contract_check
from recruiters.worker_checks.fees import fee_check

app_name = "recruiters_public"
urlpatterns = [
    path("fee-check/", fee_check, name="fee_check"),
    path("contract-check/", contract_check, name="contract_check"),
    path("", speaks_every_language(public_views.PublicRegister.as_view()), name="register"),
    path("<str:ref>/rating/", published_rating, name="rating"),
    path("<str:ref>/", public_views.recruiter, name="recruiter"),
]
