"""Walk an XML part of a workbook, piece by piece, refusing what no workbook holds: a document type declaration.

Entities are declared in a document type; without one there is nothing to expand and nothing to fetch.
"""

import re
from collections.abc import Iterator
from typing import IO, Any, Protocol
from xml.parsers import expat

BLOCK_BYTES = 64 * 1024
_ROW = re.compile(rb"<(?:[\w.-]+:)?row(?=[\s/>])[^>]*")
_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)")


class _Readable(Protocol):
    """Anything that hands out blocks of bytes."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes."""


class UnsafeMarkup(Exception):  # noqa: N818 - reads as a sentence where it is raised and caught
    """A document type declaration where none belongs."""


def safe_parser() -> Any:
    """Return a parser that names things "namespace local", joins character data, and refuses document types."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.buffer_size = 32 * 1024

    def refuse(*_arguments: object) -> int:
        raise UnsafeMarkup

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    return parser


def feed(parser: Any, stream: _Readable) -> Iterator[None]:
    """Feed a stream to a parser, pausing after each block; raises ValueError if it is not sound XML."""
    isfinal = True
    try:
        while block := stream.read(BLOCK_BYTES):
            parser.Parse(block)
            yield
        parser.Parse(b"", isfinal)
        yield
    except expat.ExpatError as error:
        raise ValueError("not sound XML") from error


def last_row(stream: IO[bytes]) -> int:
    """Read a worksheet to its end without looking into it; return the number of its last row.

    Raises ValueError if it is not sound XML, UnsafeMarkup for a document type.
    """
    parser = safe_parser()
    blocks = _Copied(stream)
    number = 0
    for _block in feed(parser, blocks):
        for found in _ROW.finditer(blocks.take()):
            given = _NUMBER.search(found[0])
            number = int(given[1]) if given and len(given[1]) < 10 else number + 1
    return number


class _Copied:
    """Hand out a stream's blocks and keep a copy, cut where an element begins."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.kept = b""

    def read(self, size: int) -> bytes:
        block = self.stream.read(size)
        self.kept += block
        return block

    def take(self) -> bytes:
        cut = self.kept.rfind(b"<")
        if cut < 0:
            return b""
        taken, self.kept = self.kept[:cut], self.kept[cut:]
        return taken


def elements(stream: IO[bytes], *, ends: bool = False) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each element's local name and attributes in order; with `ends`, "/name" where one closes."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = safe_parser()
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(" ")[2], attributes))
    if ends:
        parser.EndElementHandler = lambda name: found.append(("/" + name.rpartition(" ")[2], {}))
    for _block in feed(parser, stream):
        yield from found
        found.clear()


def texts(stream: IO[bytes], item: str) -> Iterator[str]:
    """Yield the text of each `item` element: its <t> parts joined, reading aids (<rPh>) left out."""
    found: list[str] = []
    parts: list[str] = []
    state = {"text": False, "aid": False}
    parser = safe_parser()

    def start(name: str, _attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == item:
            parts.clear()
        elif local == "rPh":
            state["aid"] = True
        elif local == "t":
            state["text"] = not state["aid"]

    def end(name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "t":
            state["text"] = False
        elif local == "rPh":
            state["aid"] = False
        elif local == item:
            found.append("".join(parts))

    def data(text: str) -> None:
        if state["text"]:
            parts.append(text)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    for _block in feed(parser, stream):
        yield from found
        found.clear()
