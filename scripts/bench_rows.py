"""Fill a throw-away database with a register of the size that the anchors were measured at."""

import random
from datetime import date

from core.references import ALPHABET, format_reference
from parties.models import Kind, Name, Party
from parties.services import index_names
from recruiters.models import Recruiter

_FIRST = ("golden", "silver", "blue", "green", "royal", "star", "sun", "moon", "river", "ocean", "desert", "hill")
_SECOND = ("bridge", "gate", "horizon", "path", "wing", "tower", "garden", "harbour", "field", "crown", "lotus", "lamp")
_THIRD = ("manpower", "recruitment", "overseas", "services", "agency", "placement", "consult", "human resources")
_COUNTRIES = ("NP", "BD", "PH", "ID", "KE", "LK", "MM", "VN", "ET", "UA", "IN", "PK")
_BATCH = 5000


def fill(rows: int) -> None:
    """Add this many recruiters with names, search keys and standing, in bulk."""
    rng = random.Random(7)
    for start in range(0, rows, _BATCH):
        _batch(rng, start, min(_BATCH, rows - start))
    _analyse()


def _batch(rng: random.Random, start: int, count: int) -> None:
    names = [
        f"{rng.choice(_FIRST)} {rng.choice(_SECOND)} {start + n} {rng.choice(_THIRD)}".title() for n in range(count)
    ]
    parties = Party.objects.bulk_create(
        Party(ref=reference("PTY", start + n), kind=Kind.ORGANISATION, name=name, country=_COUNTRIES[(start + n) % 12])
        for n, name in enumerate(names)
    )
    texts = Name.objects.bulk_create(Name(party=p, text=p.name, kind=Name.Use.PRIMARY, script="Latn") for p in parties)
    index_names(texts)
    Recruiter.objects.bulk_create(
        Recruiter(
            ref=reference("REC", start + n),
            party=party,
            sort_name=party.name.lower(),
            country=party.country,
            standing_code=("active", "expired", "suspended_disciplinary", "revoked")[n % 4],
            standing_since=date(2024, 1, 1),
            licence_number=f"L-{start + n}",
        )
        for n, party in enumerate(parties)
    )


def reference(prefix: str, number: int) -> str:
    """Return a reference as the product writes them, of a number instead of chance."""
    body = "".join(ALPHABET[(number >> shift) & 31] for shift in range(35, -5, -5))
    return format_reference(prefix, body)


def _analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
