"""Say which lists a caller may ask: the register with one right, the watchlists with another, nothing without a key."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.api import Call, Refusal
from core.api.endpoint import unauthorised
from recruiters.models import WatchlistSource

REGISTER = "register"
WATCHLISTS = "watchlists"
DEFAULT = "default"
MATCH_REGISTER = "match:register"
MATCH_WATCHLISTS = "match:watchlists"
SCOPES: dict[str, str | Promise] = {
    MATCH_REGISTER: gettext_lazy("match names with the register"),
    MATCH_WATCHLISTS: gettext_lazy("match names with the watchlists"),
}


@dataclass(frozen=True)
class Asking:
    """The lists that one call asks: the register or not, and the watchlists by their codes."""

    register: bool
    sources: frozenset[str]

    @property
    def engine_dataset(self) -> str:
        """Return what the engine calls these lists."""
        if self.register and self.sources:
            return "all"
        return "register" if self.register else "watchlists"


def allowed(call: Call) -> Asking:
    """Return every list that the caller may ask."""
    sources = frozenset(active_sources()) if call.may(MATCH_WATCHLISTS) else frozenset()
    return Asking(call.may(MATCH_REGISTER), sources)


def active_sources() -> list[str]:
    """Return the codes of the watchlists in use."""
    return list(WatchlistSource.objects.filter(is_active=True).values_list("code", flat=True))


def asking(call: Call, dataset: str, include: list[str], exclude: list[str]) -> Asking:
    """Return the lists that a call asks; raises Refusal (401, 403, 404).

    A watchlist that the caller has no right to is not there for him (404), like one that does not exist.
    """
    if call.key is None:
        raise unauthorised(_("This needs a key. Ask the operator of this platform for one."))
    reach = allowed(call)
    if not reach.register and not call.may(MATCH_WATCHLISTS):
        raise Refusal(403, _("This key lacks the right “%(scope)s”.") % {"scope": MATCH_REGISTER})
    chosen = _named(call, dataset, reach)
    if include:
        named = [_named(call, name, reach) for name in include]
        extra = Asking(any(one.register for one in named), frozenset().union(*(one.sources for one in named)))
        # Beside the default, the lists named narrow it; beside a list of its own, they are added.
        chosen = extra if dataset == DEFAULT else _joined(chosen, extra)
    for name in exclude:
        if name in (REGISTER, DEFAULT):
            chosen = Asking(register=False, sources=chosen.sources)
        chosen = Asking(chosen.register, frozenset() if name == WATCHLISTS else chosen.sources - {name})
    return chosen


def _joined(one: Asking, other: Asking) -> Asking:
    return Asking(one.register or other.register, one.sources | other.sources)


def _named(call: Call, name: str, reach: Asking) -> Asking:
    if name == DEFAULT:
        return reach
    if name == REGISTER:
        if not reach.register:
            raise Refusal(403, _("This key lacks the right “%(scope)s”.") % {"scope": MATCH_REGISTER})
        return Asking(register=True, sources=frozenset())
    if name == WATCHLISTS:
        if not call.may(MATCH_WATCHLISTS):
            raise Refusal(403, _("This key lacks the right “%(scope)s”.") % {"scope": MATCH_WATCHLISTS})
        return Asking(register=False, sources=reach.sources)
    if name in reach.sources:
        return Asking(register=False, sources=frozenset({name}))
    raise Refusal(404, _("There is no list of the name “%(name)s”.") % {"name": name[:60]}, field="dataset")
