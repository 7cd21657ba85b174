"""The demo's keys for programs: one that works for a partner, one that was revoked. Nobody has their secrets."""

from core.apikeys import issue_key, revoke_key
from parties.demo import World
from recruiters.api.datasets import MATCH_REGISTER, MATCH_WATCHLISTS


def build(world: World) -> None:
    """Issue the demo's keys to the organisations that the demo already has."""
    admin = world.users["admin"]
    for place, account in enumerate(list(world.accounts.values())[:2]):
        scopes = [MATCH_REGISTER] if place else [MATCH_REGISTER, MATCH_WATCHLISTS]
        label = "Nightly check of suppliers' agencies" if place else "Visa desk: names on applications"
        key, _secret = issue_key(label=label, account=account, scopes=scopes, actor=admin)
        if place:
            revoke_key(key, actor=admin)
