"""Addresses of assessments, corrective actions, fees, contracts and ratings; joined to the recruiters' floor."""

from django.urls import path

from recruiters.views import assessments, contracts, corrections, fees, looks, ratings

patterns = [
    path("register/<str:ref>/assess/", assessments.start, name="assess"),
    path("register/<str:ref>/fees/", fees.record_fee, name="fee_new"),
    path("register/<str:ref>/contracts/", fees.record_contract, name="contract_new"),
    path("register/<str:ref>/contracts/compare/", contracts.new, name="contract_compare"),
    path("register/<str:ref>/rating/", ratings.judged, name="judged"),
    path("register/<str:ref>/rating/propose/", ratings.propose, name="propose"),
    path("assessments/", assessments.AssessmentList.as_view(), name="assessments"),
    path("assessments/looks/<str:ref>/", looks.look, name="look"),
    path("assessments/looks/<str:ref>/<slug:code>/", looks.part, name="look_part"),
    path("assessments/actions/", corrections.CorrectionList.as_view(), name="corrections"),
    path("assessments/actions/<str:ref>/", corrections.correction, name="correction"),
    path("assessments/actions/<str:ref>/files/<str:file_ref>/", corrections.correction_file, name="correction_file"),
    path("assessments/fees/", fees.FeeList.as_view(), name="fees"),
    path("assessments/fees/rules/", fees.rules, name="fee_rules"),
    path("assessments/fees/rules/new/", fees.set_rule, name="fee_rule_new"),
    path("assessments/fees/rules/<slug:code>/confirm/", fees.confirm_rule, name="fee_rule_confirm"),
    path("assessments/contracts/", contracts.ReviewList.as_view(), name="contracts"),
    path("assessments/contracts/<str:ref>/", contracts.detail, name="contract_review"),
    path("assessments/contracts/<str:ref>/files/<str:file_ref>/", contracts.file, name="contract_file"),
    path("assessments/ratings/", ratings.PublicationList.as_view(), name="publications"),
    path("assessments/ratings/<str:ref>/", ratings.publication, name="publication"),
    path("assessments/<str:ref>/", assessments.detail, name="assessment"),
    path("assessments/<str:ref>/finish/", assessments.finish, name="assessment_finish"),
    path("assessments/<str:ref>/outcome/", corrections.outcome, name="assessment_outcome"),
    path("assessments/<str:ref>/actions/new/", corrections.ask, name="correction_new"),
    path("assessments/<str:ref>/looks/<slug:kind>/", looks.begin, name="look_begin"),
    path("assessments/<str:ref>/evidence/<str:file_ref>/", assessments.evidence_file, name="assessment_file"),
    path("assessments/<str:ref>/<slug:code>/", assessments.principle, name="principle"),
]
