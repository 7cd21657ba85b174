"""Reconcile the product's figures of a simulated year: with what happened, with its rows, and with its audit trail."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from scripts.year_ledger import Fate, counted

if TYPE_CHECKING:
    from scripts.simulate_year import Year

# What the ledger calls a thing, the audit trail's verb, and the facts that tell it apart.
IN_THE_TRAIL: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("lodged", "grievance.lodged", {}),
    ("urgent", "grievance.lodged", {"facts__priority": "urgent"}),
    ("decided accept", "grievance.triaged", {"facts__decision": "accept"}),
    ("decided not_accepted", "grievance.triaged", {"facts__decision": "not_accepted"}),
    ("decided refer_out", "grievance.triaged", {"facts__decision": "refer_out"}),
    ("decided needs_information", "grievance.triaged", {"facts__decision": "needs_information"}),
    ("withdrawn", "grievance.status", {"facts__status": "withdrawn_by_reporter"}),
    ("opened again", "grievance.reopened", {}),
    ("stepped back", "grievance.recused", {}),
    ("worker wrote", "grievance.message", {"facts__sender": "worker"}),
    ("step", "case.step", {"facts__state": "agreed"}),
    ("confirmed", "case.step", {"facts__state": "confirmed"}),
    ("taken back", "case.step", {"facts__state": "disputed"}),
    ("payment", "repayment.paid", {}),
    ("late part", "repayment.part_late", {}),
    ("claw-back asked", "repayment.check_due", {}),
    ("claw-back answered", "repayment.checked", {}),
    ("referral", "case.referral", {}),
    ("try", "case.contact_attempt", {}),
    ("respondent asked", "case.reply_asked", {}),
    ("respondent answered", "case.reply", {}),
    ("reminded", "case.reply_reminded", {}),
    ("closed", "case.state", {"facts__state": "closed"}),
    ("safety asked", "grievance.safety_due", {}),
    ("safety answered", "grievance.safety_checked", {}),
    ("held", "grievance.held", {}),
    ("lifted", "grievance.hold_lifted", {}),
    ("erased", "grievance.erasure_agreed", {}),
    ("by text", "grievance.lodged", {"facts__channel": "sms"}),
    ("reachable by text", "grievance.sms_reach", {}),
    ("news by text", "grievance.sms_news", {}),
    ("read by text", "grievance.worker_entered", {}),
    ("stopped texts", "grievance.sms_stopped", {}),
    ("lowering asked", "grievance.second_asked", {"facts__asks": "lower"}),
    ("lowered", "grievance.lowered", {}),
    ("lowering declined", "grievance.second_declined", {"facts__asks": "lower"}),
    ("joined", "grievance.joined", {}),
    ("parted", "grievance.parted", {}),
    ("file", "evidence.kept", {"subject__startswith": "GRV-"}),
)
RANKS = ("normal", "high", "urgent")
MUST_RING = ("acknowledge", "triage", "first_action", "update", "resolve", "reply", "safety_check", "second_person")


class Figures:
    """Every figure that the product tells of the year, beside the ledger's."""

    def __init__(self, year: "Year") -> None:
        self.year, self.ledger, self.check = year, year.ledger, year.ledger.check

    def reconcile_year(self) -> None:
        """Compare everything while all of it is there."""
        self._trail()
        self._clocks()
        self._public()
        self._indicators()
        self._queue()
        self._besides()

    def _trail(self) -> None:
        from core.models import AuditEntry

        for what, verb, facts in IN_THE_TRAIL:
            entries = AuditEntry.objects.filter(verb=verb, **facts).order_by().values_list("at", "pk")
            self.check(f"{what}, by quarter, audit trail", self.ledger.of(what), counted(entries))

    def _clocks(self) -> None:
        from core.models import AuditEntry
        from grievances.models import Clock, Grievance

        fates = self.year.watch.judge(self.ledger)
        for kind, fate in sorted(fates.items()):
            print(
                f"    {kind:<15} {fate.started:>6} started {fate.in_time:>6} in time {fate.late:>5} late "
                f"{fate.dropped:>5} dropped {fate.running:>4} running {fate.escalated:>5} escalated"
            )
        if self.year.count >= 1000:
            self.check("kinds of clocks that rang", 0, sum(not fates.get(k, Fate()).escalated for k in MUST_RING))
        rang = Clock.objects.exclude(escalated_at=None)
        self.check("escalated, rows", self.year.rung, rang.count())
        refs = dict(Grievance.objects.values_list("pk", "ref"))
        rows = Counter((refs[pk], kind) for pk, kind in rang.values_list("grievance", "kind"))
        entries = AuditEntry.objects.filter(verb="grievance.escalated").order_by()
        self.check("escalated, audit trail", self.year.rung, entries.count())
        told = Counter(entries.values_list("subject", "facts__clock"))
        self.check("escalated, grievance by grievance and kind by kind", 0, len((rows - told) + (told - rows)))
        by_quarter = entries.values_list("at", "pk")
        rows_by_quarter = counted((clock.escalated_at, clock.pk) for clock in rang if clock.escalated_at is not None)
        self.check("escalated, by quarter", rows_by_quarter, counted(by_quarter))

    def _public(self) -> None:
        """Compare what is counted for the public with those who let themselves be counted, and what was published."""
        from cms.models import StatisticsRelease
        from cms.statistics import counting
        from cms.statistics.periods import read_period
        from core.standards import standard

        tier = standard("statistics").tier("public")
        released = dict(StatisticsRelease.objects.values_list("period", "figures"))
        for quarter, number in self.ledger.of("counted").items():
            cube = counting.cube(read_period(quarter))
            self.check(f"public figures, {quarter}", number, cube.everybody)
            self.check(f"by age and sex, {quarter}", number, sum(cube.people.values()))
            self.check(f"by country, {quarter}", number, sum(counting.countries(read_period(quarter)).values()))
            shown = self._published(released.get(quarter, {}), tier)
            if shown is not None:
                base = tier.rounding or 1
                self.check(f"published for {quarter}, further off than rounding", 0, int(abs(shown - number) > base))
        for quarter, number in self.ledger.of("closed and counted").items():
            told = sum(counting.outcomes(read_period(quarter)).values())
            self.check(f"outcomes, {quarter}", number, told)

    def _published(self, figures: dict[str, Any], tier: Any) -> int | None:
        """Return how many a quarter's release says there were in all countries; None where it is hidden."""
        del tier
        return (figures.get("countries") or {}).get("total")

    def _indicators(self) -> None:
        """Compare the indicators' numerators and denominators, over all quarters, with what happened."""
        from datetime import date

        from grievances import measuring
        from grievances.models import Clock, Grievance

        found = measuring.measure(Grievance.objects.all(), date(2026, 1, 1))

        def both(name: str) -> tuple[int, int]:
            pairs = list(found[name].values())
            return sum(part for part, _whole in pairs), sum(whole for _part, whole in pairs)

        total = self.ledger.total
        self.check("indicator: other ways", (total("another way"), total("lodged")), both("other_ways"))
        self.check(
            "indicator: confirmed", (total("confirmed"), total("confirmed") + total("taken back")), both("confirmed")
        )
        self.check("indicator: safe", (total("safe"), total("safety answered")), both("safe"))
        self.check("indicator: replaced", (total("stepped back"),) * 2, both("replaced"))
        for name, kinds in (
            ("acknowledged", {"acknowledge"}),
            ("updated", {"update"}),
            ("in_time", {"triage", "first_action", "resolve", "answer"}),
        ):
            clocks = [clock for clock in Clock.objects.filter(dropped_at=None) if clock.kind in kinds]
            over = [clock for clock in clocks if clock.met_at is not None or clock.due_at <= self.year.now]
            seen = self.year.watch.seen
            in_time = sum(1 for c in over if c.met_at is not None and (c.pk not in seen or c.met_at < seen[c.pk].due))
            self.check(f"indicator: {name}", (in_time, len(over)), both(name))

    def _queue(self) -> None:
        from core.models import AuditEntry
        from grievances.models import CaseState, Grievance, GrievanceStatus
        from grievances.statuses import ENDED

        self.check("lodged, rows", self.year.count, Grievance.objects.count())
        entries = AuditEntry.objects.filter(verb="grievance.status")
        self.check("statuses, rows", entries.count(), GrievanceStatus.objects.count())
        closed = CaseState.objects.filter(state=CaseState.State.CLOSED).values_list("at", "pk")
        self.check("cases closed, rows by quarter", self.ledger.of("closed"), counted(closed))
        ended = {each.pk for each in Grievance.objects.with_status() if each.status in ENDED}
        self.check("ended, rows", len(self.ledger.endings), len(ended))
        self.check("ended, one by one", 0, len(set(self.ledger.endings) ^ ended))
        for officer in self.year.office.officers:
            seen = Grievance.objects.visible_to(officer).exclude(pk__in=ended).count()
            stepped_back = Grievance.objects.filter(recusals__user=officer).exclude(pk__in=ended).count()
            self.check("open in an officer's queue", self.year.count - len(ended) - stepped_back, seen)

    def _besides(self) -> None:
        """Compare what two people settled, what was joined, and what phones are owed."""
        from core.models import AuditEntry
        from grievances.models import GrievanceFile, RelatedLink, SmsReach, TriageDecision

        ways: dict[int, list[tuple[Any, int]]] = {-1: [], 0: [], 1: []}
        for at, pk, facts in AuditEntry.objects.filter(verb="grievance.triaged").values_list("at", "pk", "facts"):
            way = RANKS.index(facts["priority"]) - RANKS.index(facts["by_rule"])
            ways[(way > 0) - (way < 0)].append((at, pk))
        self.check("decided below the rule, audit trail", self.ledger.of("decided below the rule"), counted(ways[-1]))
        self.check("decided above the rule, audit trail", self.ledger.of("decided above the rule"), counted(ways[1]))
        rows = TriageDecision.objects.exclude(by=None)
        alone = [each for each in rows if RANKS.index(each.priority) < RANKS.index(each.rule_priority)]
        agreed = rows.model.objects.filter(grievance__second_words__asks="lower", grievance__second_words__agreed=True)
        lowered = set(agreed.values_list("pk", flat=True))
        self.check("lowered by one person alone", 0, sum(1 for each in alone if each.pk not in lowered))
        self.check("joined, rows", self.ledger.total("joined"), RelatedLink.objects.count())
        self.check("parted, rows", self.ledger.total("parted"), RelatedLink.objects.exclude(parted_on=None).count())
        self.check("files, rows", self.ledger.total("file"), GrievanceFile.objects.count())
        phones = self.year.office.phones
        self.check("phones still owed news", 0, phones.owed_now())
        stopped = {phone.pk for phone in phones.of.values() if phone.stopped}
        reached = SmsReach.objects.filter(grievance__in=stopped).count()
        self.check("stopped phones that a report still reaches", 0, reached)

    def reconcile_deletion(self) -> None:
        """Compare what is left, and what is certified, once every period is over."""
        from core import audit, deletions
        from core.models import AuditEntry, EvidenceFile, SealedRecord
        from grievances.models import Disposal, Grievance, GrievanceFile, PhoneLine, SmsOut
        from grievances.services import deleting
        from grievances.statuses import ENDED

        purged, erased = self.ledger.purged, self.ledger.total("erased")
        entries = AuditEntry.objects.order_by()
        emptied = entries.filter(verb="grievance.emptied").count()
        self.check("words let go, audit trail", purged["emptied"] + erased, emptied)
        self.check("deleted whole, audit trail", purged["deleted"], entries.filter(verb="grievance.deleted").count())
        self.check("certificates", emptied, Disposal.objects.count())
        listed = Counter(entry.kind for entry in deletions.entries())
        self.check("on the list outside the database, words", emptied, listed[deleting.WORDS])
        self.check("on the list outside the database, whole", purged["deleted"], listed[deleting.WHOLE])
        stripped = entries.filter(verb="grievance.files_deleted").values_list("facts__files", flat=True)
        self.check("files let go before the words, audit trail", purged["files"], sum(stripped))
        self.check("on the list outside the database, files", purged["stripped"], listed[deleting.FILES])
        left = list(Grievance.objects.with_status())
        self.check("ended and not deleted", 0, sum(1 for each in left if each.status in ENDED))
        self.check("left: what nobody ended", self.year.count - purged["deleted"], len(left))
        boxes = {each.strongbox_id for each in left}
        kept = SealedRecord.objects.exclude(strongbox=None).exclude(strongbox__in=boxes).count()
        self.check("sealed words of what is gone", 0, kept)
        ours = {each.pk for each in left}
        seconds, phones = self.year.office.seconds, self.year.office.phones
        files = sum(number for pk, number in seconds.files.items() if pk in ours)
        self.check("files left", files, GrievanceFile.objects.count())
        self.check("files of what is gone", 0, EvidenceFile.objects.exclude(subject__in=self._subjects(left)).count())
        known = PhoneLine.objects.exclude(number=None).count()
        self.check("telephone numbers left", phones.to_keep(ours), known)
        self.check("text messages that wait", 0, SmsOut.objects.count())
        read, broken = audit.verify()
        self.check(f"audit chain of {read} entries", None, broken)

    def _subjects(self, left: list[Any]) -> set[str]:
        """Return the references under which files of what is left may lie."""
        from grievances.models import RemediationCase

        cases = RemediationCase.objects.filter(grievance__in=left).values_list("ref", flat=True)
        return {each.ref for each in left} | set(cases)
