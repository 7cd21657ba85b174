"""Every address of the product."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path

from core import views
from core.api.endpoint import nothing_here
from grievances.views import exits, sms

handler400 = "core.api.pages.bad_request"
handler500 = "core.api.pages.server_error"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("sms/in/", sms.incoming, name="sms_in"),
    path("workspace/", include("core.urls")),
    path("workspace/recruiters/", include("recruiters.urls")),
    path("workspace/checklists/", include("checklists.urls")),
    path("workspace/inspections/", include("inspections.urls")),
    path("workspace/grievances/", include("grievances.urls")),
    path("workspace/replies/", include("grievances.reply_urls")),
    path("workspace/help/", include("grievances.help_urls")),
    path("workspace/duediligence/", include("duediligence.urls")),
    path("api/v1/", include("recruiters.api.urls")),
    re_path(r"^api(?:/.*)?$", nothing_here),
    path("", include("cms.root_urls")),
    *i18n_patterns(
        path("report/", include("grievances.public_urls")),
        path("calendar/", exits.calendar, name="calendar"),  # where quick exit leads: its address tells nothing
        path("recruiters/", include("recruiters.public_urls")),
        path("reports/", include("duediligence.public_urls")),
        path("", include("cms.urls")),
    ),
]
