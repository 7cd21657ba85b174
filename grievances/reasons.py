"""Name in words what is kept in codes: reasons for opening, recusal, triage and routes, root causes, remedy items."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

OPEN_REASONS: Words = {
    "triage": _("To decide how to handle it"),
    "safety": _("To judge whether somebody is in danger"),
    "answer": _("To answer the worker"),
    "verify": _("To check a fact"),
    "remedy": _("To plan or follow remedy"),
    "closing": _("To decide about closing"),
    "supervision": _("To supervise the handling"),
}
RECUSAL_REASONS: Words = {
    "knows_party": _("I know somebody who is accused"),
    "works_with_party": _("I work or worked with somebody who is accused"),
    "knows_worker": _("I know the worker"),
    "other_interest": _("I have another interest in the outcome"),
}
TRIAGE_REASONS: Words = {
    "category": _("The gravest thing ticked is “%(detail)s”."),
    "several_indicators": _("Signs of forced labour of different kinds come together: %(detail)s."),
    "forced_labour_pattern": _(
        "Three or more signs, among them control or coercion, may mean forced labour: %(detail)s."
    ),
    "danger_now": _("The worker says that somebody is in danger now."),
    "under_18": _("Somebody under 18 is affected."),
    "many_people": _("Many people are affected."),
    "others_in_30_days": _("Other reports about the same party came in within 30 days: %(detail)s."),
    "time_closing": _("Time is short: a journey home, a visa or evidence may be lost soon."),
    "accused_has_account": _("A party named has people with an account here. They cannot see this."),
}
FAMILIES: Words = {
    "deceit": _("deceit"),
    "control": _("control"),
    "coercion": _("coercion"),
    "money": _("money"),
    "conditions": _("conditions"),
}
ROUTES: Words = {
    "case_team": _("Case team"),
    "child_protection": _("Child protection: tell the authority within 24 hours"),
    "family_liaison": _("Family liaison"),
    "fee_repayment": _("Repayment of fees"),
    "health_same_day": _("Health care on the same day: treatment after assault has short time limits"),
    "independent_handler": _("A handler outside the line of whoever is accused"),
    "inspection": _("Check for imminent danger with the inspectorate, if the worker agrees"),
    "retaliation_watch": _("Watch for retaliation: check after 7, 30, 90 and 180 days"),
    "safety_plan": _("Safety plan on the same day"),
    "survivor_specialist": _("Specialist for survivors; keep the record short"),
    "trafficking_screening": _("Screening for trafficking and forced labour"),
}
# One or two words per category, for lists; the standard's own label stands on the grievance's page.
CATEGORIES_SHORT: Words = {
    "FEE": _("Fees"),
    "CON": _("Contract"),
    "DEC": _("Deception"),
    "WAG": _("Wages"),
    "DOC": _("Documents kept"),
    "MOV": _("Movement"),
    "EXI": _("Cannot leave"),
    "HRS": _("Hours"),
    "HOU": _("Housing"),
    "OSH": _("Safety, health"),
    "VIO": _("Violence"),
    "HAR": _("Harassment"),
    "SEX": _("Sexual violence"),
    "THR": _("Threats"),
    "DIS": _("Discrimination"),
    "FOA": _("Association"),
    "DIM": _("Dismissal"),
    "RET": _("Retaliation"),
    "CHL": _("Child labour"),
    "TIP": _("Trafficking"),
    "DEA": _("Death, injury"),
    "SOC": _("Social security"),
    "DAT": _("Privacy"),
    "INS": _("Officials"),
    "ENV": _("Environment"),
    "OTH": _("Something else"),
}
PRIORITIES: Words = {"urgent": _("Urgent"), "high": _("High"), "normal": _("Normal")}
PRIORITY_TONES = {"urgent": "bad", "high": "warn", "normal": "info"}
CLOCKS: Words = {
    "acknowledge": _("Acknowledge"),
    "triage": _("Decide"),
    "first_action": _("First action"),
    "update": _("Tell the worker how it stands"),
    "resolve": _("Resolve"),
    "answer": _("Answer the worker"),
    "pressure_check": _("Check that nobody made the worker withdraw"),
    "second_person": _("Second person to agree to closing"),
    "reply": _("Answer of whoever is accused"),
    "safety_check": _("Ask whether she is punished for complaining"),
}
DECISIONS: Words = {
    "accept": _("Accept and open a case"),
    "needs_information": _("Ask the worker first"),
    "refer_out": _("Refer elsewhere, with the worker's consent"),
    "not_accepted": _("Not accepted"),
}
ROOT_CAUSES: Words = {
    "fees_in_chain": _("Costs of recruitment pushed on to workers"),
    "unlicensed_agent": _("An agent without a licence in the chain"),
    "documents_policy": _("A practice of keeping documents"),
    "pay_system": _("A pay system that does not work or is bent"),
    "contract_substitution": _("Contracts exchanged on arrival"),
    "tied_status": _("A permit tied to one employer"),
    "supervision": _("Supervisors not trained or not held to account"),
    "prices_and_deadlines": _("Prices or deadlines that leave no room for fair work"),
    "no_voice": _("No safe way to complain at work"),
    "not_found": _("Looked for and not found"),
}
REMEDY_ITEMS: Words = {
    "passport_returned": _("Passport or papers returned"),
    "fees_repaid": _("Recruitment fees repaid"),
    "wages_paid": _("Wages owed paid"),
    "deductions_reversed": _("Deductions reversed"),
    "contract_corrected": _("Contract corrected and given in the worker's language"),
    "reinstated": _("Job given back"),
    "transfer_allowed": _("Change of employer allowed"),
    "ticket_home": _("Ticket home"),
    "medical_care": _("Medical care"),
    "counselling": _("Counselling"),
    "shelter": _("Safe place to stay"),
    "legal_aid": _("Legal help"),
    "damages": _("Compensation for harm"),
    "housing_improved": _("Housing improved"),
    "apology_given": _("Apology"),
    "manager_removed": _("Manager or agent removed"),
    "policy_changed": _("Policy changed and checked"),
    "recruiter_replaced": _("Recruiter replaced"),
    "sanction": _("Decision of an authority"),
    "order": _("Order of a court or authority"),
    "finding_published": _("Finding made known"),
}
CONTACT_CHANNELS: Words = {
    "receipt": _("Through the receipt"),
    "phone": _("Phone call"),
    "sms": _("Text message"),
    "email": _("E-mail"),
    "in_person": _("In person"),
    "representative": _("Through somebody who represents her"),
}
BLOCKERS: Words = {
    "no_steps": _("No step of remedy is planned."),
    "not_delivered": _("Step %(step)s is not delivered."),
    "proof_missing": _("Step %(step)s has no proof of delivery."),
    "worker_word_missing": _("The worker has not yet said whether step %(step)s was delivered."),
    "only_partly": _("The worker says that step %(step)s was delivered only in part."),
    "worker_disputes": _("The worker says that step %(step)s was not delivered."),
    "nothing_delivered": _("Nothing is delivered with proof."),
    "no_refused_step": _("No step is recorded as refused."),
    "contact_attempts_missing": _("Contact is not lost yet: at least 3 tries in 2 ways over 30 days."),
    "root_cause_missing": _("Say what let it happen."),
    "not_withdrawn": _("The worker has not withdrawn."),
}
STEP_STATES: Words = {
    "proposed": _("Proposed"),
    "agreed": _("Agreed"),
    "delivered": _("Delivered, worker to confirm"),
    "confirmed": _("Confirmed by the worker"),
    "partly": _("Delivered in part"),
    "disputed": _("Worker says: not delivered"),
    "refused": _("Refused"),
    "replaced": _("Replaced"),
}
STEP_TONES = {
    "agreed": "info",
    "delivered": "warn",
    "confirmed": "good",
    "partly": "warn",
    "disputed": "bad",
    "refused": "bad",
}


def say(words: Words, code: str, **values: object) -> str:
    """Return a code in words, in the active language; a code without words is returned as it is."""
    text = str(words.get(code, code))
    return text % values if values else text
