"""Labels of the standards' codes that recruiters' pages show, in the reader's language."""

from functools import cache

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.standards import standard
from core.standards.entries import Entry
from core.standards.iris import Criterion, Iris, Principle
from recruiters.contractrules import Finding
from recruiters.countries import all_countries, country_name, sort_key
from recruiters.feerules import Payer, Verdict

FINDINGS = [
    (Finding.MISSING.value, _("missing")),
    (Finding.UNCLEAR.value, _("unclear")),
    (Finding.SUBSTITUTED_WORSE.value, _("changed for the worse")),
    (Finding.SUBSTITUTED_BETTER.value, _("changed for the better")),
    (Finding.BANNED_CLAUSE.value, _("a clause that must not be there")),
    (Finding.PRESENT.value, _("present and clear")),
]
NOT_UNDERSTOOD = "not_understood"
PAYERS = [
    (Payer.WORKER.value, _("the worker")),
    (Payer.EMPLOYER.value, _("the employer")),
    (Payer.EMPLOYER_RECOVERED.value, _("the employer, who took it back from the worker")),
    (Payer.RECRUITER.value, _("the recruiter")),
    (Payer.UNKNOWN.value, _("not known")),
]
COLLECTORS = [
    ("recruiter", _("the recruiter")),
    ("sub_agent", _("a sub-agent")),
    ("employer", _("the employer")),
    ("clinic", _("a clinic or training centre")),
    ("lender", _("a lender")),
    ("official", _("an official")),
    ("unknown", _("not known")),
]
FEE_VERDICTS = {
    Verdict.CONFORMS.value: (_("conforms"), "good"),
    Verdict.LAWFUL.value: (_("lawful"), "good"),
    Verdict.BREACH.value: (_("breach"), "bad"),
    Verdict.ILLEGITIMATE.value: (_("never legitimate"), "bad"),
    Verdict.CANNOT_SAY.value: (_("not known"), "warn"),
}
FEE_REASONS = {
    "never_legitimate": _("Such a payment is never legitimate, whoever is asked for it."),
    "worker_paid": _("The worker paid; the international definition leaves every such cost to the employer."),
    "recovered_from_worker": _("The cost was taken back from the worker's pay."),
    "payer_unknown": _("It is not known who paid."),
    "employer_paid": _("The worker did not pay."),
    "day_unknown": _("The day of payment is not known, so no rule can be chosen."),
    "no_rule_on_record": _("No national rule for this corridor and day is on record."),
    "amount_unknown": _("The amount is not known."),
    "other_currency": _("The cap is in another currency."),
    "banned_by_law": _("National law lets nothing be charged to the worker."),
    "above_cap": _("It is above the most that national law allows."),
    "not_disclosed": _("It was not disclosed before the job was accepted."),
    "no_receipt": _("There is no receipt, and the law asks for one."),
    "within_cap": _("It is within the national cap."),
    "disclosed": _("It was disclosed before the job was accepted."),
    "corridor_unknown": _("The countries are not known, so no rule can be chosen."),
    "depends_on_work": _("The rule depends on the kind of work, which is not known."),
    "covers_part": _("The rule covers payments of this kind in part only."),
    "wage_unknown": _("The limit is a share of the wage, which is not known."),
    "limit_not_on_record": _("The law has a limit, but its amount is not on record."),
    "cap_is_no_leave": _("The cap on fees does not allow a payment of this kind."),
    "receipt_unknown": _("The law asks for a receipt; whether there is one is not known."),
    "disclosure_unknown": _("Whether it was disclosed before the job was accepted is not known."),
    "rule_not_confirmed": _("The ministry has not confirmed the rule, so nothing is called lawful by it."),
    "rules_differ": _("The rules on record say different things."),
}
WORK = [
    ("domestic", _("domestic work")),
    ("sea", _("work at sea")),
    ("land", _("other work on land")),
]
OUTCOMES = [
    ("not_assessed", _("not assessed")),
    ("conforms", _("conforms")),
    ("minor_gap", _("minor gap")),
    ("major_gap", _("major gap")),
    ("not_applicable", _("not applicable")),
]
MATURITY = [
    (0, _("0: absent")),
    (1, _("1: written down")),
    (2, _("2: practised")),
    (3, _("3: practised and checked")),
    (4, _("4: checked and improved")),
]
LOOKS = {
    "documents": _("review of documents"),
    "management": _("interviews with management and staff"),
    "clients": _("interviews with clients"),
    "workers": _("interviews with workers"),
}
PROPOSED = {
    "documents_against": _("The papers speak against it."),
    "management_against": _("Management or staff speak against it."),
    "clients_against": _("Clients speak against it."),
    "workers_against": _("Workers speak against it."),
    "documents_for": _("The papers show it."),
    "management_for": _("Management or staff confirm it."),
    "clients_for": _("Clients confirm it."),
    "workers_for": _("Workers confirm it."),
    "voices_differ": _("The looks contradict each other: what speaks against outweighs."),
    "nothing_heard": _("No look has said anything about it yet."),
    "own_word_only": _("Only the recruiter's own word speaks for it, which proves nothing."),
    "some_open": _("Some questions are still open."),
}


