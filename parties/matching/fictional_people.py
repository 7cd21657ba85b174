# ruff: noqa: E501, SIM905 (lists of words stay on their lines)
"""Make fictional people whose names are built as in countries that workers come from; for learning and tests.

Lists of aliases, from which most weights are learned, hardly hold them: half a village is called Md. Kamal, and only the
word that is most often left out tells Md. Kamal Mia from Md. Kamal Hossain.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

_MEN = (
    "kamal jamal jahangir alamgir selim salim shafiq rafiq rafiqul shahidul nurul nazrul kabir jabbar karim rahim latif "
    "sohel rubel masud mamun harun babul milon liton ripon faruk iqbal anwar monir habib aziz hamid majid rashid sattar"
).split()
_WOMEN = "rokeya salma nasima fatema shirin rina ruma lipi shahida nargis parvin jahanara taslima sufia moyna".split()
_AFTER_MEN = "mia hossain uddin khan islam alam ali sheikh sarkar mollah howlader pasha talukder sikder molla".split()
_AFTER_WOMEN = "begum khatun akter bibi sultana khanam".split()
_NEPAL = "ram shyam hari krishna gopal bishnu dil lal man dhan sher tek purna bhim indra surya chandra mohan".split()
_NEPAL_WOMEN = "sita gita maya laxmi sarita kamala bimala sunita anita devi saraswati radha".split()
_NEPAL_LAST = (
    "thapa gurung tamang rai limbu magar shrestha karki basnet khadka bhandari adhikari poudel sherpa lama chaudhary"
).split()
_JAVA = "siti sri dewi nur dwi tri wahyu agus budi eko joko slamet suparman sutrisno ahmad ani rina yuli".split()
_JAVA_LAST = (
    "rahayu lestari wulandari handayani astuti setiawan santoso wibowo susanto hidayat saputra kurniawan utami puspita"
).split()
_PHILIPPINES = "maria jose juan ana rosa ramon liza marites jocelyn rodel arnel noel grace cristina michelle".split()
_PHILIPPINES_LAST = "santos cruz reyes bautista garcia mendoza ramos flores villanueva aquino dizon salazar".split()
_ARABIC = "ahmad khalid hassan omar yousef ibrahim saleh faisal majid nasser tariq walid samir adel".split()
_ETHIOPIA = "tigist almaz bekele abebe kebede tadesse girma hirut selam mulu worku alemu desta haile".split()
_TITLES = ("", "Md. ", "Md ", "Mohammad ", "Mohammed ", "MD. ")


def _bengal(dice: Random) -> tuple[str, str, str]:
    if dice.random() < 0.6:
        return "Md.", dice.choice(_MEN), dice.choice(_AFTER_MEN)
    return "Mst.", dice.choice(_WOMEN), dice.choice(_AFTER_WOMEN)


def _parts(dice: Random) -> tuple[str, str, str]:
    """Return a name as what stands before, the given name and the last name; the first or last may be empty."""
    where = dice.random()
    if where < 0.45:
        return _bengal(dice)
    if where < 0.65:
        women = dice.random() < 0.4
        middle = dice.choice(("Kumari", "Maya", "Devi")) if women else dice.choice(("Bahadur", "Kumar", "Prasad"))
        first = dice.choice(_NEPAL_WOMEN if women else _NEPAL)
        return "", f"{first} {middle}" if dice.random() < 0.6 else first, dice.choice(_NEPAL_LAST)
    if where < 0.75:
        return "", dice.choice(_JAVA), dice.choice(_JAVA_LAST)
    if where < 0.85:
        return "", dice.choice(_PHILIPPINES), dice.choice(_PHILIPPINES_LAST)
    names = _ARABIC if where < 0.95 else _ETHIOPIA
    return "", dice.choice(names), dice.choice(names)


def _put(before: str, given: str, last: str) -> str:
    return " ".join(part for part in (before, given.title(), last.title()) if part)


_TURNS = (
    ("Md.", "Mohammad"), ("Md.", "MD"), ("Md.", "Mohammed"), ("Mst.", "Mosammat"), ("Mia", "Miah"), ("Hossain", "Hussain"),
    ("Bahadur", "Bdr."), ("Kumar", "Kr."), ("Laxmi", "Lakshmi"), ("Sheikh", "Shaikh"), ("Islam", "Eslam"), ("ee", "i"), ("oo", "u"),
    ("Sohel", "Suhel"), ("Begum", "Begam"), ("Khatun", "Khatoon"), ("Akter", "Akhter"), ("Prasad", "Pd."), ("Shafiq", "Shafik"),
    ("Yousef", "Yusuf"), ("Khalid", "Khaled"), ("Hassan", "Hasan"), ("Cruz", "Dela Cruz"), ("uddin", "udddin"), ("sh", "s"),
    ("Poudel", "Paudel"), ("Adhikari", "Adhikary"), ("Chaudhary", "Choudhary"), ("Kurniawan", "Kurniawan "), ("al", "el"),
)  # fmt: skip


def written_otherwise(name: str, dice: Random) -> str:
    """Return a name as another clerk would write it: titles, spellings, order, capitals, a slip of the hand."""
    for old, new in dice.sample(_TURNS, 14):
        name = name.replace(old, new, 1)
    what = dice.random()
    if what < 0.15:
        words = name.split()
        name = " ".join([words[-1], *words[:-1]])
    elif what < 0.3:
        name = name.upper()
    elif what < 0.4:
        place = dice.randrange(1, len(name) - 2)
        if name[place : place + 2].isalpha():
            name = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name


def _nearest(given: str, dice: Random) -> str:
    """Return a given name of somebody else that is written much like this one, of half the names; else nothing."""
    head, _space, rest = given.partition(" ")
    like = [n for n in (*_MEN, *_WOMEN, *_NEPAL, *_NEPAL_WOMEN, *_JAVA) if n != head and _apart(n, head)]
    if not like or dice.random() < 0.5:
        return ""
    return f"{dice.choice(like)} {rest}".strip()


def _apart(name: str, other: str) -> bool:
    """Tell whether two names are one consonant apart: Kamal and Jamal are two men, Selim and Salim may be one."""
    if len(name) != len(other):
        return False
    differing = [(a, b) for a, b in zip(name, other, strict=True) if a != b]
    return len(differing) == 1 and not set(differing[0]) & set("aeiouwy")


def people_pairs(number: int = 400, seed: int = 7) -> Iterator[tuple[str, str, int]]:
    """Yield pairs of names: a person as others write her (1), and with a namesake who is somebody else (0).

    A namesake shares all words but one: another last name, or another given name beside the same last one.
    """
    dice = Random(seed)  # noqa: S311
    made = 0
    while made < number:
        before, given, last = _parts(dice)
        other = _parts(dice)
        name = _put(before, given, last)
        yield name, written_otherwise(name, dice), 1
        if other[0] == before and other[2] != last and {other[2], last}.isdisjoint(given.split()):
            yield name, _put(before, given, other[2]), 0
            if other[1] != given:
                near = _nearest(given, dice)
                yield name, _put(before, near or other[1], last), 0
        made += 1
