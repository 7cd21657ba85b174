"""Screen again what a new edition of a list touches, and nothing else: rows of finished lists, and the register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core import audit, jobs, notices
from core.actors import SYSTEM, Actor
from core.models import Job, User
from parties.matching import Subject, Verdict, match
from parties.models import Collection, Name
from parties.search_candidates import Asked, likely
from recruiters.engine import Query, current_engine
from recruiters.models import EntryChange, Screening, ScreeningHit, ScreeningRow, WatchlistEntry, WatchlistLoad
from recruiters.registerrows import number_key
from recruiters.screening import DEFAULT_THRESHOLD, Gravity, HitState, subject_key
from recruiters.services.behind import subjects_named
from recruiters.services.carrying import keep_hits
from recruiters.services.register import officers
from recruiters.services.screenings import finish, hits_of, note_lists, query_of_row

JOB = "recruiters.rescreen_load"
ENTRIES_AT_ONCE = 200
ROWS_AT_ONCE = 200
MOST_ROWS_EACH = 400
"""Screened rows that are looked at for each changed record, likeliest first."""
NEARLY = 0.12
"""So far below its threshold a row is still compared again: only the full comparison knows which words are rare."""
LISTS = (Screening.Kind.UPLOAD, Screening.Kind.PASTE)
OPEN = (HitState.OPEN, HitState.AWAITING_SECOND)


@transaction.atomic
def start_rescreen(load: WatchlistLoad, *, actor: Actor) -> Job:
    """Queue the comparison of an edition's changes with everything screened before."""
    total = touched(load).count()
    load.job = jobs.start(
        JOB, owner=actor if isinstance(actor, User) else None, total=total, payload={"load": load.pk, "after": 0}
    )
    load.save(update_fields=["job"])
    return load.job


def touched(load: WatchlistLoad) -> QuerySet[WatchlistEntry]:
    """Return the records that an edition added, changed, brought back or took off."""
    left = load.changes.filter(kind__in=(EntryChange.Kind.GONE, EntryChange.Kind.MERGED))
    return WatchlistEntry.objects.filter(Q(changed_load=load) | Q(pk__in=left.values("entry"))).order_by("pk")


@jobs.handler(JOB)
def run(job: Job) -> bool:
    """Do one chunk: first seek what is touched, then compare it; say whether more remains."""
    load = WatchlistLoad.objects.select_related("source").get(pk=job.payload["load"])
    after = job.payload.get("after")
    if after is not None:
        entries = list(touched(load).filter(pk__gt=after)[:ENTRIES_AT_ONCE])
        if entries:
            _seek(load, entries)
            job.done = min(job.total, job.done + len(entries))
            job.payload = {**job.payload, "after": entries[-1].pk}
        else:
            job.payload = {**job.payload, "after": None}
            job.total += ScreeningRow.objects.filter(screening__load=load, reason="waiting").count()
        return True
    for screening in load.rescreenings.filter(state=Screening.State.RUNNING).order_by("pk"):
        count = compare_waiting(screening)
        job.done = min(job.total, job.done + count)
        if count:
            return True
        conclude(screening, actor=job.owner or SYSTEM)
    _report(load, actor=job.owner or SYSTEM)
    return False


def _seek(load: WatchlistLoad, entries: Sequence[WatchlistEntry]) -> None:
    """Write down the rows and the register's people that these records touch, each once."""
    pks = [entry.pk for entry in entries]
    standing = [entry for entry in entries if entry.gone_on is None]
    met = ScreeningHit.objects.filter(entry__in=pks).exclude(row__screening__kind=Screening.Kind.REGISTER)
    keys = set(met.filter(row__screening__is_watched=True).values_list("row__subject_key", flat=True))
    found = alike_rows([entry.as_subject() for entry in standing])
    keys |= {row.subject_key for rows in found for row in rows}
    take_again(load, keys)
    if not _register_seen_since(load):
        behind = ScreeningHit.objects.filter(entry__in=pks, row__screening__kind=Screening.Kind.REGISTER)
        _take_people(load, standing, behind)


def _asked(subject: Subject) -> Asked:
    numbers = tuple(number_key(value) for _scheme, value in subject.identifiers if number_key(value))
    return Asked(subject.all_names(), subject.kind, numbers)


def alike_rows(subjects: Sequence[Subject]) -> list[list[ScreeningRow]]:
    """Return for each subject the rows of finished, watched lists that it may be, by the index of screened names."""
    found = likely(Collection.SCREENED, [_asked(subject) for subject in subjects], MOST_ROWS_EACH)
    rows = {
        row.pk: row
        for some in _parts({one.owner for likely_rows in found for one in likely_rows})
        for row in ScreeningRow.objects.filter(pk__in=some, screening__is_watched=True, screening__kind__in=LISTS)
        .filter(screening__state=Screening.State.DONE)
        .select_related("screening")
        .defer("raw", "screening__samples", "screening__lists")
    }
    return [
        [rows[one.owner] for one in some if one.owner in rows and (one.tied or _nearly(rows[one.owner], subject))]
        for subject, some in zip(subjects, found, strict=True)
    ]