def fee_choices() -> list[tuple[str, str]]:
    """Return the fee categories to choose from."""
    return [(entry.code, gettext(entry.label)) for entry in standard("fees").categories]


def element_choices() -> list[tuple[str, str]]:
    """Return the elements of a contract to choose from."""
    return [(entry.code, f"{entry.code}: {gettext(entry.label)}") for entry in standard("contract").elements]


def _found(entries: tuple[Entry, ...], code: str) -> str:
    return next((gettext(entry.label) for entry in entries if entry.code == code), code)


def fee_label(code: str) -> str:
    """Return the label of a fee category."""
    return _found(standard("fees").categories, code)


def element_label(code: str) -> str:
    """Return the label of an element of a contract."""
    return _found(standard("contract").elements, code)


def finding_label(code: str) -> str:
    """Return a contract finding in words."""
    if code == NOT_UNDERSTOOD:
        return gettext("in a language that the worker does not understand")
    return str(dict(FINDINGS).get(code, code))


def criterion_label(code: str) -> str:
    """Return the label of an assessment criterion."""
    return _found(standard("iris").criteria, code)


def look_label(kind: str) -> str:
    """Return what a look of an assessment is called."""
    return str(LOOKS.get(kind, kind))


def question_label(code: str) -> str:
    """Return what an inspection's question is about, with its code."""
    found = next((q for q in standard("inspection").questions if q.code.casefold() == code.casefold()), None)
    return f"{found.code}, {gettext(found.label)}" if found else code.upper()


def country_label(code: str) -> str:
    """Return a country's name in the reader's language, as far as it is translated."""
    return gettext(country_name(code)) if code else ""


def country_choices() -> list[tuple[str, str]]:
    """Return every country to choose from, by name in the reader's language."""
    return sorted(((code, gettext(name)) for code, name in all_countries()), key=lambda pair: sort_key(pair[1]))


TOPICS = {
    "sanction": _("sanctions"),
    "sanction.linked": _("linked to a sanctioned party"),
    "debarment": _("debarred"),
    "forced.labor": _("forced labour"),
    "crime": _("crime"),
    "crime.traffick": _("trafficking"),
    "crime.traffick.human": _("human trafficking"),
    "reg.action": _("action by a regulator"),
    "reg.warn": _("warning by a regulator"),
    "corp.disqual": _("barred as a director"),
    "export.control": _("export control"),
    "wanted": _("wanted"),
    "poi": _("person of interest"),
    "role.pep": _("politically exposed"),
}


def topic_label(topic: str) -> str:
    """Return what a record stands on a list for, in words."""
    return str(TOPICS.get(topic, topic))


@cache
def _shared() -> dict[str, str]:
    labels: dict[str, str] = {}
    for entries in (standard("grievance").categories, standard("forced_labour").indicators):
        labels |= {entry.code.casefold(): entry.label for entry in entries}
    return labels


def shared_label(code: str) -> str:
    """Return the label of a grievance category or a forced-labour indicator; empty when the code is neither."""
    for part in (code, code.rpartition(".")[2]):
        label = _shared().get(part.casefold())
        if label:
            return gettext(label)
    return ""


def iris(edition: str) -> Iris:
    """Return an edition of the standard that assessments are made by."""
    return standard("iris", edition)


def principles(edition: str) -> tuple[Principle, ...]:
    """Return the principles of an edition with their criteria."""
    return iris(edition).principles


def criterion_number(criterion: Criterion) -> str:
    """Return the standard's own number where it was read there, else ours."""
    return criterion.official_id or criterion.code
