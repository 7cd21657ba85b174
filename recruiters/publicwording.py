"""Tell a worker in plain words what a licence is on a day, since when and by whose order, and what to do next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from recruiters.isolating import isolated
from recruiters.licensing import ENDED_BY_AUTHORITY, MAY_RECRUIT, NOTHING, SUSPENDED, Standing, Status
from recruiters.models import Appeal, Licence, LicenceStatus, Recruiter
from recruiters.models.words import Reason, StatusCode, tone_of


@dataclass(frozen=True)
class Answer:
    """What the register says of a licence on a day: one sentence, whether it is valid, and what to do."""

    code: str
    valid: bool
    tone: str
    sentence: str
    steps: tuple[str, ...]
    day: date
    but: str = ""
    """What no page calls a licence good without: an order under appeal, another licence not valid. In the sentence."""


def shown_day(day: date) -> str:
    """Return a day as readers of the active language write it."""
    return date_format(day, "DATE_FORMAT")


def answer_for(recruiter: Recruiter, licences: Sequence[Licence]) -> Answer:
    """Return the answer that speaks for a recruiter today: of the licence whose standing is the recruiter's."""
    for licence in licences:
        today = licence.today()
        if licence.standing(today).code == recruiter.current_code:
            return answer_of(licence, today, today=today, beside=licences)
    today = timezone.localdate()
    return answer(NOTHING, today, today=today)


def answer_of(licence: Licence, day: date, *, today: date, beside: Iterable[Licence] = ()) -> Answer:
    """Return what the register says of a licence on a day, ``beside`` the recruiter's others.

    Their histories are prefetched by the caller.
    """
    standing = licence.standing(day)
    but = what_stands_against(licence, standing, beside, day) if day == today else ""
    return answer(standing, day, today=today, order=order_behind(licence, standing, day), but=but)


def what_stands_against(licence: Licence, standing: Standing, beside: Iterable[Licence], day: date) -> str:
    """Return what nobody may call a licence good without on a day, ``beside`` the recruiter's others; often nothing."""
    return " ".join(filter(None, (_appeal_note(licence, standing), _other_note(licence, standing, beside, day))))


def _other_note(licence: Licence, standing: Standing, beside: Iterable[Licence], day: date) -> str:
    """Return that another licence of the recruiter is suspended, or was taken away since this one was given."""
    for other in beside if standing.valid else ():
        theirs = other.standing(day)
        since = bool(theirs.since and standing.since and theirs.since >= standing.since)
        if other.pk != licence.pk and (theirs.code in SUSPENDED or (theirs.code in ENDED_BY_AUTHORITY and since)):
            return _(
                "Take care: another licence of this recruiter, %(number)s, is not valid. The register says: %(status)s."
            ) % {"number": isolated(other.number or other.ref), "status": StatusCode(theirs.code).label}
    return ""


def _appeal_note(licence: Licence, standing: Standing) -> str:
    """Return that an order about this licence stands under appeal, and whether it holds; nothing where none does."""
    appeals = (appeal for row in licence.history.all() for appeal in row.appeals.all())  # prefetched by the caller
    if not any(appeal.state == Appeal.State.LODGED for appeal in appeals):
        return ""
    if standing.valid:
        return f"{Reason.APPEAL_PENDING.label}."
    return _("An appeal is open. The order holds until it is decided.")


def order_behind(licence: Licence, standing: Standing, day: date) -> str:
    """Return the number of the order that the standing rests on, if it rests on one."""
    rows = [
        row for row in licence.standing_rows()
        if row.effective_on <= day and (row.until is None or day <= row.until) and row.code == standing.code
    ]  # fmt: skip
    newest: LicenceStatus | None = max(rows, key=lambda row: (row.effective_on, row.pk), default=None)
    return newest.order_number if newest else ""


def answer(standing: Standing, day: date, *, today: date, order: str = "", but: str = "") -> Answer:
    """Return a standing in words; for a past day the words are in the past."""
    sentence = _now(standing, day, order) if day == today else _then(standing, day)
    steps = next_steps(standing.code, doubtful=bool(but)) if day == today else ()
    tone = "warn" if but and standing.valid else tone_of(standing.code)
    return Answer(standing.code, standing.valid, tone, f"{sentence} {but}".strip(), steps, day, but)


def _now(standing: Standing, day: date, order: str) -> str:
    code = standing.code
    words = {
        "day": shown_day(day),
        "until": shown_day(standing.expires_on) if standing.expires_on else "",
        "since": shown_day(standing.since) if standing.since else "",
        "order": isolated(order),
    }
    if code in MAY_RECRUIT:
        if standing.expires_on:
            return _("Licence valid today, %(day)s; until %(until)s.") % words
        return _("Licence valid today, %(day)s; the register names no last day.") % words
    if code in SUSPENDED:
        if order:
            return _("Licence suspended since %(since)s by order %(order)s.") % words
        return _("Licence suspended since %(since)s.") % words
    if code in ENDED_BY_AUTHORITY:
        if order:
            return _("Licence taken away on %(since)s by order %(order)s.") % words
        return _("Licence taken away on %(since)s.") % words
    if code == Status.EXPIRED and standing.expires_on:
        return _("The licence ran out on %(until)s. It has not been renewed.") % words
    if code == StatusCode.NONE:
        return _("No licence to recruit is on record today, %(day)s.") % words
    label = str(StatusCode(code).label) if code in StatusCode.values else code
    return _("No valid licence today, %(day)s. The register says: %(status)s.") % {**words, "status": label}


def _then(standing: Standing, day: date) -> str:
    words = {"day": shown_day(day)}
    if standing.valid:
        return _("Yes. On %(day)s this licence was valid.") % words
    label = str(StatusCode(standing.code).label) if standing.code in StatusCode.values else standing.code
    return _("No. On %(day)s this licence was not valid. The register says: %(status)s.") % {**words, "status": label}


def next_steps(code: str, *, doubtful: bool = False) -> tuple[str, ...]:
    """Return what somebody who looks for work does next, the most urgent first."""
    keep = _("Do not hand over your passport.")
    ask_first = _("Do not pay anything before the authority has confirmed a licence to you.")
    if code in MAY_RECRUIT:
        return (
            *((ask_first,) if doubtful else ()),
            _("Do not pay for the job: not for the job itself, not for papers, tests or travel."),
            _("Keep your passport with you."),
            _("Ask for a contract in a language that you understand, before you travel."),
        )
    if code in SUSPENDED or code in ENDED_BY_AUTHORITY or code == Status.DELISTED:
        return (
            _("Do not pay anything."),
            keep,
            _("Do not travel for it. Whoever recruits in its name now may not do so."),
            _("If you have paid or handed over papers already, tell us. You do not need to give your name."),
        )
    return (
        ask_first,
        keep,
        _("Ask for the number of the new licence and check it here."),
    )
