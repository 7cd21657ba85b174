"""Say to a person why something was not done."""


class Refused(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """Something that the rules do not allow now; the message says what to do, and nothing was changed."""
