"""Measure the search among fictional names of growing number, on the database that is set: what it costs, and its size.

Run alone it prints its table: ``python -m scripts.bench_search [10000 100000 ...]``. A generator says the same names
each time. Set ``BENCH_NAMES`` to the path of a file of names instead (JSON Lines with name and type, or the same as
.xz), ``BENCH_SIZES`` to other numbers of names ("10000 100000 1000000"), ``BENCH_DIR`` to a folder that keeps what was
filled for next time, each size in a folder of its own. A million names take some ten minutes of two cores to file.
PostgreSQL is measured by ``DATABASE_URL``, which must name an empty database; the sizes are filled there in turn.
"""

import itertools
import json
import lzma
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = tuple(int(text) for text in os.environ.get("BENCH_SIZES", "10000 100000").split())
QUESTIONS = 1_000
ROUNDS = 3
_STARTS = (
    "ka",
    "mo",
    "ra",
    "ti",
    "su",
    "be",
    "al",
    "no",
    "vi",
    "du",
    "sha",
    "pri",
    "gho",
    "chi",
    "zan",
    "ler",
    "fa",
    "ju",
)
_MIDDLES = ("ri", "lan", "ma", "ndo", "ta", "ku", "sho", "ben", "li", "ver", "mi", "da", "ro", "nis", "go", "pal", "hu")
_ENDS = ("m", "n", "di", "ra", "sh", "lo", "ko", "tan", "wal", "ri", "ev", "er", "man", "na", "s", "za")
_COMMON = ("Golden", "Royal", "Star", "Global", "United", "Eastern", "Blue", "Unity", "Crown", "Silver", "Al Noor")
_TRADE = ("Manpower", "Recruitment", "Overseas", "Services", "Agency", "Placement", "Consultants", "Human Resources")
_FORMS = ("Ltd", "Pvt. Ltd.", "LLC", "Co.", "")


def names(count: int) -> Iterator[tuple[str, str]]:
    """Yield this many fictional names with their kind, the same each time; a few words are common, most are rare."""
    given = os.environ.get("BENCH_NAMES")
    if given:
        with (lzma.open if given.endswith(".xz") else open)(given, "rt", encoding="utf-8") as lines:
            for line in itertools.islice(lines, count):
                item = json.loads(line)
                yield item["name"], "person" if item.get("type") == "person" else "organisation"
        return
    rng = random.Random(11)
    for number in range(count):
        if number % 2:
            yield f"{_word(rng)} {_word(rng)}", "person"
        else:
            yield (
                f"{rng.choice(_COMMON)} {_word(rng)} {rng.choice(_TRADE)} {rng.choice(_FORMS)}".strip(),
                "organisation",
            )


def check() -> None:
    """Stop with a sentence where the names that were asked for are not there, before anything is measured."""
    given = os.environ.get("BENCH_NAMES")
    if given and not Path(given).is_file():
        raise SystemExit(f"BENCH_NAMES: there is no file {given}.")
    if given and sum(1 for _name in names(max(SIZES))) < max(SIZES):
        raise SystemExit(f"BENCH_NAMES: {given} holds fewer than {max(SIZES):,} names; set BENCH_SIZES.")


def _word(rng: random.Random) -> str:
    return (
        rng.choice(_STARTS) + rng.choice(_MIDDLES) * rng.randint(0, 1) + rng.choice(_MIDDLES) + rng.choice(_ENDS)
    ).title()


def slip(rng: random.Random, name: str) -> str:
    """Return a name with one letter left out, as it is typed in haste."""
    place = rng.randrange(1, len(name))
    return name[:place] + name[place + 1 :]


