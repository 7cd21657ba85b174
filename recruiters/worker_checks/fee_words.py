"""Say to a worker in plain words what each answer about a payment means, and how sure it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.standards import standard
from recruiters.feerules import Answer, FeeJudgement, NationalRule, Payment, Verdict
from recruiters.vocabulary import country_label

REASONS = {
    "no_rule_on_record": gettext_lazy(
        "We hold no rule of this country for this day and this kind of payment. That does not mean that it is allowed."
    ),
    "depends_on_work": gettext_lazy("It depends on the kind of work. Choose the work, and ask again."),
    "covers_part": gettext_lazy(
        "The rule forbids some payments of this kind. We cannot tell whether yours is one of them."
    ),
    "wage_unknown": gettext_lazy(
        "The limit is a share of one month's wage. Give your wage in the same currency, and ask again."
    ),
    "other_currency": gettext_lazy("The limit is in another currency, and we do not convert it."),
    "limit_not_on_record": gettext_lazy("This country has a limit, but we do not hold how much it is."),
    "banned_by_law": gettext_lazy("Nobody may charge you anything for this."),
    "above_cap": gettext_lazy("It is more than the most that may be charged."),
    "not_disclosed": gettext_lazy("You were not told before you accepted the job."),
    "no_receipt": gettext_lazy("You must be given a receipt."),
    "amount_shared": gettext_lazy(
        "The amount is for several things. Ask how much each of them costs, and check each by itself."
    ),
    "amount_unknown": gettext_lazy("It depends on the amount. Give the amount, and ask again."),
    "cap_is_no_leave": gettext_lazy("There is a limit for fees, but it does not allow a payment of this kind."),
    "receipt_unknown": gettext_lazy("A receipt must be given. We do not know whether you have one."),
    "disclosure_unknown": gettext_lazy("We do not know whether you were told before you accepted the job."),
    "within_cap": gettext_lazy("The amount is not above the limit on record."),
    "disclosed": gettext_lazy("You were told before you accepted the job."),
    "rule_not_confirmed": gettext_lazy(
        "The ministry has not confirmed this rule, so we do not say that the payment is allowed."
    ),
    "rules_differ": gettext_lazy("The rules that we hold say different things."),
    "day_unknown": gettext_lazy("It depends on the day."),
    "corridor_unknown": gettext_lazy("It depends on the countries."),
}


@dataclass(frozen=True)
class Said:
    """One answer as the page shows it."""

    title: str
    verdict: str
    tone: str
    sentences: tuple[str, ...]
    rule: str = ""
    source: str = ""
    source_url: str = ""
    sureness: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    """What of several things that the money is for it speaks of; empty where it speaks of all."""


def answers(judged: Sequence[tuple[str, Payment, FeeJudgement]]) -> list[Said]:
    """Return the standard's answer and then each country's, what is forbidden first; equal ones are said once."""
    found: dict[Said, list[str]] = {}
    for label, payment, judgement in judged:
        for said in (international(judgement, payment), *by_country(judgement.countries, payment.paid_on)):
            found.setdefault(said, []).append(label)
    titles = list(dict.fromkeys(said.title for said in found))
    ordered = sorted(found.items(), key=lambda item: (titles.index(item[0].title), item[0].tone != "bad"))
    return [replace(said, about=tuple(labels) if len(labels) < len(judged) else ()) for said, labels in ordered]


def international(judgement: FeeJudgement, payment: Payment) -> Said:
    """Return what the international standard says."""
    fees = standard("fees")
    category = fees.category(payment.category)
    if judgement.international.verdict is Verdict.ILLEGITIMATE:
        verdict = _("Nobody may ask you for this.")
        sentences = [_("Such a payment is never right, whatever it is called and whoever asks for it.")]
    else:
        verdict = _("You should not pay this.")
        sentences = [
            _("The employer pays the costs of hiring you. This holds however, whenever and wherever it is collected.")
        ]
    if "recovered_from_worker" in judgement.international.reasons:
        sentences.append(_("Taking it from your pay is the same as charging you."))
    sureness = [
        _("That the employer pays: read in the source."),
        _("That this kind of payment belongs to it: %(note)s")
        % {"note": _(category.certainty_note) if category.certainty_note else _("read in the source.")},
        _("The standard is guidance; a country's law may say something else."),
    ]
    source = f"{fees.owner}, {_(fees.title)} ({fees.edition})"
    return Said(_("The international standard says"), verdict, "bad", tuple(sentences), source=source,
                sureness=tuple(sureness))  # fmt: skip


def by_country(answers: Iterable[Answer], day: date | None) -> list[Said]:
    """Return what each country's law says of the day, or that it is not known."""
    return [_of(answer, day) for answer in answers]


def _of(answer: Answer, day: date | None) -> Said:
    place = {"country": country_label(answer.country), "day": date_format(day, "DATE_FORMAT") if day else ""}
    title = _("The law of %(country)s on %(day)s") % place if day else _("The law of %(country)s") % place
    verdicts = {
        Verdict.BREACH: (_("It does not allow this."), "bad")
        if answer.certain
        else (_("The rule that we hold does not allow this."), "bad"),
        Verdict.LAWFUL: (_("It lets this much be charged. The international standard still says: do not pay."), "warn"),
    }
    verdict, tone = verdicts.get(answer.verdict, (_("Not known."), "warn"))
    sentences = tuple(str(REASONS[code]) for code in answer.reasons if code in REASONS)
    rule = answer.rule
    if rule is None:
        return Said(title, verdict, tone, sentences)
    return Said(title, verdict, tone, sentences, rule_sentence(rule), rule.source, rule.source_url, (sureness(rule),))


def rule_sentence(rule: NationalRule) -> str:
    """Return a rule in words: its limit, what must come with it, from when to when."""
    parts = [_limit(rule)]
    if rule.receipt_required:
        parts.append(_("A receipt must be given."))
    if rule.disclosure_required:
        parts.append(_("You must be told before you accept the job."))
    if rule.starts:
        parts.append(_("Counted from %(day)s.") % {"day": date_format(rule.starts, "DATE_FORMAT")})
    if rule.ends:
        parts.append(_("Until %(day)s.") % {"day": date_format(rule.ends, "DATE_FORMAT")})
    return " ".join(parts)


def _limit(rule: NationalRule) -> str:
    if 0 in (rule.worker_max, rule.wage_share):
        return _("On record: nothing may be charged to the worker.")
    if rule.wage_share is not None:
        return _("On record: at most %(percent)s %% of one month's wage.") % {
            "percent": number_format((rule.wage_share * 100).normalize(), decimal_pos=0)
        }
    if rule.worker_max is None:
        return _("On record: there is a limit; its amount is not on record.")
    return _("On record: at most %(amount)s %(currency)s.") % {
        "amount": number_format(rule.worker_max, decimal_pos=0, force_grouping=True),
        "currency": rule.currency,
    }


def sureness(rule: NationalRule) -> str:
    """Return a rule's mark of certainty in words."""
    if rule.verified:
        return _("The ministry has confirmed this rule.")
    how = {
        "found": _("Read in a source; the ministry has not confirmed it."),
        "found-secondary": _("Read in a secondary source; the ministry has not confirmed it."),
        "recall": _("From general knowledge; nobody has confirmed it."),
    }.get(rule.basis, _("Nobody has confirmed it."))
    if rule.confidence == "low":
        how += " " + _("We are not sure of it.")
    return how
