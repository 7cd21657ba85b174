"""Make the demo's fictional watchlist: agencies and owners as other offices would write them, and far strangers."""

import json
import random
from collections import Counter
from datetime import date
from itertools import product

from parties.models import Party, Relationship
from recruiters.models import Recruiter

TOPICS = ("debarment", "reg.action", "forced.labor", "reg.warn", "crime.traffick.human")
FAR_FIRSTS = (
    "Orion",
    "Zephyr",
    "Halcyon",
    "Meridian",
    "Corvus",
    "Aldebaran",
    "Kestrel",
    "Lodestar",
    "Calypso",
    "Vesper",
)
FAR_SECONDS = ("Shipping", "Holdings", "Crewing", "Trading", "Labour Supply", "Marine Services", "Placement")
FAR_FORMS = (("PA", "S.A."), ("CY", "Limited"), ("AE", "FZE"), ("MH", "Inc."), ("SC", "Ltd."))
SPELT = (("ee", "i"), ("oo", "u"), ("sh", "s"), ("v", "w"), ("mm", "m"), ("ph", "f"), ("y", "i"), ("kh", "k"))
"""How other offices hear the same sounds."""
AUTHORITIES = ("Joint Labour Secretariat", "Port Authority of Calder Bay", "Seafarers' Commission")


def owners_of(recruiters: list[Recruiter], rng: random.Random, count: int = 28) -> list[Party]:
    """Return owners in no order, of whom nobody stands behind several agencies, and no two are namesakes."""
    ties = Relationship.objects.filter(target__in=[one.party_id for one in recruiters[1:]])
    held = list(ties.select_related("source").order_by("pk"))
    people = {tie.source.name: tie.source for tie in held if tie.kind == "owner"}
    times = Counter(tie.source.name for tie in held)
    alone = [person for name, person in people.items() if times[name] == 1]
    return rng.sample(alone, min(count, len(alone)))


def entries(recruiters: list[Recruiter], owners: list[Party], rng: random.Random) -> list[str]:
    """Return the records of the first edition, one JSON line each."""
    lines = []
    for place, recruiter in enumerate(rng.sample(recruiters[1:], 14)):
        names = [name.text for name in recruiter.party.names.all()]
        written = agency_variant(names[0], rng)
        lines += _lines(f"jls-{place:03d}", "Company", written, names[1:], recruiter.country, rng)
    for place, person in enumerate(owners):
        others = [name.text for name in person.names.all() if name.text != person.name]
        written = person_variant(person.name, rng)
        lines += _lines(f"jls-p{place:03d}", "Person", written, others, person.country, rng)
    strangers = rng.sample(list(product(FAR_FIRSTS, FAR_SECONDS)), 23)
    far = [(f"{first} {second} {form}", where) for first, second in [("Orion", "Shipping"), *strangers]
           for where, form in [rng.choice(FAR_FORMS)]]  # fmt: skip
    for place, (name, where) in enumerate(far):
        lines += _lines(f"jls-x{place:03d}", "Company", name, [], where, rng)
    over = {"name": ["Blue Lantern Catering"], "country": ["ae"], "topics": ["debarment"]}
    lines.append(_json("jls-h001", "Company", over))
    lines.append(_measure("jls-h001", AUTHORITIES[0], "2017-02-01", "2020-01-31"))
    return lines


def next_edition(lines: list[str]) -> list[str]:
    """Return the edition that follows: some records are gone, some stand there for something else, one is new."""
    records = [json.loads(line) for line in lines]
    listed = [record["id"] for record in records if record["schema"] != "Sanction"]
    gone = set(listed[12::13])
    kept = [one for one in records if one["id"] not in gone and not gone & set(one["properties"].get("entity", ()))]
    for record in [one for one in kept if "topics" in one["properties"]][::6]:
        record["properties"]["topics"] = ["debarment", "forced.labor"]
    new = {"name": ["Northern Lights Staffing"], "country": ["pl"], "topics": ["forced.labor"]}
    return [json.dumps(one, ensure_ascii=False) for one in kept] + [_json("jls-n001", "Company", new)]


def agency_variant(name: str, rng: random.Random) -> str:
    """Return an agency's name as another office might write it."""
    swapped = name.replace("Pvt. Ltd.", "Private Limited").replace("Ltd.", "Limited").replace("Manpower", "Man Power")
    plain = name.replace(" Pvt. Ltd.", "").replace(" Ltd.", "")
    return rng.choice((name, swapped, swapped.upper(), f"M/S {plain}", f"{plain} (Pvt) Ltd"))


def person_variant(name: str, rng: random.Random) -> str:
    """Return a person's name as another office might write it: another order, another ear."""
    if " " not in name or not name.isascii():
        return name
    given, family = name.rsplit(" ", 1)
    heard = name
    for here, there in rng.sample(SPELT, len(SPELT)):
        if here in name:
            heard = name.replace(here, there, 1)
            break
    return rng.choice((name, f"{family.upper()}, {given}", f"{family} {given}", heard, heard))


def _lines(ref: str, schema: str, name: str, others: list[str], country: str, rng: random.Random) -> list[str]:
    """Return a record, and for every third a measure of some office with its days."""
    properties = {"name": [name], "alias": others, "country": [country.lower()], "topics": [rng.choice(TOPICS)]}
    if schema == "Person":
        properties["birthDate"] = [date(rng.randrange(1952, 1994), rng.randrange(1, 13), 1).isoformat()[:7]]
    made = [_json(ref, schema, properties)]
    if rng.random() < 0.34:
        made.append(_measure(ref, rng.choice(AUTHORITIES), f"20{rng.randrange(17, 26)}-0{rng.randrange(1, 10)}-15"))
    return made


def _measure(ref: str, authority: str, starts: str, ends: str = "") -> str:
    told = {"entity": [ref], "authority": [authority], "startDate": [starts]} | ({"endDate": [ends]} if ends else {})
    return _json(f"{ref}m", "Sanction", told)


def _json(ref: str, schema: str, properties: dict[str, list[str]]) -> str:
    caption = {"caption": properties["name"][0]} if "name" in properties else {}
    record = {"id": ref, "schema": schema, **caption, "properties": properties}
    return json.dumps(record, ensure_ascii=False)