def fill(size: int) -> float:
    """Fill the index up to this many names; return the microseconds of one process's time that each new one took."""
    from parties.models import Collection, Name, Party
    from parties.nameindex import Entry, Read, file_names, merge_blocks

    have = Name.objects.count()
    began = time.process_time() + _of_children()
    with multiprocessing.get_context("fork").Pool(os.cpu_count() or 1) as pool:

        def read(reading: Read, entries: list[Entry]) -> Iterator[Any]:
            return pool.imap(reading, entries, chunksize=500)

        for part in _batches(itertools.islice(enumerate(names(size)), have, None), 20_000):
            parties = Party.objects.bulk_create(Party(ref=f"B{n}", kind=kind, name=text) for n, (text, kind) in part)
            made = Name.objects.bulk_create(Name(party=party, text=party.name) for party in parties)
            file_names(Collection.PARTY, (Entry(name.pk, name.text, name.party.kind) for name in made), reader=read)
    while merge_blocks(most=50_000) == 50_000:  # as every night does
        pass
    return (time.process_time() + _of_children() - began) * 1e6 / max(1, size - have)


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ask(size: int, questions: int = QUESTIONS) -> dict[str, Any]:
    """Time questions with their answers scored in full, in a web worker's process that has asked nothing before."""
    from django.db import connection

    import config.wsgi  # noqa: F401  # as a web worker starts
    from parties.search import likely_parties

    rng = random.Random(5)
    wanted = set(rng.sample(range(size), questions))
    asked = [(slip(rng, text), kind) for place, (text, kind) in enumerate(names(size)) if place in wanted]
    rng.shuffle(asked)
    connection.ensure_connection()
    before = _resident_mb()
    times, walls = [], []
    for text, kind in asked:
        began, clock = time.process_time(), time.perf_counter()
        likely_parties(text, kind)  # type: ignore[arg-type]
        times.append((time.process_time() - began) * 1000)
        walls.append((time.perf_counter() - clock) * 1000)
    return {
        "names": size, "cpu_ms": round(statistics.median(times), 2),
        "cpu_p95_ms": round(statistics.quantiles(times, n=20)[-1], 2),
        "wall_ms": round(statistics.median(walls), 2), "wall_p95_ms": round(statistics.quantiles(walls, n=20)[-1], 2),
        "grown_mb": round(_resident_mb() - before, 1), "bytes": index_bytes() // size,
    }  # fmt: skip


def _resident_mb() -> float:
    """Return the megabytes of memory this process holds; its peak where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return pages * resource.getpagesize() / 1e6


def _batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while part := list(itertools.islice(items, size)):
        yield part


def index_bytes() -> int:
    """Return how many bytes the index takes on disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_total_relation_size('parties_nameposting') + pg_total_relation_size('parties_indexedname')"
            )
        else:
            cursor.execute(
                "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '%%nameposting%%' OR name LIKE '%%indexedname%%'"
            )
        return int(cursor.fetchone()[0] or 0)


def results(anchor_ms: float, sizes: tuple[int, ...] = SIZES) -> list[dict[str, object]]:
    """Return the rows of the benchmark's table, measured in a process and a database of their own."""
    ran = subprocess.run(
        [sys.executable, "-m", "scripts.bench_search", *map(str, sizes)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    measured = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    rows: list[dict[str, object]] = [
        {
            "case": f"search among {row['names']:,} names", "cpu_ms": row["cpu_ms"], "a_ms": round(anchor_ms, 2),
            "ratio": round(row["cpu_ms"] / anchor_ms, 2),
            "goal": f"<= 10 ms; wall {row['wall_ms']}, p95 {row['wall_p95_ms']} (<= 30) ms; "
            f"{row['bytes']} bytes a name, {row['grown_mb']} MB more (< 100)",
        }
        for row in measured
    ]  # fmt: skip
    told = f"search: cost of {sizes[-1] // sizes[0]} times as many names"
    growth = round(measured[-1]["cpu_ms"] / measured[0]["cpu_ms"], 2)
    return [*rows, {"case": told, "cpu_ms": "", "a_ms": "", "ratio": growth, "goal": "< 3"}]


def folder_of(size: int) -> Path:
    """Return the folder that keeps the database of this many names, made first if it is not there."""
    folder = Path(os.environ["BENCH_DIR"]) / str(size)
    (folder / "static").mkdir(parents=True, exist_ok=True)
    return folder


def _set_up(size: int) -> None:
    os.environ.update(DEMO="1", DATA_DIR=str(folder_of(size)))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _run(what: str, size: int) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, "-m", "scripts.bench_search", what, str(size)],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def main() -> None:
    """Fill a database for each size and ask each in turn; print a line of JSON for each, of medians.

    ``--fill SIZE`` only fills, ``--ask SIZE`` only asks what was filled before.
    """
    os.environ.setdefault("BENCH_DIR", tempfile.mkdtemp(prefix="safeconduct-bench-"))
    what, *rest = sys.argv[1:] or [""]
    if what in ("--fill", "--ask"):
        size = int(rest[0])
        _set_up(size)
        print(json.dumps({"filing_us": round(fill(size), 1)} if what == "--fill" else ask(size)))
        return
    sizes = [int(text) for text in sys.argv[1:]] or list(SIZES)
    filled = {size: _run("--fill", size) for size in sizes}
    rounds = [
        {size: _run("--ask", size) for size in sizes} for _ in range(ROUNDS)
    ]  # in turn, as the machine's pace moves
    for size in sizes:
        asked = [each[size] for each in rounds]
        print(json.dumps({key: statistics.median(one[key] for one in asked) for key in asked[0]} | filled[size]))


if __name__ == "__main__":
    main()
