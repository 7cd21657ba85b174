"""Name a file that is handed out: whatever the name holds, the header is one line and the ending is what it shows."""

import re

from django.utils.http import content_disposition_header

MOST_LETTERS = 100
# Everything but letters, marks and digits of any script, and what file names commonly have besides.
_UNFIT = re.compile(r"[^\w.\-]+|[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]+")


def plain_name(name: str) -> str:
    """Return a name of a file without signs that end a header, hide an ending, or lead to another folder."""
    stem, dot, ending = name.rpartition(".") if "." in name[-9:] else (name, "", "")
    stem, ending = (_UNFIT.sub("-", part.encode("utf-8", "replace").decode()).strip("-.") for part in (stem, ending))
    return f"{stem[:MOST_LETTERS] or 'file'}{dot}{ending}"


def content_disposition(name: str, *, inline: bool = False) -> str:
    """Return the header by which a browser keeps an answer as a file of this name, or shows it where `inline`."""
    return content_disposition_header(as_attachment=not inline, filename=plain_name(name)) or "attachment"
