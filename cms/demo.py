"""Make the demo's public site: real guidance, fictional news that says so, and the demo's figures."""

from typing import TYPE_CHECKING

from cms.seeding import build_site
from cms.statistics.releasing import release_finished
from grievances import demo_history

if TYPE_CHECKING:
    from parties.demo import World


def build(world: "World") -> None:
    """Set up the public site in every language, with made-up news, and publish the figures of the last quarters."""
    world.notes.append(build_site(with_demo=True))
    demo_history.build(world.today, [world.users["nadia"]])
    release_finished(world.today, quarters=4, actor=world.actor)
