"""Say no to a file so that the person who sent it knows what happened, what was kept, and what to do."""

from typing import Literal

RefusalCode = Literal["size", "kind", "encoding", "empty", "broken", "columns", "unsafe"]


class TableRefused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A table that cannot be read; the message is for people, the code is for programs."""

    def __init__(self, message: str, *, code: RefusalCode) -> None:
        super().__init__(message)
        self.code = code
