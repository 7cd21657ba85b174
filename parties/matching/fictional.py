# ruff: noqa: E501, SIM905 (lists of words stay on their lines)
"""Make a list of fictional recruitment agencies, as dense in common words as a ministry's real one; for learning and tests.

Of 507 names about 180 hold "international", 151 "ltd" and 145 "overseas"; the words that tell are family names, place
names, pious words, colours and letters, many of them used by several agencies. All are different agencies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from rapidfuzz import fuzz

from parties.matching.normalise import read_name
from parties.matching.rarity import Rarity
from parties.matching.result import ALERT
from parties.matching.score import similarity

NUMBER = 507

_PIOUS = "noor amin madina makkah baraka rahma habib islam arafat marwa safa hijaz kaaba bushra falah huda iman nahda rabeya sabah tayeba wahda yameen zamzam mubarak shams fajr barq raiyan khidma salam jannat rashid abrar mehrab".split()
_FAMILIES = "rahman hossain chowdhury sarkar mollah talukder khan bhuiyan akand sikder mridha howlader patwary majumder biswas prodhan kazi mirza laskar munshi fakir dewan gazi matubbar hawladar bepari shikder pramanik basunia khondaker".split()
_GIVEN = "rubel shapla nasima farid kamrul tahmina jamil selim parvez afroza rokeya sohel nargis milon dalia hasna bilkis monir sumaiya tarek jahanara shirin masud liton papia ruma shuvo rina tania akash".split()
_PLACES = "dhaka sylhet comilla barisal jessore bogra rangpur khulna noakhali feni chandpur faridpur tangail sonargaon meghna padma jamuna surma karnaphuli teesta gulshan banani motijheel uttara mohakhali bengal asia gulf orient eastern western northern southern arab riyadh jeddah kuwait oman dubai".split()
_ENGLISH = "green golden royal unique modern crystal silver sunrise sunshine star moon sky ocean river garden rose lotus lily diamond pearl crown prime perfect noble bright silk falcon eagle swan dove tiger pioneer venture horizon bridge career future dream hope trust fair true swift speedy smart elite apex zenith summit vision target ideal classic popular city metro capital link line way world globe planet continental union unity friends brothers".split()
_SECOND = "land star view way line link care world point field light wings hope life bridge".split()
_TRADES = (("recruiting agency", 10), ("manpower", 8), ("services", 9), ("enterprise", 9), ("enterprises", 5), ("travels", 8), ("trade international", 6),
           ("trading", 6), ("associates", 4), ("establishment", 3), ("human resources", 3), ("corporation", 4), ("agency", 4), ("employment services", 2),
           ("trade links", 2), ("air travels", 2), ("consultancy", 2), ("export import", 2))  # fmt: skip
_MORE = (("services", 3), ("trade", 3), ("manpower", 2), ("travels", 2), ("recruiting", 1), ("business", 1))


def _pick(dice: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    return dice.choices([word for word, _ in weighted], [weight for _, weight in weighted])[0]


def _telling(dice: Random) -> str:
    """Return the part of a name that tells one agency from another."""
    sort = dice.random()
    if sort < 0.20:
        return dice.choice(("al ", "al-", "al ", "")) + dice.choice(_PIOUS)
    if sort < 0.36:
        first = dice.choice(_FAMILIES + _GIVEN)
        return first if dice.random() < 0.8 else f"{first} {dice.choice(_FAMILIES)}"
    if sort < 0.52:
        return dice.choice(_PLACES)
    if sort < 0.86:
        first = dice.choice(_ENGLISH)
        return first if dice.random() < 0.5 else f"{first} {dice.choice(_SECOND)}"
    letters = "".join(dice.choice("abcdefghijklmnprstz") for _ in range(dice.choice((2, 2, 3))))
    return ".".join(letters) + "." if dice.random() < 0.7 else letters


def make_agencies(number: int = NUMBER, seed: int = 507) -> list[str]:
    """Return the names of fictional agencies, all of different words."""
    dice = Random(seed)  # noqa: S311
    names: dict[frozenset[str], str] = {}
    while len(names) < number:
        telling, what = _telling(dice), dice.random()
        if what < 0.35:
            trade = "international"
        elif what < 0.635:
            trade = "overseas"
        else:
            trade = _pick(dice, _TRADES)
        if what < 0.635 and dice.random() < 0.12:
            trade = f"{_pick(dice, _MORE)} {trade}"
        words = f"{telling} {trade}"
        same = frozenset(words.replace("-", " ").replace(".", "").split()) - {"al"}
        ending = " Ltd" if dice.random() < 0.3 else " Limited" if dice.random() < 0.03 else ""
        title = "M/S " if dice.random() < 0.06 else ""
        if same not in names:
            names[same] = title + words.title() + ending
    return list(names.values())


_TURNS = (
    ("International", "Intl"), ("International", "Int'l."), ("International", "Internatonal"), ("Overseas", "Over Seas"), ("Overseas", "Oversea"),
    ("Manpower", "Man Power"), ("Recruiting", "Recruitment"), ("Enterprises", "Enterprise"), ("Enterprise", "Enterprises"), ("Associates", "Associate"),
    ("Services", "Service"), ("Travels", "Travel"), ("Al-", "Al "), ("Al ", "Al-"), ("Al-", ""), ("Al ", ""), ("oo", "u"), ("ee", "i"), ("ou", "u"),
    ("ah ", "a "), ("dh", "d"), ("ai", "ay"), ("Rahman", "Rahaman"), ("Hossain", "Hussain"), ("Mohakhali", "Mohakhaly"), ("Chowdhury", "Choudhury"),
    ("ph", "f"), ("q", "k"), ("er ", "ar "), ("ri", "ry"), ("M/S ", ""), ("M/S ", "Messrs. "), (" Ltd", " Limited"), (" Ltd", " Pvt. Ltd."), (" Limited", ""),
)  # fmt: skip


def rewrite(name: str, dice: Random) -> str:
    """Return a name as somebody else would write it: forms, titles, spellings, the article, a slip of the hand."""
    for old, new in dice.sample(_TURNS, 9):
        name = name.replace(old, new, 1)
    what = dice.random()
    if what < 0.2 and not name.startswith("M"):
        name = "M/S " + name
    elif what < 0.4 and "Ltd" not in name:
        name += dice.choice((" Ltd.", " Limited", " Private Limited", " (Pvt.) Ltd."))
    elif what < 0.5:
        name = name.upper()
    elif what < 0.65:
        place = dice.randrange(1, len(name) - 2)
        if name[place : place + 2].isalpha():
            name = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name


def agency_pairs(seed: int = 1) -> Iterator[tuple[str, str, int]]:
    """Yield pairs of names: each agency as others write it (1), and with every other agency of the list (0)."""
    names = make_agencies(seed=seed)
    dice = Random(seed)  # noqa: S311
    for place, name in enumerate(names):
        yield name, rewrite(name, dice), 1
        for other in names[:place]:
            yield name, other, 0


_ALIKE = 40
"""Names whose telling words are less alike as text, in per cent, are never shown for review."""


def pairs_to_review(names: Sequence[str], everything: bool = False) -> list[tuple[str, str]]:
    """Return the pairs of a list of different agencies that would be shown to a person.

    Only names whose telling words look alike at all are scored; with ``everything`` all pairs are, in twenty times the time.
    """
    rarity = Rarity.learn(names)
    told: dict[str, str] = {}
    for name in names:
        reading = read_name(name, "organisation")[0]
        own = [
            t.sound
            for place, t in enumerate(reading.tokens)
            if place not in rarity.weigh(reading, "organisation").trade
        ]
        told[name] = "".join(own)
    return [
        (left, right)
        for left, right in combinations(names, 2)
        if (everything or fuzz.ratio(told[left], told[right]) >= _ALIKE)
        and similarity(left, right, "organisation", rarity) >= ALERT
    ]
