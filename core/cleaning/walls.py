"""Shut the present process in: no file, no network, no other program, little memory and little time, for good.

On Linux for x86-64 and ARM64 the kernel refuses every system call but the few that reckoning and writing the answer
need (seccomp). Elsewhere the limits on memory, time and files hold alone.
"""

import contextlib
import ctypes
import os
import resource
import struct

_ALLOWED = {
    "x86_64": (
        0xC000003E,
        56,
        "0 1 3 5 8 9 10 11 12 13 14 15 19 20 24 25 28 39 60 72 98 131 186 202 204 228 230 231 234 262 273 318 334",
    ),
    "aarch64": (
        0xC00000B7,
        220,
        "25 57 62 63 64 65 66 79 80 93 94 98 99 113 115 123 124 131 132 134 135 139 165 172 178 214 215 216 222 226 "
        "233 278 293",
    ),
}
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 38, 22, 2
_RETURN, _LOAD, _EQUAL, _ANY_BIT = 0x06, 0x20, 0x15, 0x45
_ALLOW, _REFUSE, _UNKNOWN = 0x7FFF0000, 0x00050001, 0x00050026  # goes on, "not permitted", "no such call"
_CLONE3, _THREAD = 435, 0x00010000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def shut_in(*, memory: int, seconds: int) -> bool:
    """Limit this process to so many bytes of memory and seconds of work; return whether the kernel guards its calls."""
    own = _own_memory()
    for limit, value in (
        (resource.RLIMIT_DATA, own + memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))
    return _guard_calls()


def _own_memory() -> int:
    """Return how much this process holds already: shared libraries are not what a hostile file adds."""
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            return int(pages.read().split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def _guard_calls() -> bool:
    architecture, clone, numbers = _ALLOWED.get(os.uname().machine, (0, 0, ""))
    if not architecture:
        return False
    steps = _filter(architecture, clone, [int(number) for number in numbers.split()])
    code = ctypes.create_string_buffer(b"".join(steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
            return False
        return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
    except (OSError, AttributeError):
        return False


def _filter(architecture: int, clone: int, calls: list[int]) -> list[bytes]:
    """Return the kernel's little program: these calls go on, a thread may begin, everything else is refused."""

    def step(code: int, value: int, yes: int = 0, no: int = 0) -> bytes:
        return struct.pack("<HBBI", code, yes, no, value)

    count = len(calls)
    return [
        step(_LOAD, 4),
        step(_EQUAL, architecture, no=count + 5),
        step(_LOAD, 0),
        step(_EQUAL, _CLONE3, yes=count + 4),  # "no such call": libraries then ask the older way, which can be judged
        step(_EQUAL, clone, no=2),
        step(_LOAD, 16),
        step(_ANY_BIT, _THREAD, yes=count + 2, no=count),
        *(step(_EQUAL, call, yes=count - place + 1) for place, call in enumerate(calls)),
        step(_RETURN, _REFUSE),
        step(_RETURN, _UNKNOWN),
        step(_RETURN, _ALLOW),
    ]
