"""Make the demo's public site: the real guidance, and news that is fictional and says so."""

from typing import TYPE_CHECKING

from cms.seeding import build_site

if TYPE_CHECKING:
    from parties.demo import World


def build(world: "World") -> None:
    """Set up the public site in every language, with made-up news."""
    world.notes.append(build_site(with_demo=True))
