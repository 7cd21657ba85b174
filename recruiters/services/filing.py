"""Keep the names of watchlist entries and of screened rows in the index, in the transaction that writes them."""

from collections.abc import Iterable, Iterator, Sequence

from parties.models import Collection
from parties.nameindex import Entry, drop_names, file_names
from recruiters.models import ScreeningRow, WatchlistEntry


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
    """File the names of screened rows, so that a change on a list finds the rows it touches."""
    file_names(
        Collection.SCREENED,
        (
            Entry(row.pk, row.name, row.kind, tuple(filter(None, (row.licence_number, row.registration_number))))
            for row in rows
        ),
    )
