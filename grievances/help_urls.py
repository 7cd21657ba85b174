"""Addresses where a partner finds whom to help, as far as each of them agreed."""

from django.urls import path

from grievances.views import helping

app_name = "help"
urlpatterns = [
    path("", helping.Referrals.as_view(), name="referrals"),
    path("<str:ref>/", helping.referral, name="referral"),
    path("<str:ref>/files/<str:file_ref>/", helping.file, name="file"),
]
