"""Addresses of inspections, in the workspace."""

from django.urls import path

from inspections.views import answers, findings, indicators, referrals, reports, supervision, visits

app_name = "inspections"
urlpatterns = [
    path("", visits.VisitQueue.as_view(), name="queue"),
    path("plan/", visits.plan, name="plan"),
    path("plan/<str:site_ref>/", visits.plan_site, name="plan_site"),
    path("actions/", findings.ActionList.as_view(), name="actions"),
    path("actions/<str:ref>/", findings.action_page, name="action"),
    path("actions/<str:ref>/files/<str:file_ref>/", findings.action_file, name="action_file"),
    path("findings/<str:finding_ref>/withdraw/", findings.finding_withdraw, name="finding_withdraw"),
    path("findings/<str:finding_ref>/note/", findings.finding_note, name="finding_note"),
    path("referrals/", referrals.ReferralList.as_view(), name="referrals"),
    path("referrals/<str:ref>/", referrals.referral, name="referral"),
    path("referrals/<str:ref>/details/", referrals.referral_details, name="referral_details"),
    path("referrals/<str:ref>/withdraw-consent/", referrals.consent_withdraw, name="consent_withdraw"),
    path("inbox/", referrals.Inbox.as_view(), name="inbox"),
    path("inbox/<str:ref>/", referrals.inbox_referral, name="inbox_referral"),
    path("letters/", reports.LetterList.as_view(), name="letters"),
    path("letters/<str:ref>/", reports.letter, name="letter"),
    path("letters/<str:ref>.pdf", reports.letter_file, name="letter_file"),
    path("supervision/", supervision.supervision, name="supervision"),
    path("visits/<str:ref>/", visits.visit_page, name="visit"),
    path("visits/<str:ref>/start/", visits.start, name="start"),
    path("visits/<str:ref>/cancel/", visits.cancel, name="cancel"),
    path("visits/<str:ref>/reopen/", visits.reopen, name="reopen"),
    path("visits/<str:ref>/team/", visits.team, name="team"),
    path("visits/<str:ref>/interest/", visits.declare, name="declare"),
    path("visits/<str:ref>/why/", visits.trigger, name="trigger"),
    path("visits/<str:ref>/sections/<str:code>/", answers.section, name="section"),
    path("visits/<str:ref>/interviews/", answers.interviews, name="interviews"),
    path("visits/<str:ref>/interviews/<str:interview_ref>/", answers.interview, name="interview"),
    path(
        "visits/<str:ref>/interviews/<str:interview_ref>/<str:code>/",
        answers.interview_section,
        name="interview_section",
    ),
    path("visits/<str:ref>/files/", answers.exhibits, name="exhibits"),
    path("visits/<str:ref>/files/<str:file_ref>/", answers.exhibit_file, name="exhibit_file"),
    path("visits/<str:ref>/findings/", findings.findings, name="findings"),
    path("visits/<str:ref>/findings/new/", findings.finding_new, name="finding_new"),
    path("visits/<str:ref>/indicators/", indicators.indicators, name="indicators"),
    path("visits/<str:ref>/referrals/", referrals.visit_referrals, name="visit_referrals"),
    path("visits/<str:ref>/refer/<str:route>/", referrals.refer, name="refer"),
    path("visits/<str:ref>/close/", answers.close, name="close"),
    path("visits/<str:ref>/report/", reports.report, name="report"),
    path("visits/<str:ref>/report.pdf", reports.report_file, name="report_file"),
    path("visits/<str:ref>/letter/", reports.letter_draft, name="letter_draft"),
]
