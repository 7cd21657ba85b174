"""Tell a reader who cannot see the page what is a heading, a row, a cell: the PDF's structure tree."""

from dataclasses import dataclass, field

from reportlab.pdfbase import pdfdoc


def hex_text(text: str) -> str:
    """Return text as a PDF's hexadecimal string holds it."""
    return ("\ufeff" + text).encode("utf-16-be").hex()


@dataclass
class Tag:
    """One element of a document's structure; `marks` are the stretches of pages that belong to it."""

    kind: str  # P, H1, H2, H3, Table, TR, TH, TD, Figure
    kids: list["Tag"] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)  # page from 0, number on that page
    alt: str = ""
    scope: str = ""  # of a TH: Column or Row
    lang: str = ""  # where it is not the document's

    def add(self, kind: str, *, alt: str = "", scope: str = "", lang: str = "") -> "Tag":
        """Return a new element inside this one."""
        tag = Tag(kind, alt=alt, scope=scope, lang=lang)
        self.kids.append(tag)
        return tag


class TaggedPage(pdfdoc.PDFPage):  # type: ignore[misc]  # reportlab is not typed
    """A page that knows its place in the structure tree."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


class _Element(pdfdoc.PDFObject):  # type: ignore[misc]
    """Write one structure element without building a dictionary of objects for it; a long table has thousands."""

    __RefOnly__ = 1

    def __init__(self, tag: Tag, name: str, parent: str, kids: list[str]) -> None:
        self.tag, self.name, self.parent, self.kids = tag, name, parent, kids

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        """Return the element as it stands in the file."""
        parts = [f"/S/{self.tag.kind}/P {_reference(document, self.parent)}"]
        kids = [_reference(document, kid) for kid in self.kids]
        first = self.tag.marks[0][0] if self.tag.marks else -1
        for page, number in self.tag.marks:
            place = _reference(document, f"Page{page + 1}")
            kids.append(str(number) if page == first else f"<</Type/MCR/Pg {place}/MCID {number}>>")
        if first >= 0:
            parts.append(f"/Pg {_reference(document, f'Page{first + 1}')}")
        parts.append(f"/K[{' '.join(kids)}]")
        if self.tag.alt:
            parts.append(f"/Alt<{hex_text(self.tag.alt)}>")
        if self.tag.lang:
            parts.append(f"/Lang({self.tag.lang})")
        if self.tag.scope:
            parts.append(f"/A<</O/Table/Scope/{self.tag.scope}>>")
        return f"<<{''.join(parts)}>>".encode("ascii")


def _reference(document: pdfdoc.PDFDocument, name: str) -> str:
    number, version = document.idToObjectNumberAndVersion.get(name) or _numbered(document, name)
    return f"{number} {version} R"


def _numbered(document: pdfdoc.PDFDocument, name: str) -> tuple[int, int]:
    """Let reportlab give a named object its number."""
    pdfdoc.PDFObjectReference(name).format(document)
    number, version = document.idToObjectNumberAndVersion[name]
    return number, version


def write_structure(document: pdfdoc.PDFDocument, root: Tag, pages: int) -> None:
    """Add the structure tree to a document whose pages are all shown."""
    by_mark: list[dict[int, str]] = [{} for _page in range(pages)]
    _add(document, root, "Structure", by_mark, [0])
    numbers = []
    for page, marks in enumerate(by_mark):
        array = pdfdoc.PDFArray([pdfdoc.PDFObjectReference(marks[number]) for number in sorted(marks)])
        numbers += [page, document.Reference(array, f"Parents{page}")]
        shown = document.idToObject[f"Page{page + 1}"]
        shown.__class__ = TaggedPage
        shown.StructParents, shown.Tabs = page, pdfdoc.PDFName("S")
    tree = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
    structure = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("StructTreeRoot"),
            "K": pdfdoc.PDFObjectReference("Tag1"),
            "ParentTree": document.Reference(tree, "ParentTree"),
            "ParentTreeNextKey": pages,
        }
    )
    document.Catalog.StructTreeRoot = document.Reference(structure, "Structure")
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})


def _add(document: pdfdoc.PDFDocument, tag: Tag, parent: str, by_mark: list[dict[int, str]], count: list[int]) -> str:
    count[0] += 1
    name = f"Tag{count[0]}"
    for page, number in tag.marks:
        by_mark[page][number] = name
    kids = [_add(document, kid, name, by_mark, count) for kid in tag.kids]
    document.Reference(_Element(tag, name, parent, kids), name)
    return name
