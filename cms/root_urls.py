"""Addresses of the public site that carry no language: the editors' admin, files, and what search engines read."""

from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin.urls import urlpatterns as admin_patterns
from wagtail.documents.urls import urlpatterns as document_patterns
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import views
from cms.gate import editors_only

to_sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # Our own sign-in, with its second factor, stands before Wagtail's.
    path("cms/login/", to_sign_in),
    path("cms/password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
    path("cms/", include(decorate_urlpatterns(list(admin_patterns), editors_only))),
    path("documents/", include(document_patterns)),
    path("media/images/<str:name>", views.picture, name="cms_picture"),
    path("media/original_images/<str:name>", views.original_picture),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
