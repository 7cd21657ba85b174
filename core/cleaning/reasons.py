"""Why there is no clean copy: a code, which staff read as a sentence. Pure."""


class NotCleaned(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """No clean copy can be made; its words are the code of why."""


NOT_READABLE = "not_readable"
TOO_LARGE = "too_large"
FLOOD = "flood"
TOO_SLOW = "too_slow"
LOCKED = "locked"
FILM = "film"
PARTS = "parts"
BUSY = "busy"
REASONS = {NOT_READABLE, TOO_LARGE, FLOOD, TOO_SLOW, LOCKED, FILM, PARTS, BUSY}
