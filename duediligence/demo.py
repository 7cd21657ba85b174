"""Make the demo's due diligence: a nearly finished record, published reports, suppliers in many scripts, cases."""

from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import User
from core.references import ALPHABET, format_reference
from core.standards import standard
from duediligence import services
from duediligence.demo_words import ACTIONS, NORTHWIND, POLDER, RISKS, SUPPLIERS
from duediligence.models import Company, Record
from duediligence.regimes import add_months
from duediligence.supplier_rows import SupplierRow, read_row
from parties.demo import World
from recruiters.models import Recruiter

EVIDENCE = (
    ("1.1", "Fair Recruitment Policy, version 3", "Policy. Employers pay all costs of recruitment."),
    ("1.2", "Training register", "61 buyers, six hours, with dates and plants."),
    ("1.3", "Register of signed clauses", "22 of 26 direct suppliers."),
    ("2.2", "Summary of workers' interviews, without names", "214 workers, nine plants, five languages."),
    ("2.4", "Minutes of the ranking with workers' committees", "Four committees were asked."),
    ("3.1", "Purchasing rules, changed text", "No change within 21 days of shipment."),
    ("4.1", "Series of indicators", "Fees repaid, passports held, hires without fees."),
    ("6.2", "Description of channels", "The ministry's channel and our own."),
)
CORRECTION = (
    "The number of suppliers that signed the clause was wrong in action 1.3: it is 22 of 26, not 26. "
    "Nothing else changed in substance."
)


def build(world: World) -> None:
    """Make Northwind's three records and Polder Foods' one; the grievance demo's cases then arrive by signal."""
    quentin, helene, bram = (world.users[name] for name in ("quentin", "helene", "bram"))
    northwind = services.set_up_company(world.accounts["Northwind Apparel"], actor=quentin)
    services.change_company(northwind, legal_form="corporation", contact="labour@northwind.example", actor=quentin)
    services.choose_laws(
        northwind, ["UK-MSA", "CA-S211", "NO-TA"], on=world.today - timedelta(days=1200), actor=quentin
    )
    _suppliers(world, northwind, quentin)
    _recruiters(world, northwind, quentin)
    end = _last_day(world.today, 9, 30)
    _oldest_year(northwind, add_months(end, -24), quentin, helene)
    _year_with_correction(world, northwind, add_months(end, -12), quentin, helene)
    _open_year(world, northwind, end, quentin)
    _polder(world, bram)


def _last_day(today: date, month: int, day: int) -> date:
    """Return the newest such day that is at least a month ago."""
    found = date(today.year, month, day)
    return found if found <= today - timedelta(days=30) else date(today.year - 1, month, day)


def _open(company: Company, end: date, actor: User) -> Record:
    return services.open_record(
        company, period_start=add_months(end, -12) + timedelta(days=1), period_end=end, actor=actor
    )


def _answer(record: Record, words: dict[str, tuple[str, str, str, str, str, int]], actor: User, *skip: str) -> None:
    for code, (state, text, reason, decision, owner, months) in words.items():
        if code not in skip:
            on = add_months(record.period_start, months)
            services.answer_action(
                record, code, state=state, text=text, reason=reason, decision=decision, owner=owner, on=on, actor=actor
            )


def _attach(record: Record, actor: User, number: int) -> None:
    for code, title, text in EVIDENCE[:number]:
        upload = SimpleUploadedFile("evidence.txt", f"{text}\n{record.ref}".encode())
        services.add_evidence(
            record, code, upload, title=title, dated=add_months(record.period_start, 3), checked_by="Internal audit",
            actor=actor,
        )  # fmt: skip


def _suppliers(world: World, company: Company, actor: User) -> None:
    since = world.today - timedelta(days=1500)
    for place, (country, name, address, native, workers) in enumerate(SUPPLIERS):
        _add(company, since + timedelta(days=20 * place), actor, country=country, name=name, address=address,
             native_language_name=native, number_of_workers=workers, tier="1" if place % 3 else "2")  # fmt: skip
    for employer in world.employers[:11]:
        site = employer.sites.order_by("pk").first()
        if site:
            _add(company, since, actor, country=site.country, name=employer.name, address=site.address, tier="1",
                 number_of_workers=str(employer.employees or ""), sector=employer.sector.capitalize())  # fmt: skip


