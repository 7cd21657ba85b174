"""Say in a sentence why something cannot be done as it stands."""


class NotNow(ValueError):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Something that the state of things forbids; the message is for people."""


class ConflictOfInterest(NotNow):
    """Somebody who is tied to the visited party, or declared an interest in it."""
