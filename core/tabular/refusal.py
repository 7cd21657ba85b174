"""Say no to a file so that the person who sent it knows what happened, what was kept, and what to do."""

from typing import Literal

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

RefusalCode = Literal["size", "kind", "encoding", "empty", "broken", "columns", "unsafe"]


class TableRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A table that cannot be read; the message is for people, the code is for programs."""

    def __init__(self, message: str, *, code: RefusalCode) -> None:
        super().__init__(message)
        self.code = code


def too_large(size: int, cap: int) -> TableRefused:
    """Return the refusal of a file of so many bytes, told by how much it is over: 20.0 MB may not be 20.0 MB."""
    return TableRefused(
        _(
            "A table may be at most %(cap)s, and this file is %(over)s over that. Nothing of it was kept. "
            "Split the list into smaller files, or leave out the columns that are not needed, and send it again."
        )
        % {"cap": filesizeformat(cap), "over": filesizeformat(size - cap)},
        code="size",
    )