def _nearly(row: ScreeningRow, subject: Subject) -> bool:
    answer = match(Subject(row.name, kind="person" if row.kind == "person" else "organisation"), subject)
    return answer.score >= row.screening.threshold - NEARLY or answer.verdict in (
        Verdict.RENAMED,
        Verdict.CONTRADICTED,
    )


def _parts(numbers: Iterable[int]) -> Iterable[list[int]]:
    kept = sorted(numbers)
    return (kept[start : start + 500] for start in range(0, len(kept), 500))


def take_again(load: WatchlistLoad | None, keys: set[str]) -> int:
    """Copy the newest row of each subject into a screening of its threshold, to be compared again; return how many."""
    newest: dict[str, ScreeningRow] = {}
    rows = ScreeningRow.objects.exclude(screening__kind=Screening.Kind.REGISTER)
    for some in _texts(keys):
        found = rows.filter(subject_key__in=some, screening__state=Screening.State.DONE, screening__is_watched=True)
        for row in found.select_related("screening").order_by("pk"):
            newest[row.subject_key] = row
    into: dict[float, Screening] = {}
    made = []
    for row in newest.values():
        threshold = row.screening.threshold
        screening = into.get(threshold) or into.setdefault(threshold, _screening(load, threshold))
        screening.total += 1
        made.append(
            ScreeningRow(
                screening=screening, number=screening.total, name=row.name, kind=row.kind, country=row.country,
                licence_number=row.licence_number, registration_number=row.registration_number, born=row.born,
                raw=row.raw, subject_key=row.subject_key, former=row,
            )
        )  # fmt: skip
    taken = set(
        ScreeningRow.objects.filter(
            screening__in=[screening.pk for screening in into.values()], subject_key__in=list(newest)
        ).values_list("subject_key", flat=True)
    )
    ScreeningRow.objects.bulk_create([row for row in made if row.subject_key not in taken])
    for screening in into.values():
        screening.save(update_fields=["total"])
    return len(made)


def _texts(keys: Iterable[str]) -> Iterable[list[str]]:
    kept = sorted(keys)
    return (kept[start : start + 400] for start in range(0, len(kept), 400))


