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
    "reply": _("Respondent's reply"),
    "safety_check": _("Ask whether she is punished for complaining"),
    "late_part": _("See to the late part of the repayment"),
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
    "still_unpaid": _("Step %(step)s: not all of the money is paid back and confirmed by her."),
    "worker_disputes": _("The worker says that step %(step)s was not delivered."),
    "nothing_delivered": _("Nothing is delivered with proof."),
    "no_refused_step": _("No step is recorded as refused."),
    "contact_attempts_missing": _("Contact is not lost yet: at least 3 tries in 2 ways over 30 days."),
    "root_cause_missing": _("Choose the root cause."),
    "not_withdrawn": _("The worker has not withdrawn."),
    "not_examined": _("Put down for each harm what was found out about it, and how."),
    "only_respondent_word": _("A harm is put aside on the word of whoever is accused alone. Look for something else."),
    "not_accepted_elsewhere": _("No partner has accepted a referral."),
    "reply_untold": _("The worker has not been told what whoever is accused answered."),
}
DISCLOSURE: Words = {
    "nothing_to_ask": _("Choose at least one category to ask about."),
    "not_of_this_case": _("A category is not of this case."),
    "not_looked_into": _("The worker does not agree that it is looked into."),
    "employer_not_told": _("The worker does not agree that her employer is talked to."),
    "name_not_told": _("The worker does not agree that her name is told."),
    "not_asked_her": _("Ask the worker first whether exactly this may be told, and say how she agreed."),
}
DISCLOSURE_RISKS: Words = {
    "danger_now": _("Somebody is in danger now. Is everybody safe before they learn of it?"),
    "name_told": _("They learn the worker's name."),
    "workforce_unknown": _("It is not known how many people work there. There may be few."),
    "few_workers": _("Fewer than 20 people work there: they may guess who complained."),
    "nobody_else": _("Nobody else has complained about them within a year: one person stands out."),
    "so_soon": _("She reported less than two weeks ago: the day of the question may point at her."),
    "place_and_time": _("Place and month together say who was there."),
    "pointed_category": _("Few people can have told of this category: it points at them."),
}
DISCLOSED: Words = {
    "categories": _("What it is about"),
    "country": _("Country"),
    "site": _("Site"),
    "period": _("Month"),
    "people": _("How many are affected"),
    "remedy": _("What would put it right"),
    "name": _("The worker's name"),
}
REFERRAL_FAULTS: Words = {
    "partner_accused": _("This partner is tied to somebody who is accused."),
    "no_partner": _("Choose a partner that takes referrals."),
    "child_route": _(
        "Somebody under 18 is affected: use the way for children, or say that the person referred is 18 or older."
    ),
    "no_consent": _("The worker has not agreed that services are asked. Ask her first, through the messages."),
    "explain_first": _("Explain everything on the list to her first, then ask again."),
    "how_agreed": _("Say how she agreed."),
    "nothing_told": _("Choose what the partner may know."),
    "not_for_children": _("Choose a partner that protects children."),
    "child_incomplete": _("Complete every line for a child, and hear the child."),
    "no_reason": _("Say why it cannot wait for her consent, in code and in words."),
    "no_notice": _("Write what the worker is told of it. Nothing is sent behind her back."),
    "too_much": _("Without consent, only what is needed to save a life may be told: no contact, no files."),
    "refused_tells_nothing": _("She did not agree, so nothing about her may be written down for the partner."),
}
REFERRAL_FIELDS: Words = {
    "needs": _("What help is needed"),
    "language": _("Language she speaks"),
    "place": _("Where she is, as far as needed"),
    "risks": _("What would put her in danger"),
    "prefers": _("Whom she would rather talk to"),
    "name": _("Her name"),
    "safe_contact": _("How she may be reached safely"),
    "child_age": _("Age, and how it is known"),
    "child_guardian": _("Guardian: who, or why none is told"),
    "child_views": _("What the child says and wants"),
    "child_authority": _("Which authority for children was told, and when"),
}
REFERRAL_EXPLAINED: Words = {
    "purpose": _("What the referral is for"),
    "receiver": _("Who receives it"),
    "fields": _("What exactly they would know"),
    "may_refuse": _("That she may say no, and loses nothing by it"),
    "may_withdraw": _("That she may take it back at any time"),
    "no_police_needed": _("That help does not depend on talking to the police"),
    "employer_not_told": _("That employer and recruiter are not told"),
    "views_heard": _("The child was heard"),
}
OVERRIDES: Words = {
    "danger_to_life": _("Her life is in danger"),
    "danger_to_others_life": _("The life of somebody with her is in danger"),
    "cannot_be_asked": _("She cannot be asked, and waiting may cost her life"),
}
REFERRAL_REASONS: Words = {
    "no_capacity": _("No room or time"),
    "not_our_service": _("We do not offer this help"),
    "not_our_area": _("Outside our area"),
    "not_this_group": _("We do not help this group of people"),
    "conflict_of_interest": _("We are tied to somebody concerned"),
    "unsafe": _("It would not be safe"),
    "details_missing": _("Something we need is missing"),
    "contact_not_safe": _("The contact does not seem safe"),
    "not_reached": _("We could not reach her"),
    "other_service_first": _("Another service must come first"),
    "she_said_no": _("The worker took back her consent"),
}
URGENCIES: Words = {"now": _("Now"), "day": _("Within a day"), "week": _("Within a week")}
RETALIATION_FORMS: Words = {
    "dismissal": _("Dismissed"),
    "transfer": _("Moved elsewhere"),
    "pay_cut": _("Fewer hours or less pay"),
    "threats": _("Threatened"),
    "eviction": _("Put out of the lodging"),
    "deportation": _("Reported as absconding, or to be sent home"),
    "blacklisting": _("Blacklisted"),
    "family": _("Family harmed or pressed"),
    "violence": _("Violence"),
    "legal_action": _("Sued to be silent"),
    "phone_taken": _("Phone taken away"),
}
ENTITLED: Words = {
    "fees_back": _("Every fee and cost paid back, with interest"),
    "papers_back": _("Her own papers in her own hands"),
    "free_movement": _("To move, to call and to leave freely"),
    "true_terms": _("The work and pay that were promised, in writing she understands"),
    "pay_in_full": _("All pay owed, in full and on time"),
    "rest": _("Rest, and pay for the hours beyond"),
    "decent_housing": _("Decent housing"),
    "safe_work": _("Safe work, and care after harm"),
    "no_violence": _("Safety from violence and harassment, and care"),
    "equal_treatment": _("Equal treatment"),
    "to_organise": _("To join with others"),
    "job_or_notice": _("Her job back, or what the law gives on dismissal"),
    "no_retaliation": _("That nobody punishes her for complaining"),
    "childhood": _("Protection as a child"),
    "freedom": _("Freedom, protection and compensation"),
    "social_security": _("Social security as for others"),
    "privacy": _("That what is known of her stays private"),
    "fair_office": _("Fair treatment by officials"),
    "healthy_place": _("A healthy place to live and work"),
    "to_be_heard": _("To be heard, and a remedy that fits"),
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
