"""Addresses of the case officer's workspace, below /workspace/grievances/."""

from django.urls import path

from grievances.views import assisted, cases, handling, keys, queue, repayments

app_name = "grievances"
urlpatterns = [
    path("", queue.Queue.as_view(), name="queue"),
    path("new/", assisted.assisted, name="assisted"),
    path("keys/", keys.keys, name="keys"),
    path("keys/give/", keys.give, name="key_give"),
    path("keys/cover/", keys.cover, name="key_cover"),
    path("cases/", queue.Cases.as_view(), name="cases"),
    path("cases/<str:ref>/", cases.case, name="case"),
    path("cases/<str:ref>/steps/", cases.add_step, name="add_step"),
    path("cases/<str:ref>/steps/<int:number>/", cases.move, name="move_step"),
    path("cases/<str:ref>/attempts/", cases.attempt, name="attempt"),
    path("cases/<str:ref>/close/", cases.close, name="close"),
    path("cases/<str:ref>/second/", cases.second, name="second"),
    path("cases/<str:ref>/proof/<str:file_ref>/", cases.proof, name="proof"),
    path("cases/<str:ref>/repayment/<int:number>/", repayments.repayment, name="repayment"),
    path("cases/<str:ref>/repayment/<int:number>/terms/", repayments.terms, name="repayment_terms"),
    path("cases/<str:ref>/repayment/<int:number>/fees/", repayments.fee, name="repayment_fee"),
    path("cases/<str:ref>/repayment/<int:number>/fees/<int:item>/strike/", repayments.strike, name="repayment_strike"),
    path("cases/<str:ref>/repayment/<int:number>/rates/", repayments.rate, name="repayment_rate"),
    path("cases/<str:ref>/repayment/<int:number>/plan/", repayments.plan, name="repayment_plan"),
    path("cases/<str:ref>/repayment/<int:number>/payments/", repayments.payment, name="repayment_payment"),
    path("cases/<str:ref>/repayment/<int:number>/payments/<int:paid>/word/", repayments.word, name="repayment_word"),
    path("cases/<str:ref>/repayment/<int:number>/checks/<int:check>/", repayments.check, name="repayment_check"),
    path("cases/<str:ref>/repayment/<int:number>/files/<str:file_ref>/", repayments.proof, name="repayment_proof"),
    path("cases/<str:ref>/repayment/<int:number>/table.csv", repayments.table, name="repayment_table"),
    path("<str:ref>/", handling.grievance, name="grievance"),
    path("<str:ref>/open/", handling.open_words, name="open"),
    path("<str:ref>/contact/", handling.open_contact, name="open_contact"),
    path("<str:ref>/take/", handling.take, name="take"),
    path("<str:ref>/message/", handling.send_message, name="message"),
    path("<str:ref>/triage/", handling.triage, name="triage"),
    path("<str:ref>/accused/", handling.link, name="link"),
    path("<str:ref>/accused/<int:number>/drop/", handling.drop, name="drop"),
    path("<str:ref>/recuse/", handling.recuse, name="recuse"),
    path("<str:ref>/withdrawn/", handling.close_withdrawn, name="close_withdrawn"),
    path("<str:ref>/files/<str:file_ref>/", handling.file, name="file"),
]
