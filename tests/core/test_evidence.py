"""Evidence is typed by its content, cleaned, sealed, and never rendered in our pages."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from PIL import Image

from core import evidence
from core.actors import SYSTEM
from core.evidence import EvidenceRefused, EvidenceWithheld
from core.models import EvidenceFile


def make_photo(size: tuple[int, int] = (60, 40), *, place: bool = True) -> bytes:
    """Return a JPEG that carries a GPS position and a camera's name."""
    out = io.BytesIO()
    image = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    if place:
        exif[0x010F] = "PLANTED-CAMERA"
        exif.get_ifd(0x8825)[1] = "N"
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.django_db
def test_a_photo_s_place_and_camera_are_gone_from_the_copy_that_staff_read() -> None:
    file = evidence.keep_bytes(make_photo(), actor=SYSTEM, subject="VIS-1")
    read = evidence.read(file, actor=SYSTEM)
    assert b"PLANTED-CAMERA" not in read
    assert not Image.open(io.BytesIO(read)).getexif()
    original = evidence.respond_original(file, actor=SYSTEM, reason="proof").content
    assert b"PLANTED-CAMERA" in original


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"MZ\x90\x00" + b"\x00" * 200,
        b"\x7fELF" + b"\x00" * 200,
        b"",
        b"\x00\x01\x02\x03",
        b"  \n<?php echo 1;",
    ],
)
def test_case_30_what_could_run_is_refused_whatever_its_name(data: bytes) -> None:
    upload = SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")
    with pytest.raises(EvidenceRefused) as refusal:
        evidence.keep(upload, actor=SYSTEM, subject="GRV-1")
    assert str(refusal.value)
    assert not EvidenceFile.objects.exists()


@pytest.mark.django_db
def test_a_file_over_the_cap_is_refused_by_its_size(settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    with pytest.raises(EvidenceRefused, match="larger than 1 MB"):
        evidence.keep(SimpleUploadedFile("a.txt", b"x" * (1024 * 1024 + 1)), actor=SYSTEM, subject="GRV-1")


@pytest.mark.django_db
def test_a_flood_of_pixels_is_refused() -> None:
    chunk = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    flood = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    end = struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))
    with pytest.raises(EvidenceRefused, match="too large"):
        evidence.keep_bytes(flood + end, actor=SYSTEM, subject="GRV-1")


@pytest.mark.django_db
def test_case_31_a_broken_picture_is_withheld_rather_than_passed_on() -> None:
    file = evidence.keep_bytes(make_photo()[:300], actor=SYSTEM, subject="GRV-1")
    with pytest.raises(EvidenceWithheld) as withheld:
        evidence.read(file, actor=SYSTEM)
    assert withheld.value.why == "not_readable"


@pytest.mark.django_db
def test_case_30_a_file_is_answered_as_an_attachment_under_our_own_name() -> None:
    file = evidence.keep_bytes(b"plain words", actor=SYSTEM, subject="GRV-1")
    response = evidence.respond(file, actor=SYSTEM)
    assert response["Content-Disposition"] == f'attachment; filename="{file.ref}.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.django_db
@limits(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda tail: make_photo()[:80] + tail)))
def test_no_content_breaks_the_examination(data: bytes) -> None:
    try:
        assert evidence.recognise(data).content_type
    except EvidenceRefused as refusal:
        assert str(refusal)
