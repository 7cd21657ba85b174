"""Addresses of a company's workspace."""

from django.urls import path

from duediligence.views import cases, engagements, home, publishing, records, risks, suppliers

app_name = "duediligence"
urlpatterns = [
    path("", home.home, name="home"),
    path("begin/<str:ref>/", home.begin, name="begin"),
    path("companies/<str:ref>/", home.company, name="company"),
    path("companies/<str:ref>/open/", home.open_record, name="open"),
    path("suppliers/", suppliers.SupplierList.as_view(), name="suppliers"),
    path("suppliers/add/", suppliers.supplier_add, name="supplier_add"),
    path("suppliers/import/", suppliers.supplier_import, name="supplier_import"),
    path("suppliers/imports/<str:ref>/", suppliers.import_report, name="import"),
    path("suppliers/<str:ref>/", suppliers.supplier, name="supplier"),
    path("suppliers/<str:ref>/end/", suppliers.supplier_end, name="supplier_end"),
    path("recruiters/", engagements.EngagementList.as_view(), name="engagements"),
    path("recruiters/find/", engagements.find, name="engagement_find"),
    path("recruiters/add/<str:ref>/", engagements.add, name="engagement_add"),
    path("recruiters/<str:ref>/", engagements.engagement, name="engagement"),
    path("cases/", cases.cases, name="cases"),
    path("cases/<str:ref>/", cases.case, name="case"),
    path("records/<str:ref>/", records.record, name="record"),
    path("records/<str:ref>/settings/", records.settings, name="record_settings"),
    path("records/<str:ref>/answers/<str:code>/", records.answer, name="answer"),
    path("records/<str:ref>/answers/<str:code>/evidence/", records.evidence_add, name="evidence_add"),
    path("records/<str:ref>/evidence/<str:file_ref>/", records.evidence_read, name="evidence"),
    path("records/<str:ref>/evidence/<str:file_ref>/remove/", records.evidence_remove, name="evidence_remove"),
    path("records/<str:ref>/risks/", risks.risks, name="risks"),
    path("records/<str:ref>/risks/add/", risks.risk_add, name="risk_add"),
    path("records/<str:ref>/risks/<str:risk_ref>/", risks.risk, name="risk"),
    path("records/<str:ref>/actions/", risks.actions, name="actions"),
    path("records/<str:ref>/actions/add/", risks.action_add, name="action_add"),
    path("records/<str:ref>/actions/<str:action_ref>/", risks.action, name="action"),
    path("records/<str:ref>/check/", publishing.check, name="check"),
    path("records/<str:ref>/approval/", publishing.approval, name="approval"),
    path("records/<str:ref>/publish/", publishing.publish, name="publish"),
    path("records/<str:ref>/versions/", publishing.versions, name="versions"),
    path("records/<str:ref>/withdraw/", publishing.withdraw, name="withdraw"),
]
