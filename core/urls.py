"""Addresses of the workspace's ground floor."""

from django.urls import path

from core import views
from core.administration import keys
from core.administration import views as administration
from core.administration.lists import AccountList, AuditList, PersonList

app_name = "core"
urlpatterns = [
    path("", views.workspace_home, name="workspace"),
    path("notices/", views.notice_list, name="notices"),
    path("held/", views.held_form, name="held"),
    path("people/", PersonList.as_view(), name="people"),
    path("people/new/", administration.person_new, name="person_new"),
    path("people/<int:pk>/", administration.person, name="person"),
    path("people/<int:pk>/active/", administration.person_active, name="person_active"),
    path("roles/<int:pk>/end/", administration.role_end, name="role_end"),
    path("organisations/", AccountList.as_view(), name="accounts"),
    path("organisations/new/", administration.account_new, name="account_new"),
    path("keys/", keys.KeyList.as_view(), name="keys"),
    path("keys/new/", keys.key_new, name="key_new"),
    path("keys/<str:ref>/", keys.key, name="key"),
    path("keys/<str:ref>/revoke/", keys.key_revoke, name="key_revoke"),
    path("vault/", administration.vault, name="vault"),
    path("audit/", AuditList.as_view(), name="audit"),
]
