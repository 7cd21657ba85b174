"""Compile parties/matching with mypyc, so that names are compared about twice as fast; the answers are the same.

Needs a C compiler and Python's headers, and installs mypy where it is missing. Does nothing where these sources are
compiled already. What is missing or fails is said, and the product runs on the sources as they are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from parties.matching.compiled import folder, sources  # noqa: E402 (the path first)

TOGETHER = "parties.matching.compiled_together"
SLOWER = "The matcher is not compiled (it runs about half as fast):"
BUILD = "--build"


def obstacle() -> str:
    """Return why nothing can be compiled on this machine, in words; empty where it can."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if not shutil.which(compiler):
        return f"there is no C compiler ({compiler})"
    if not Path(sysconfig.get_path("include"), "Python.h").exists():
        return "Python's headers are not installed (on Debian or Ubuntu: apt-get install python3-dev)"
    return ""


def missing() -> str:
    """Install what compiles, where it is missing; return why that was not to be had, if so."""
    if find_spec("mypyc") is None or find_spec("setuptools") is None:
        done = subprocess.run([ROOT / "scripts" / "install.sh", "compile"], check=False)
        if done.returncode:
            return "requirements/compile.txt could not be installed"
    return ""


def build(work: Path) -> None:
    """Compile the sources into ``work/lib``."""
    from mypyc.build import mypycify
    from setuptools import Distribution  # type: ignore[import-untyped]

    (work / "mypy.ini").write_text("[mypy]\nfollow_imports = silent\n")
    flags = [f"--config-file={work / 'mypy.ini'}", f"--cache-dir={work / 'cache'}"]
    names = [str(path.relative_to(ROOT)) for path in sources()]
    extensions = mypycify(
        [*flags, *names], target_dir=str(work / "c"), group_name=TOGETHER, opt_level="2", debug_level="0"
    )
    command = Distribution({"name": "matcher", "ext_modules": extensions}).get_command_obj("build_ext")
    command.build_lib, command.build_temp = str(work / "lib"), str(work / "temp")
    command.ensure_finalized()
    command.run()


def compile_into(target: Path) -> str:
    """Compile the sources into ``target``, which appears whole or not at all; return what went wrong, if anything."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=target.parent, prefix="unfinished-"))
    try:
        done = subprocess.run(
            [sys.executable, __file__, BUILD, work], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return (done.stdout + done.stderr)[-2_000:]
        os.replace(work / "lib" / "parties" / "matching", target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return ""


def main() -> None:
    """Compile what is not compiled, and take away what other sources were compiled to."""
    target = folder()
    if target.is_dir():
        return
    reason = obstacle() or missing()
    if not reason:
        print("Compiling the matcher (about a minute)", file=sys.stderr)
        reason = compile_into(target)
    if reason:
        print(SLOWER, reason, file=sys.stderr)
        return
    for old in target.parent.iterdir():
        if old != target:
            shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    if sys.argv[1:2] == [BUILD]:
        build(Path(sys.argv[2]))
    else:
        main()
