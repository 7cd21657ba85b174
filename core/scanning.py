"""Ask clamd, where one is set up, whether a file holds a harmful program; no answer is an answer of its own.

The file goes to the scanner over its socket (INSTREAM) and touches no disk here. What it found is not kept by name.
"""

import ipaddress
import socket
import ssl
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SECONDS = 30.0
CHUNK = 128 * 1024


class Verdict(StrEnum):
    """What the scanner said."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_CHECKED = "not_checked"


def is_set_up() -> bool:
    """Say whether a scanner is configured."""
    return bool(settings.CLAMD_URL)


def scan(data: bytes) -> Verdict | None:
    """Return what the scanner says of a file; None where no scanner is set up, NOT_CHECKED where it does not answer."""
    if not is_set_up():
        return None
    try:
        with _connect(settings.CLAMD_URL) as line:
            answer = _ask(line, data)
    except (OSError, ValueError):
        return Verdict.NOT_CHECKED
    if answer.endswith("FOUND"):
        return Verdict.INFECTED
    return Verdict.CLEAN if answer == "stream: OK" else Verdict.NOT_CHECKED


def _connect(url: str) -> socket.socket:
    """Open the line to clamd; a worker's file never crosses a network in the clear."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    host, port = parts.hostname or "", parts.port or 3310
    if parts.scheme == "tls":
        plain = socket.create_connection((host, port), timeout=SECONDS)
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    if parts.scheme == "tcp" and _is_here(host):
        return socket.create_connection((host, port), timeout=SECONDS)
    raise ImproperlyConfigured(
        "CLAMD_URL must be unix:///path/to/socket, tcp://127.0.0.1:3310 on this machine, or tls://host:port: files of "
        "workers do not cross a network in the clear."
    )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _ask(line: socket.socket, data: bytes) -> str:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(data), CHUNK):
        piece = data[start : start + CHUNK]
        line.sendall(len(piece).to_bytes(4, "big") + piece)
    line.sendall(bytes(4))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        received = line.recv(1024)
        if not received:
            break
        answer += received
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
