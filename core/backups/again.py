"""Let each app delete again what was deleted after a backup was made."""

from collections.abc import Callable, Sequence

from core.actors import Automatic
from core.deletions import Deletion

RESTORE = Automatic("restore")
# Gets every deletion that is known, and returns what it did in a few words.
Again = Callable[[Sequence[Deletion]], str]
_hooks: dict[str, Again] = {}


def after_restore(name: str) -> Callable[[Again], Again]:
    """Register what an app does on a restored database before anything is served."""

    def decorate(run: Again) -> Again:
        _hooks[name] = run
        return run

    return decorate


def run_all(known: Sequence[Deletion]) -> list[str]:
    """Run every app's part and return what each says."""
    return [said for _name, run in sorted(_hooks.items()) if (said := run(known))]