def _add(company: Company, starts: date, actor: User, **cells: str) -> None:
    row = read_row({"sector": "Apparel", **cells})
    if isinstance(row, SupplierRow):
        services.add_supplier(company, row, starts=starts, actor=actor)


def _recruiters(world: World, company: Company, actor: User) -> None:
    """Engage two recruiters at most suppliers: Omar's first, so that his cases are seen here."""
    own = Recruiter.objects.filter(party__account__isnull=False).select_related("party").order_by("pk")[:1]
    others = Recruiter.objects.filter(party__account__isnull=True).select_related("party").order_by("pk")[:40]
    found = [*own, *others]
    suppliers = list(company.suppliers.order_by("pk"))
    for place, recruiter in enumerate(found):
        supplier = suppliers[place % len(suppliers)] if place % 7 else None
        starts = world.today - timedelta(days=1100 - 9 * place)
        ends = starts + timedelta(days=500) if place % 9 == 8 else None
        services.engage_recruiter(
            company, recruiter.party, supplier=supplier, starts=starts, ends=ends, workers=20 + 15 * (place % 6),
            actor=actor,
        )  # fmt: skip


def _risks(record: Record, number: int, actor: User) -> None:
    known = {risk.title: risk for risk in record.risks.all()}
    for title, country, scale, scope, lasting, likelihood, part, why in RISKS[:number]:
        if title in known:
            continue
        risk = services.add_risk(
            record, title=title, country=country, found_on=add_months(record.period_start, 6), actor=actor
        )
        services.assess_risk(
            risk, scale=scale, scope=scope, irremediability=lasting, likelihood=likelihood, involvement=part, why=why,
            actor=actor,
        )  # fmt: skip


def _plan(record: Record, number: int, actor: User) -> None:
    risks = {risk.title: risk for risk in record.risks.all()}
    known = {action.title for action in record.planned_actions.all()}
    for place, title, owner, months, indicator, state, note in ACTIONS[:number]:
        if title in known:
            continue
        action = services.plan_action(
            record, title=title, owner=owner, due_on=add_months(record.period_end, months), indicator=indicator,
            risk=risks.get(RISKS[place][0]), actor=actor,
        )  # fmt: skip
        if state != "planned":
            services.move_action(action, state, note=note, actor=actor)


def _publish(record: Record, on: date, actor: User, approver: User, **more: Any) -> None:
    prepared = services.prepare(record, actor=actor, today=on - timedelta(days=20))
    services.approve(
        prepared, approver_name="Margaret Okonjo", approver_title="Chair of the board", body="board",
        approved_on=on - timedelta(days=6), upload=SimpleUploadedFile("minutes.txt", f"{prepared.digest}\n".encode()),
        actor=approver,
    )  # fmt: skip
    services.publish(prepared, actor=approver, on=on, **more)


def _oldest_year(company: Company, end: date, quentin: User, helene: User) -> None:
    record = _open(company, end, quentin)
    _answer(record, NORTHWIND, quentin, "2.3", "3.2")
    for code in ("2.3", "3.2"):
        services.answer_action(record, code, state="not_done", reason="Planned for next year.", actor=quentin)
    _attach(record, quentin, 3)
    _risks(record, 2, quentin)
    _plan(record, 1, quentin)
    _publish(record, add_months(end, 5), quentin, helene)


def _year_with_correction(world: World, company: Company, end: date, quentin: User, helene: User) -> None:
    record = _open(company, end, quentin)
    _answer(record, NORTHWIND, quentin, "1.3")
    services.answer_action(
        record, "1.3", state="done",
        text="Contracts with all 26 direct suppliers carry the clause on recruitment costs.",
        decision=NORTHWIND["1.3"][3], owner=NORTHWIND["1.3"][4], on=add_months(record.period_start, 5), actor=quentin,
    )  # fmt: skip
    _attach(record, quentin, 6)
    _risks(record, 4, quentin)
    _plan(record, 3, quentin)
    _past_cases(world, company, record, 7, quentin)
    _publish(record, add_months(end, 4), quentin, helene)
    _answer(record, {"1.3": NORTHWIND["1.3"]}, quentin)
    _publish(record, add_months(end, 6), quentin, helene, kind="correction", note=CORRECTION)


