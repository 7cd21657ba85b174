"""Addresses of the worker's channel, below /<lang>/report/."""

from django.urls import path

from grievances.views import exits, followup, paper, parts, receipt, renewing, report

app_name = "grievances_public"
urlpatterns = [
    path("", report.start, name="start"),
    path("new/", report.report, name="report"),
    path("part/", parts.part, name="part"),
    path("receipt/", receipt.receipt, name="receipt"),
    path("safety/", exits.safety, name="safety"),
    path("form.pdf", paper.paper, name="paper"),
    path("exit/", exits.quick_exit, name="exit"),
    path("follow-up/", followup.entry, name="followup"),
    path("follow-up/renew/", renewing.renew, name="renew"),
    path("follow-up/case/", followup.case, name="case"),
    path("follow-up/hide/", followup.hide, name="hide"),
    path("follow-up/say/", followup.say, name="say"),
    path("follow-up/words/", followup.own_words, name="words"),
    path("follow-up/contact/", followup.contact, name="contact"),
    path("follow-up/withdraw/", followup.withdraw, name="withdraw"),
]
