"""Files as phones make them, with planted places, names and devices, made while the tests run."""

import array
import io
import math
import struct
import zipfile
import zlib
from typing import Any

import av
import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

PLANTED = b"PLANTED"


def photo(size: tuple[int, int] = (60, 40), kind: str = "JPEG") -> bytes:
    """Return a photo with a place (GPS), a camera, XMP, a comment, a hidden preview, and something after its end."""
    exif = Image.Exif()
    exif[0x010F] = "PLANTED-CAMERA"
    exif.get_ifd(0x8825)[2] = (27.0, 42.0, 55.0)
    exif.get_ifd(0x8825)[29] = "PLANTED-GPS"
    more: dict[str, Any] = {"exif": exif}
    if kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_text("Author", "PLANTED-AUTHOR")
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **more)
    data = out.getvalue()
    if kind != "JPEG":
        return data
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>PLANTED-XMP</x:xmpmeta>"
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x50\0\x0bPLANTED-IPT"
    parts = [(0xE1, xmp), (0xED, iptc), (0xFE, b"PLANTED-COMMENT")]
    segments = b"".join(b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in parts)
    return data[:2] + segments + data[2:] + b"PLANTED-AFTER-THE-END" + data


def sound(container: str, codec: str, rate: int = 16000, seconds: float = 0.4) -> bytes:
    """Return a short tone in a container, with a title, an artist, a place and a day written into it."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as target:
        target.metadata.update(
            {
                "title": "PLANTED-TITLE",
                "artist": "PLANTED-ARTIST",
                "comment": "PLANTED",
                "location": "+27.7172+085.3240/",
                "creation_time": "2026-01-05T10:11:12Z",
            }
        )
        stream = target.add_stream(codec, rate=rate, layout="mono")
        fit = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=rate)
        samples = int(rate * seconds)
        frame = av.AudioFrame(format="s16", layout="mono", samples=samples)
        frame.sample_rate, frame.pts = rate, 0
        wave = array.array("h", [int(9000 * math.sin(n / 12)) for n in range(samples)]).tobytes()
        frame.planes[0].update(wave.ljust(frame.planes[0].buffer_size, b"\0"))
        for piece in [*fit.resample(frame), *fit.resample(None)]:
            target.mux(stream.encode(piece))
        target.mux(stream.encode(None))
    return out.getvalue()


def film() -> bytes:
    """Return a film of one frame."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        stream = target.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 32, 32, "yuv420p"
        for _ in range(3):
            target.mux(stream.encode(av.VideoFrame(32, 32, "yuv420p")))
        target.mux(stream.encode(None))
    return out.getvalue()


def paper() -> bytes:
    """Return a PDF with an author, a script that runs on opening, an attachment, a link and a camera."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(200, 200))
        camera = pikepdf.Stream(pdf, photo())
        camera.update(pikepdf.Dictionary(Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40,
                                         ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
                                         Filter=pikepdf.Name.DCTDecode))  # fmt: skip
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=camera), Font=pikepdf.Dictionary(F=font))
        page.Contents = pikepdf.Stream(
            pdf, b"BT /F 12 Tf 20 150 Td (seen on the page) Tj ET q 60 0 0 40 20 20 cm /P Do Q"
        )
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://PLANTED.example")
        page.Annots = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link))])  # fmt: skip
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('PLANTED')")
        pdf.attachments["PLANTED.exe"] = b"MZ PLANTED"
        pdf.docinfo["/Author"] = "PLANTED-AUTHOR"
        with pdf.open_metadata() as about:
            about["dc:creator"] = ["PLANTED-XMP"]
        pdf.save(out)
    return out.getvalue()


RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def letter(**more: bytes) -> bytes:
    """Return a Word file with an author, a tracked change, a template from elsewhere, and a photo with a camera."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    parts = {
        "[Content_Types].xml": b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        b'content-types"><Override PartName="/docProps/core.xml" ContentType="x"/></Types>',
        "_rels/.rels": RELS.format(
            f'<Relationship Id="a" Type="{KIND}officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="b" Type="{KIND}core" Target="docProps/core.xml"/>'
        ).encode(),
        "docProps/core.xml": b"<a>PLANTED-AUTHOR</a>",
        "word/document.xml": (
            f'<w:document xmlns:w="{word}"><w:body><w:p w:rsidR="00PLANTED"><w:ins w:id="1" w:author="PLANTED"'
            ' w:date="2026-01-05T10:00:00Z"><w:r><w:t>seen on the page</w:t></w:r></w:ins></w:p></w:body></w:document>'
        ).encode(),
        "word/settings.xml": f'<w:settings xmlns:w="{word}"><w:rsids><w:rsid w:val="00PLANTED"/></w:rsids></w:settings>'
        .encode(),
        "word/_rels/document.xml.rels": RELS.format(
            f'<Relationship Id="c" Type="{KIND}hyperlink" Target="https://PLANTED.example" TargetMode="External"/>'
            f'<Relationship Id="d" Type="{KIND}attachedTemplate" Target="http://PLANTED/t.dotm" TargetMode="External"/>'
        ).encode(),
        "word/media/image1.jpeg": photo(),
        **{name.replace("__", "/"): data for name, data in more.items()},
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, data in parts.items():
            parcel.writestr(name, data)
    return out.getvalue()


def parcel(parts: dict[str, bytes]) -> bytes:
    """Return a plain zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def flood(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a PNG of a few bytes that claims so many pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = zlib.compress(bytes(100_000))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
