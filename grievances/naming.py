"""Find the parties that a worker's words may mean, so that nobody tied to them is told; never shown to the worker."""

from collections import Counter

from django.db.models import Q

from parties.keys import MAX_KEY, fold
from parties.matching import ALERT, similarity
from parties.models import Identifier, Kind, NameKey, Party

MOST_CANDIDATES = 60
MOST_FOUND = 5
# Words that half of all recruiters and employers carry say nothing about which one is meant.
_GENERIC_WORDS = """
and the of for from with company co ltd limited pvt private llc inc group international global overseas manpower
agency agencies services service recruitment recruiting employment human resources consultancy consultants trading
contracting construction general establishment factory works industries enterprise enterprises solutions
"""
GENERIC = frozenset(_GENERIC_WORDS.split())


def possible_parties(text: str) -> list[Party]:
    """Return the parties whose names or numbers the words may mean, likeliest first; a few at most."""
    words = [word[:MAX_KEY] for word in fold(text).split()][:16]
    if not words:
        return []
    exact = Identifier.objects.filter(value__iexact=text.strip()[:80]).values_list("party", flat=True)[:MOST_FOUND]
    found = dict.fromkeys(exact)
    telling = [word for word in words if word not in GENERIC and len(word) >= 3] or words
    for party in _candidates(telling):
        if party.pk not in found and _alike(text, party):
            found[party.pk] = None
    kept = list(found)[:MOST_FOUND]
    parties = Party.objects.in_bulk(kept)
    return [parties[pk] for pk in kept]


def _candidates(words: list[str]) -> list[Party]:
    """Return the parties that share most words with the text."""
    joined = "".join(words)[:MAX_KEY]
    rows = NameKey.objects.filter(Q(key__in=words) | Q(key=joined)).values_list("party", "key").distinct()[:2000]
    votes = Counter(party for party, _key in rows)
    best = [party for party, _count in votes.most_common(MOST_CANDIDATES)]
    return list(Party.objects.filter(pk__in=best).prefetch_related("names"))


def _alike(text: str, party: Party) -> bool:
    """Say whether a text means a party: the names are alike, or all telling words of the name are in the text."""
    said = set(fold(text).split())
    for name in party.names.all():
        telling = {word for word in fold(name.text).split() if word not in GENERIC}
        if telling and telling <= said:
            return True
        if not said - GENERIC:
            # Words of the trade alone mean a party only when they are its whole name.
            if said == set(fold(name.text).split()):
                return True
            continue
        if similarity(text, name.text, "person" if party.kind == Kind.PERSON else "organisation") >= ALERT:
            return True
    return False