def _screening(
    load: WatchlistLoad | None, threshold: float = DEFAULT_THRESHOLD, kind: str = Screening.Kind.RESCREEN
) -> Screening:
    """Return the screening that takes what is compared again; one for each edition, threshold and kind."""
    there = Screening.objects.filter(load=load, kind=kind, threshold=threshold, state=Screening.State.RUNNING).first()
    if there is not None:
        return there
    day = load.list_date if load else timezone.localdate()
    title = f"{load.source.name} {day.isoformat()}" if load else f"Register {day.isoformat()}"
    return Screening.objects.create(
        title=title[:200], kind=kind, load=load, state=Screening.State.RUNNING, threshold=threshold
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the register to be compared: for which recruiter, and as what."""

    recruiter: str
    query: Query

    @property
    def key(self) -> str:
        """Return the digest that decisions about this subject are kept under."""
        return subject_key(self.query.name, self.query.country, self.query.licence_number, self.query.kind)


def _register_seen_since(load: WatchlistLoad) -> bool:
    """Tell whether the whole register was compared after this edition came, so that it needs no second time."""
    whole = Screening.objects.filter(kind=Screening.Kind.REGISTER, load=None, mapping__whole=True)
    return whole.filter(state=Screening.State.DONE, created_at__gte=load.loaded_at).exists()


def _take_people(load: WatchlistLoad, entries: Sequence[WatchlistEntry], met: QuerySet[ScreeningHit]) -> None:
    """Write down recruiters, owners and directors whom these records may be, or were taken for before."""
    people = [Person(ref, query) for ref, query in subjects_named(_alike_names(entries))]
    before = ScreeningRow.objects.filter(pk__in=met.values("row"))
    people += [Person(str(row.raw.get("recruiter", "")), query_of_row(row)) for row in before]
    if people:
        take_people(_screening(load, kind=Screening.Kind.REGISTER), people)


def _alike_names(entries: Sequence[WatchlistEntry]) -> set[int]:
    """Return the register's names (by number) that a record may be, by the index of the register's names."""
    found = likely(Collection.PARTY, [_asked(entry.as_subject()) for entry in entries], MOST_ROWS_EACH)
    texts: dict[int, str] = {}
    for some in _parts({one.owner for names in found for one in names}):
        texts |= dict(Name.objects.filter(pk__in=some).values_list("pk", "text"))
    near = DEFAULT_THRESHOLD - NEARLY
    alike = set()
    for entry, names in zip(entries, found, strict=True):
        subject = entry.as_subject()
        for one in names:
            text = texts.get(one.owner)
            if text and (one.tied or match(Subject(text, kind=subject.kind), subject).score >= near):
                alike.add(one.owner)
    return alike


def take_people(screening: Screening, people: Iterable[Person]) -> int:
    """Write the register's subjects as rows to be compared, each once; return how many were new."""
    wanted = {(person.key, person.recruiter): person for person in people}
    there = set(screening.rows.values_list("subject_key", "raw__recruiter"))
    new = [person for key, person in wanted.items() if key not in there]
    rows = []
    for number, person in enumerate(new, start=screening.total + 1):
        query = person.query
        rows.append(
            ScreeningRow(
                screening=screening, number=number, name=query.name[:300], kind=query.kind, country=query.country,
                licence_number=query.licence_number, raw={"recruiter": person.recruiter}, subject_key=person.key,
            )
        )  # fmt: skip
    ScreeningRow.objects.bulk_create(rows, batch_size=1000)
    screening.total += len(rows)
    screening.save(update_fields=["total"])
    return len(rows)


@transaction.atomic
def compare_waiting(screening: Screening) -> int:
    """Compare the next rows of a re-screening; return how many (0 when none is left)."""
    rows = list(screening.rows.filter(reason="waiting").order_by("number")[:ROWS_AT_ONCE])
    if not rows:
        return 0
    engine = current_engine()
    if not screening.lists:
        note_lists(screening, engine)
    behind = screening.kind == Screening.Kind.REGISTER
    queries = [query_of_row(row) for row in rows]
    hits: list[ScreeningHit] = []
    answers = engine.screen_many(queries, screening.threshold, watchlists_only=behind)
    for row, answer in zip(rows, answers, strict=True):
        row.outcome, row.reason = answer.result.outcome.value, answer.result.reason
        row.score, row.register_status = round(answer.result.score, 4), answer.register_status
        found = hits_of(screening, row, answer)
        hits += [hit for hit in found if hit.gravity != Gravity.INFO] if behind else found
    ScreeningRow.objects.bulk_update(rows, ["outcome", "reason", "score", "register_status"], batch_size=ROWS_AT_ONCE)
    keep_hits(hits)
    return len(rows)


@transaction.atomic
def conclude(screening: Screening, *, actor: Actor) -> Screening:
    """Close a re-screening: hits of the same subjects that still waited elsewhere are taken over by its own."""
    behind = screening.kind == Screening.Kind.REGISTER
    same = Q(screening__kind=Screening.Kind.REGISTER)
    older = ScreeningHit.objects.filter(same if behind else ~same, screening__lt=screening.pk, state__in=OPEN)
    older.filter(row__subject_key__in=screening.rows.values("subject_key")).update(
        state=HitState.SUPERSEDED, note="screened_again", held_by=None, held_until=None
    )
    return finish(screening, actor=actor)


def _report(load: WatchlistLoad, *, actor: Actor) -> None:
    """Write down what the re-screening came to, and tell the officers when it opened hits."""
    made = load.rescreenings.all()
    hits = ScreeningHit.objects.filter(screening__in=made)
    waiting = hits.filter(state__in=OPEN)
    load.rescreened_at = timezone.now()
    load.compared = {
        "rows": ScreeningRow.objects.filter(screening__in=made.filter(kind=Screening.Kind.RESCREEN)).count(),
        "people": ScreeningRow.objects.filter(screening__in=made.filter(kind=Screening.Kind.REGISTER)).count(),
        "opened": waiting.exclude(note="record_changed").count(),
        "reopened": waiting.filter(note="record_changed").count(),
        "kept": hits.filter(note="decided_before").count(),
    }
    load.save(update_fields=["rescreened_at", "compared"])
    audit.record("watchlist.rescreened", actor=actor, subject=load.ref, **load.compared)
    tell_officers(waiting, "rescreen_new_hits")


def tell_officers(waiting: QuerySet[ScreeningHit], code: str) -> None:
    """Tell every officer where hits wait, once for each screening."""
    refs = waiting.order_by().values_list("screening__ref", flat=True).distinct()
    for ref in list(refs):
        for officer in officers():
            notices.notify(officer, code, subject_ref=ref)


def tell_watchers(load: WatchlistLoad) -> None:
    """Tell every officer that an edition could not be compared with what was screened before."""
    for officer in officers():
        notices.notify(officer, "rescreen_failed", subject_ref=load.ref)
