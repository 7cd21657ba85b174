"""Every address of the product."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from core import views

WORKSPACE = ("recruiters", "checklists", "inspections", "grievances", "duediligence")
PUBLIC = {"grievances": "report", "recruiters": "recruiters", "duediligence": "reports"}

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("accounts/", include("allauth.urls")),
    path("workspace/", include("core.urls")),
    *(path(f"workspace/{app}/", include(f"{app}.urls")) for app in WORKSPACE if find_spec(f"{app}.urls")),
    path("cms/", include("wagtail.admin.urls")),
]
public_patterns = [
    path(f"{where}/", include(f"{app}.public_urls")) for app, where in PUBLIC.items() if find_spec(f"{app}.public_urls")
]
if find_spec("cms.urls"):
    public_patterns.append(path("", include("cms.urls")))
urlpatterns += i18n_patterns(*public_patterns)
