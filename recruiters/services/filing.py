"""Keep the names of watchlist entries and of screened rows in the index, in the transaction that writes them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from django.db import transaction

from parties.models import Collection, Identifier, Name
from parties.nameindex import Entry, clear, drop_names, file_names, is_missing, merge_blocks
from parties.services import index_identifiers
from recruiters.models import ScreeningRow, WatchlistEntry
from recruiters.registerrows import number_key


def file_entries(fresh: Sequence[WatchlistEntry], altered: Sequence[WatchlistEntry] = ()) -> None:
    """File the names of new entries, and anew those of altered ones; one that is gone is only taken out."""
    drop_names(Collection.WATCHLIST, (entry.pk for entry in altered))
    standing = (entry for entry in (*fresh, *altered) if entry.gone_on is None)
    file_names(Collection.WATCHLIST, entries_of(standing))


def entries_of(entries: Iterable[WatchlistEntry]) -> Iterator[Entry]:
    """Yield what is filed of watchlist entries: each name, the first with the numbers that lead to it."""
    for entry in entries:
        subject = entry.as_subject()
        numbers = tuple(dict.fromkeys(value for _scheme, value in subject.identifiers))
        for place, text in enumerate(subject.all_names()):
            yield Entry(entry.pk, text, subject.kind, () if place else numbers)


def file_rows(rows: Iterable[ScreeningRow]) -> None:
    """File the names and numbers of screened rows, so that a change on a list or the register finds what it touches."""
    file_names(Collection.SCREENED, (_row_entry(row) for row in rows))


def _row_entry(row: ScreeningRow) -> Entry:
    numbers = (number_key(row.licence_number), number_key(row.registration_number))
    return Entry(row.pk, row.name, row.kind, tuple(dict.fromkeys(number for number in numbers if number)))


@transaction.atomic
def index_everything() -> int:
    """Make the whole index anew from what parties, watchlists and screenings hold; return how many names it has."""
    clear()
    names = Name.objects.select_related("party").order_by("pk").iterator(chunk_size=2000)
    filed = file_names(Collection.PARTY, (Entry(name.pk, name.text, name.party.kind) for name in names))
    held = Identifier.objects.order_by("pk").iterator(chunk_size=2000)
    while batch := list(islice(held, 500)):
        index_identifiers(batch)
    entries = WatchlistEntry.objects.filter(gone_on__isnull=True).order_by("pk").iterator(chunk_size=2000)
    filed += file_names(Collection.WATCHLIST, entries_of(entries))
    rows = ScreeningRow.objects.order_by("pk").iterator(chunk_size=2000)
    return filed + file_names(Collection.SCREENED, map(_row_entry, rows))


def keep_index(*, anew: bool = False) -> str:
    """Bring the index up to date: made anew where it is missing or of an older making, else only tidied."""
    lost = Name.objects.exists() and is_missing(Collection.PARTY)
    lost = lost or (WatchlistEntry.objects.filter(gone_on__isnull=True).exists() and is_missing(Collection.WATCHLIST))
    if anew or lost:
        return f"{index_everything()} names indexed"
    return f"{merge_blocks()} keys tidied"