def _past_cases(world: World, company: Company, record: Record, number: int, actor: User) -> None:
    """Let cases of that year reach the record, as the signal would have brought them."""
    codes = [category.code for category in standard("grievance").categories]
    engaged = list(company.engagements.during(record.period_start, record.period_end).order_by("pk"))
    for place in range(number if engaged else 0):
        body = "".join(world.random.choice(ALPHABET) for _sign in range(8))
        opened = record.period_start + timedelta(days=30 + 40 * place)
        entries = services.receive_case(
            services.CaseFacts(
                case_ref=format_reference("CASE", body),
                codes=(codes[0], codes[1 + place % 3]),
                severity=str(2 + place % 3),
                recruiters=frozenset({engaged[place % len(engaged)].recruiter_id}),
                employers=frozenset(),
                opened_on=opened,
                changed_on=opened,
                state="closed",
            )
        )
        for entry in entries:
            if entry.company == company:
                kind = "provided" if place % 2 else "leverage"
                services.respond_to_case(
                    entry, kind=kind, text="Settled with all workers of this recruiter.", actor=actor
                )


def _open_year(world: World, company: Company, end: date, quentin: User) -> None:
    record = _open(company, end, quentin)
    _answer(record, NORTHWIND, quentin, "4.1", "5.1", "2.3")
    services.answer_action(
        record, "2.3", state="withheld", reason="A dispute with one supplier is before a court; the judgement follows.",
        text="Our part in late wages is disputed.", owner="General Counsel", actor=quentin,
    )  # fmt: skip
    _attach(record, quentin, 8)
    _risks(record, 6, quentin)
    _plan(record, 5, quentin)
    _past_cases(world, company, record, 3, quentin)
    first = company.cases.filter(record=record).order_by("-opened_on").first()
    if first:
        newest = first.news.order_by("-pk").first()
        codes = tuple(newest.codes) if newest else ()
        services.receive_case(
            services.CaseFacts(
                case_ref=format_reference("CASE", "".join(world.random.choice(ALPHABET) for _sign in range(8))),
                codes=codes, severity="3", recruiters=frozenset({first.recruiter_id}), employers=frozenset(),
                opened_on=world.today - timedelta(days=12), changed_on=world.today - timedelta(days=12), state="opened",
            )
        )  # fmt: skip


def _polder(world: World, bram: User) -> None:
    company = services.set_up_company(world.accounts["Polder Foods"], actor=bram)
    services.change_company(company, legal_form="other", contact="info@polder.example", actor=bram)
    services.choose_laws(company, ["NO-TA", "CH-DDTRO"], on=world.today - timedelta(days=900), actor=bram)
    _add(company, world.today - timedelta(days=800), bram, country="NL", name="Westland Glass Growers", tier="1",
         address="Kasweg 4, Naaldwijk", number_of_workers="140", sector="Food")  # fmt: skip
    end = _last_day(world.today, 6, 30)
    record = _open(company, end, bram)
    _answer(record, POLDER, bram)
    risk = services.add_risk(record, title="Seasonal workers pay too much rent", country="NL", actor=bram)
    services.assess_risk(
        risk, scale=2, scope=3, irremediability=1, likelihood=4, involvement="caused",
        why="Told by 31 of 62 workers.", actor=bram,
    )  # fmt: skip
    services.plan_action(
        record, title="Cap rents and pay back what was too much", owner="Owner", due_on=add_months(end, 8), risk=risk,
        actor=bram,
    )  # fmt: skip
    prepared = services.prepare(record, actor=bram, today=end + timedelta(days=10))
    services.approve(
        prepared, approver_name="Bram Visser", approver_title="Owner", body="owner",
        approved_on=end + timedelta(days=15), actor=bram,
    )  # fmt: skip
    services.publish(prepared, actor=bram, on=end + timedelta(days=18))
