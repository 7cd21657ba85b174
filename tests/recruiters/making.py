"""Plain builders of recruiters, licences, lists and screenings for tests."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from core.actors import SYSTEM
from recruiters import services
from recruiters.models import Licence, Recruiter, Screening, WatchlistLoad
from recruiters.services.screenings import finish, take_rows

TODAY = date(2026, 6, 15)


def make_recruiter(name: str = "Golden Bridge Manpower", **fields: Any) -> Recruiter:
    """Return a registered recruiter."""
    return services.register_recruiter(name=name, actor=SYSTEM, **{"country": "NP", **fields})


def make_licence(recruiter: Recruiter | None = None, **fields: Any) -> Licence:
    """Return a licence in force since a year and for another one."""
    today = timezone.localdate()
    given = {
        "number": f"RL-{Licence.objects.count() + 1:04d}",
        "authority": "Department of Foreign Employment",
        "issued_on": today - timedelta(days=365),
        "expires_on": today + timedelta(days=365),
    }
    return services.add_licence(recruiter or make_recruiter(), actor=SYSTEM, **{**given, **fields})


def suspend(licence: Licence, **fields: Any) -> Any:
    """Suspend a licence by an order as of today."""
    given = {
        "order_number": "ORD-1",
        "reason_code": "fees_charged",
        "effective_on": timezone.localdate(),
        "actor": SYSTEM,
    }
    return services.suspend_licence(licence, **{**given, **fields})


def make_watchlist(
    tmp_path: Path, *entries: dict[str, Any], source: str = "Debarred", list_date: date | None = None, **fields: Any
) -> WatchlistLoad:
    """Return an edition of a watchlist that holds these entries (name, country, topics, id, schema, licence)."""
    lines = []
    for place, entry in enumerate(entries or ({"name": "Meridian Holdings"},)):
        properties = {"name": [entry["name"]], "topics": entry.get("topics", ["debarment"])}
        if entry.get("country"):
            properties["country"] = [entry["country"]]
        if entry.get("licence"):
            properties["licenseNumber"] = [entry["licence"]]
        if entry.get("birthDate"):
            properties["birthDate"] = entry["birthDate"]
        record = {
            "id": entry.get("id", f"wl-{place}"),
            "schema": entry.get("schema", "Company"),
            "properties": properties,
        }
        lines.append(json.dumps(record | {"referents": entry.get("referents", [])}))
    path = tmp_path / "list.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    given = {"allow_drop": True, "allow_older": True, **fields}
    return services.load_watchlist(path, source=source, list_date=list_date, actor=SYSTEM, **given)


def make_screening(farah: Any, *rows: dict[str, str], **fields: Any) -> Screening:
    """Return a finished screening of these rows (name, country, licence_number, type, birth_date)."""
    columns = ["name", "country", "licence_number", "type", "birth_date"]
    screening = Screening.objects.create(
        title="Agencies", owner=farah, columns=columns, mapping={name: name for name in columns}, **fields
    )
    take_rows(screening, enumerate((dict.fromkeys(columns, "") | row for row in rows), start=2))
    screening.save()
    after, count = services.screen_chunk(screening)
    while count:
        after, count = services.screen_chunk(screening, after=after)
    return finish(screening, actor=farah)


def belongs_to(recruiter: Recruiter, user: Any) -> Recruiter:
    """Tie a recruiter to the account that a user signs in for."""
    recruiter.party.account = user.memberships.get().account
    recruiter.party.save()
    return recruiter
