"""Build a PDF anew from its pages alone: authors, dates, programs, attachments, links, earlier versions are gone."""

import io

import pikepdf

from core.cleaning.reasons import LOCKED, NOT_READABLE, PARTS, TOO_LARGE, NotCleaned
from core.cleaning.segments import bare_jpeg

MOST_PAGES = 1_000
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_OF_A_PAGE = {"/Contents", "/Group", "/UserUnit", "/BleedBox", "/TrimBox", "/ArtBox", *_INHERITED}
_NEVER = (
    "/Metadata", "/PieceInfo", "/AA", "/A", "/OpenAction", "/JS", "/AF", "/EF", "/Thumb", "/LastModified", "/OPI",
    "/CreatorInfo", "/Names", "/URI", "/Alternates", "/Measure", "/PtData",
)  # fmt: skip
__all__ = ["NotCleaned", "clean", "prepare"]


def prepare() -> None:
    """Load what building needs, before the walls close."""
    empty = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page()
        paper.save(empty)
    clean(empty.getvalue())


def clean(data: bytes) -> tuple[bytes, str]:
    """Return a new PDF that shows the same pages; raises NotCleaned."""
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as source, pikepdf.new() as target:
            if len(source.pages) > MOST_PAGES:
                raise NotCleaned(TOO_LARGE)
            # What was filled in and written on the pages is seen, so it stays: as marks, no longer as fields.
            source.flatten_annotations("screen")
            for page in source.pages:
                target.pages.append(pikepdf.Page(source.make_indirect(_bare_page(page.obj))))
            for thing in target.objects:
                _bare(thing)
            target.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    except pikepdf.PasswordError as error:
        raise NotCleaned(LOCKED) from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, TypeError, KeyError, RuntimeError) as error:
        raise NotCleaned(NOT_READABLE) from error
    return out.getvalue(), "pdf"


def _bare_page(page: pikepdf.Object) -> pikepdf.Dictionary:
    """Return a page with only what draws it; what it inherits from the tree of pages is its own from now on."""
    bare: dict[str, pikepdf.Object] = {"/Type": pikepdf.Name.Page}
    for name in _INHERITED:
        node, steps = page, 0
        while name not in node and "/Parent" in node and steps < 50:
            node, steps = node["/Parent"], steps + 1
        if name in node:
            bare[name] = node[name]
    bare |= {name: page[name] for name in _OF_A_PAGE if name in page}
    return pikepdf.Dictionary(bare)


def _bare(thing: pikepdf.Object) -> None:
    """Take from one object whatever does not draw; a picture in it loses what its camera wrote."""
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return
    for name in _NEVER:
        if name in thing:
            del thing[name]
    if not isinstance(thing, pikepdf.Stream) or "/Filter" not in thing:
        return
    asked = thing["/Filter"]
    filters = [str(each) for each in asked] if isinstance(asked, pikepdf.Array) else [str(asked)]
    if "/JPXDecode" in filters:
        raise NotCleaned(PARTS)
    if "/DCTDecode" in filters:
        thing.write(bare_jpeg(_photo(thing, filters)), filter=pikepdf.Name.DCTDecode)


def _photo(thing: pikepdf.Stream, filters: list[str]) -> bytes:
    """Return the JPEG that a picture's stream holds, out of whatever it is wrapped in."""
    if filters[-1] != "/DCTDecode" or "/Crypt" in filters:
        raise NotCleaned(PARTS)
    if len(filters) == 1:
        return thing.read_raw_bytes()
    with pikepdf.new() as bench:
        wrapped = pikepdf.Stream(bench, thing.read_raw_bytes())
        wrapped["/Filter"] = pikepdf.Array([pikepdf.Name(each) for each in filters[:-1]])
        return wrapped.read_bytes()
