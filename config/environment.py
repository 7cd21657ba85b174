"""Read the environment: every setting that an operator may change, typed, with a sentence for each that is missing."""

import atexit
import os
import secrets
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent
NEEDS_NO_SECRET = {"score_names", "search_names", "compile_catalogues", "collectstatic"}


@dataclass(frozen=True)
class Environment:
    """What the operator decided; see the README's table of variables."""

    demo: bool
    testing: bool
    data_dir: Path
    database_url: str
    secret_key: str
    vault_key: str
    allowed_hosts: list[str]
    base_url: str
    email_url: str
    storage_url: str
    tasks: str
    sms_url: str
    clamd_url: str
    sms_secret: str
    sms_token: str
    office_address: str
    office_phone: str
    office_country: str
    office_time_zone: str
    office_holidays: str
    office_weekend: str
    log_level: str
    safeconduct_fonts: str
    certificate_key: str
    certificate_chain: str
    certificate_passphrase: str
    certificate_language: str

    @property
    def office_calendar(self) -> tuple[str, str, str, str]:
        """Return what the office's working days follow from: country, time zone, days of its own, days of rest."""
        return self.office_country, self.office_time_zone, self.office_holidays, self.office_weekend


def _demo_secret(data_dir: Path, name: str) -> str:
    """Return a secret kept beside the demo's data, made on first use: even a demo has no key that others know."""
    path = data_dir / f"{name.lower()}.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _tests_folder() -> Path:
    """Return a folder of this test run's own, removed at its end; a command that a test starts shares it."""
    name = os.environ.get("SAFECONDUCT_TEST_DIR")
    if not name:
        name = os.environ["SAFECONDUCT_TEST_DIR"] = tempfile.mkdtemp(prefix="safeconduct-test-")
        Path(name, "static").mkdir()
        atexit.register(shutil.rmtree, name, ignore_errors=True)
    return Path(name)


def _secret(name: str, *, demo: bool, data_dir: Path) -> str:
    value = os.environ.get(name, "")
    if value:
        return value
    if demo:
        return _demo_secret(data_dir, name)
    if sys.argv[1:2] and sys.argv[1] in NEEDS_NO_SECRET:
        return secrets.token_hex(32)  # for this process only: it reads and writes nothing that is signed or sealed
    raise ImproperlyConfigured(
        f"{name} is not set. Outside the demo Safeconduct does not start without it: set the environment "
        f"variable {name} to a long random value (64 hexadecimal characters), and keep a copy of it in a safe place "
        "that is not where the backups are."
    )


def _zone(name: str) -> str:
    """Return the name of a time zone; raises ImproperlyConfigured for one that does not exist."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ImproperlyConfigured(f"OFFICE_TIME_ZONE={name} is no time zone: write one such as Asia/Qatar.") from error
    return name


def read_environment() -> Environment:
    """Return the environment's decisions; raises ImproperlyConfigured naming a secret that is missing."""
    testing = "PYTEST_VERSION" in os.environ
    demo = os.environ.get("DEMO", "1" if testing else "0") == "1"
    data_dir = _tests_folder() if testing else Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    port = os.environ.get("PORT") or "8000"
    base_url = os.environ.get("BASE_URL") or f"http://127.0.0.1:{port}"
    hosts = os.environ.get("ALLOWED_HOSTS") or "127.0.0.1,localhost,[::1]"
    return Environment(
        demo=demo,
        testing=testing,
        data_dir=data_dir,
        database_url=os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir / 'safeconduct.sqlite3'}",
        secret_key="tests-only" * 5 if testing else _secret("SECRET_KEY", demo=demo, data_dir=data_dir),
        vault_key="00" * 32 if testing else _secret("VAULT_KEY", demo=demo, data_dir=data_dir),
        allowed_hosts=[host.strip() for host in hosts.split(",") if host.strip()],
        base_url=base_url,
        email_url=os.environ.get("EMAIL_URL") or f"file://{data_dir / 'mail'}",
        storage_url=os.environ.get("STORAGE_URL") or f"file://{data_dir / 'sealed'}",
        tasks=os.environ.get("TASKS") or "inline",
        sms_url=os.environ.get("SMS_URL") or ("console:" if demo and not testing else ""),
        sms_secret=os.environ.get("SMS_SECRET") or "",
        sms_token=os.environ.get("SMS_TOKEN") or "",
        office_address=(os.environ.get("OFFICE_ADDRESS") or ("12 Harbour Road" if demo else "")).replace("\\n", "\n"),
        office_phone=os.environ.get("OFFICE_PHONE") or "",
        office_country=os.environ.get("OFFICE_COUNTRY") or "",
        office_time_zone=_zone(os.environ.get("OFFICE_TIME_ZONE") or "UTC"),
        office_holidays=os.environ.get("OFFICE_HOLIDAYS") or "",
        office_weekend=os.environ.get("OFFICE_WEEKEND") or "",
        clamd_url=os.environ.get("CLAMD_URL") or "",
        log_level=os.environ.get("LOG_LEVEL") or "INFO",
        safeconduct_fonts=os.environ.get("SAFECONDUCT_FONTS") or "",
        certificate_key=os.environ.get("CERTIFICATE_KEY") or "",
        certificate_chain=os.environ.get("CERTIFICATE_CHAIN") or "",
        certificate_passphrase=os.environ.get("CERTIFICATE_PASSPHRASE") or "",
        certificate_language=os.environ.get("CERTIFICATE_LANGUAGE") or "ar",
    )
