"""Lists: who sees what, order, pages, filters, files."""

import datetime as dt
import io
from typing import Any

import django_filters
import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from django.http import Http404
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.listing import Action, Cell, Column, ListingView, counting, exporting
from core.models import Account, AuditEntry
from core.roles import Role
from core.tabular import read_table


class AccountFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(lookup_expr="icontains", label="Name")
    kind = django_filters.ChoiceFilter(choices=[("company", "Company"), ("recruiter", "Recruiter")], label="Kind")

    class Meta:
        model = Account
        fields = ["name", "kind"]


class AccountList(ListingView[Account]):
    model = Account
    title = "Accounts"
    base_template = "core/page.html"
    filterset_class = AccountFilter
    default_sort = "name"
    columns = (
        Column("ref", "Reference", sort="ref", link=lambda row: f"/accounts/{row.ref}/"),
        Column("name", "Name", sort="name"),
        Column("kind", "Kind", sort=("kind", "-name"), kind="status", tone=lambda row: "good"),
        Column("made", "Made", kind="date", value=lambda row: row.created_at.date()),
        Column("letters", "Letters", kind="number", value=lambda row: len(row.name) * 1000),
        Column("secret", "Secret", value=lambda row: "not in the file", export=False),
    )

    def records(self) -> QuerySet[Account]:
        return Account.objects.filter(kind__in=["company", "recruiter"])

    def get_actions(self) -> tuple[Action, ...]:
        return (Action("Add an account", "/accounts/new/"),)


def make_accounts(count: int, kind: str = "company") -> None:
    Account.objects.bulk_create(Account(name=f"Account {number:04d}", kind=kind) for number in range(count))


def get(user: Any, view: type[ListingView[Any]] = AccountList, **query: str) -> Any:
    request = RequestFactory().get("/accounts/", query)
    request.user = user
    return view.as_view()(request)


def page(user: Any, view: type[ListingView[Any]] = AccountList, **query: str) -> str:
    return str(get(user, view, **query).render().content.decode())


def listing(user: Any, view: type[ListingView[Any]] = AccountList, **query: str) -> Any:
    return get(user, view, **query).context_data["listing"]


def names(found: Any) -> list[str]:
    return [row.record.name for row in found.rows]


def query_of(url: str) -> dict[str, str]:
    from django.http import QueryDict

    return dict(QueryDict(url.partition("?")[2]).items())


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_it_walks_forward_and_back_through_every_record_once(farah: Any) -> None:
    make_accounts(60)
    first = listing(farah)
    second = listing(farah, **query_of(first.next_url))
    third = listing(farah, **query_of(second.next_url))
    assert names(first) + names(second) + names(third) == [f"Account {number:04d}" for number in range(60)]
    assert third.next_url == ""
    assert first.previous_url == ""
    assert names(listing(farah, **query_of(third.previous_url))) == names(second)
    assert names(listing(farah, **query_of(second.previous_url))) == names(first)
    assert names(listing(farah, **query_of(third.first_url))) == names(first)


def test_a_record_that_comes_in_between_neither_repeats_nor_hides_another(farah: Any) -> None:
    make_accounts(30)
    first = listing(farah)
    Account.objects.create(name="Account 0000 and a half", kind="company")
    assert names(listing(farah, **query_of(first.next_url))) == [f"Account {number:04d}" for number in range(25, 30)]


def test_a_cursor_that_is_gone_leads_to_the_first_page_and_says_so(farah: Any) -> None:
    make_accounts(30)
    first = listing(farah)
    Account.objects.filter(name="Account 0024").delete()
    found = listing(farah, **query_of(first.next_url))
    assert names(found)[0] == "Account 0000"
    assert "first page" in found.notice


@pytest.mark.parametrize("cursor", ["x" * 500, "'; drop table", "\x00", "ACC-0000-0000-0", "99999999999999999999999"])
def test_a_made_up_cursor_does_no_harm(farah: Any, cursor: str) -> None:
    make_accounts(3)
    assert len(listing(farah, after=cursor).rows) == 3
    assert len(listing(farah, before=cursor).rows) == 3


def test_a_cursor_holds_a_reference_and_no_value(farah: Any) -> None:
    make_accounts(30)
    first = listing(farah)
    assert query_of(first.next_url) == {"after": first.rows[-1].record.ref}


def test_it_sorts_by_offered_columns_only(farah: Any) -> None:
    make_accounts(3)
    assert names(listing(farah, sort="-name"))[0] == "Account 0002"
    assert names(listing(farah, sort="created_at")) == names(listing(farah))
    assert names(listing(farah, sort="name__password")) == names(listing(farah))


def test_it_sorts_by_several_fields_and_turns_each_around(farah: Any) -> None:
    Account.objects.bulk_create(
        Account(name=name, kind=kind)
        for name, kind in [("a", "company"), ("b", "recruiter"), ("c", "company"), ("d", "recruiter")]
    )
    assert names(listing(farah, sort="kind")) == ["c", "a", "d", "b"]
    assert names(listing(farah, sort="-kind")) == ["b", "d", "a", "c"]


def test_the_heading_says_how_it_is_sorted_and_turns_it_around(farah: Any) -> None:
    make_accounts(1)
    heads = {heading.name: heading for heading in listing(farah, sort="name", name="Account").headings}
    assert heads["name"].sorted == "ascending"
    assert query_of(heads["name"].sort_url) == {"sort": "-name", "name": "Account"}
    assert heads["ref"].sorted == ""
    assert query_of(heads["ref"].sort_url)["sort"] == "ref"
    assert heads["made"].sort_url == ""


def test_it_filters_and_carries_filters_through_pages_and_sorting(farah: Any) -> None:
    make_accounts(30)
    make_accounts(30, kind="recruiter")
    found = listing(farah, kind="recruiter", sort="-name")
    assert found.total.number == 30
    assert found.is_filtered
    assert query_of(found.next_url).keys() == {"kind", "sort", "after"}
    assert {row.record.kind for row in found.rows} == {"recruiter"}
    assert found.clear_url == "/accounts/?sort=-name"


def test_a_filter_need_not_say_that_it_is_optional(farah: Any) -> None:
    shown = page(farah)
    assert "Name" in shown
    assert "optional" not in shown


def test_a_wrong_filter_shows_its_error_and_no_records(farah: Any) -> None:
    make_accounts(3)
    html = page(farah, kind="nonsense")
    assert "nonsense" in html
    assert "Account 0000" not in html
    assert not get(farah, kind="nonsense", format="csv").streaming


def test_an_empty_list_says_so_and_a_filtered_one_says_otherwise(farah: Any) -> None:
    assert "There is nothing here yet." in page(farah)
    assert "Nothing matches these filters." in page(farah, name="zzz")


def test_the_page_links_labels_and_localises(farah: Any) -> None:
    Account.objects.create(name="<b>Bold</b>", kind="company")
    html = page(farah)
    assert "&lt;b&gt;Bold&lt;/b&gt;" in html
    assert "<b>Bold" not in html
    assert 'scope="row"' in html
    assert 'aria-sort="ascending"' in html
    assert "11,000" in html
    assert get(farah).context_data["actions"][0].label == "Add an account"
    assert "tag--good" in html
    assert "style=" not in html


def test_a_cell_may_have_a_second_line_and_a_column_may_be_for_the_file_alone(farah: Any) -> None:
    class Long(AccountList):
        columns = (
            Column("name", "Name"),
            Column(
                "made",
                "Made",
                kind="date",
                value=lambda row: dt.date(2026, 2, 3),
                under=lambda row: "<late>",
                tone=lambda row: "bad",
            ),
            Column("kind", "Kind of account", on_page=False),
        )

    make_accounts(1)
    shown = page(farah, Long)
    assert '<time datetime="2026-02-03">3 Feb 2026</time><br><span class="tag tag--bad">&lt;late&gt;</span>' in shown
    assert "Kind of account" not in shown
    table = read_table(io.BytesIO(content(get(farah, Long, format="csv"))))
    assert table.columns == ("Name", "Made", "Kind of account")


def test_a_word_that_no_column_is_wide_enough_for_may_be_broken(farah: Any) -> None:
    digest = "<" + "a1" * 32

    class Digests(AccountList):
        columns = (Column("name", "Name", value=lambda row: f"made of {digest} and\nmore"),)

    make_accounts(1)
    shown = page(farah, Digests)
    assert (
        f"made of &lt;{digest[1:20]}<wbr>{digest[20:40]}<wbr>{digest[40:60]}<wbr>{digest[60:]} and\nmore</bdi>" in shown
    )


def test_an_address_in_a_link_cannot_break_out(farah: Any) -> None:
    class Linked(AccountList):
        columns = (Column("name", "<i>", kind="status", link=lambda row: '"><script>', tone=lambda row: '"x'),)

    make_accounts(1)
    html = page(farah, Linked)
    assert "<script>" not in html
    assert "<i>" not in html
    assert '<a href="&quot;&gt;&lt;script&gt;"><span class="tag">Account 0000</span></a>' in html


def test_the_count_stops_at_its_limit(farah: Any, monkeypatch: Any) -> None:
    make_accounts(30)
    monkeypatch.setattr(counting.count_up_to, "__defaults__", (20,))
    found = listing(farah)
    assert str(found.total) == "20+"
    assert "20+ results" in page(farah)


def test_a_count_is_worded_for_one_and_for_many() -> None:
    assert counting.CappedCount(1, capped=False).sentence == "1 result"
    assert counting.CappedCount(10_000, capped=True).sentence == "10,000+ results"


@pytest.mark.parametrize("sort", ["name", "-kind"])
def test_it_asks_the_same_number_of_questions_for_25_and_for_100_records(farah: Any, sort: str) -> None:
    counts = []
    for total in (25, 100):
        Account.objects.filter(kind="company").delete()
        make_accounts(total)
        last = Account.objects.filter(kind="company").order_by("name")[3]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            page(farah, sort=sort, after=last.ref)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_the_reader_may_not_see_is_not_there(farah: Any, nadia: Any) -> None:
    class Scoped(QuerySet[Account]):
        def visible_to(self, user: Any) -> "Scoped":
            return self.all() if user == farah else self.none()

    class ScopedList(AccountList):
        def records(self) -> QuerySet[Account]:
            return Scoped(Account).filter(kind="company")

    make_accounts(3)
    assert len(listing(farah, ScopedList).rows) == 3
    assert listing(nadia, ScopedList).rows == ()
    assert content(get(nadia, ScopedList, format="csv")).count(b"\n") == 1


def test_roles_open_the_list_and_strangers_find_nothing(farah: Any, nadia: Any) -> None:
    class Gated(AccountList):
        roles = (Role.MINISTRY_OFFICER,)

    assert get(farah, Gated).status_code == 200
    with pytest.raises(Http404):
        get(nadia, Gated)
    assert get(AnonymousUser(), Gated).status_code == 302


def test_csv_holds_the_whole_filtered_set_in_order(farah: Any) -> None:
    make_accounts(60)
    make_accounts(5, kind="recruiter")
    response = get(farah, format="csv", kind="company", sort="-name")
    assert response["Content-Disposition"].startswith('attachment; filename="account-list-')
    table = read_table(io.BytesIO(content(response)))
    assert table.columns == ("Reference", "Name", "Kind", "Made", "Letters")
    rows = list(table.rows())
    assert [row.values["Name"] for row in rows] == [f"Account {number:04d}" for number in range(59, -1, -1)]
    assert rows[0].values["Letters"] == "12000"


def test_xlsx_keeps_numbers_and_dates_as_they_are(farah: Any) -> None:
    make_accounts(2)
    sheet = openpyxl.load_workbook(io.BytesIO(content(get(farah, format="xlsx")))).active
    header, first, _second = sheet.iter_rows(values_only=True)
    assert header == ("Reference", "Name", "Kind", "Made", "Letters")
    assert first[4] == 12000
    assert first[3].year >= 2025


def test_an_export_is_written_down_without_what_was_looked_for(farah: Any) -> None:
    make_accounts(2)
    get(farah, format="csv", name="Account 0001")
    entry = AuditEntry.objects.get(verb="list.exported")
    assert entry.subject == "list:core.account"
    assert entry.facts == {"format": "csv", "rows": 1, "filters": "name"}
    assert entry.actor == farah.audit_code


def test_a_public_list_is_handed_out_without_an_entry(db: Any) -> None:
    make_accounts(2)
    assert content(get(AnonymousUser(), format="csv")).count(b"\n") == 3
    assert not AuditEntry.objects.filter(verb="list.exported").exists()


def test_a_list_that_is_too_long_for_a_file_says_what_to_do(farah: Any, monkeypatch: Any) -> None:
    make_accounts(3)
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    html = page(farah, format="csv")
    assert "This list has 3 rows" in html
    assert "No file was made" in html
    assert not AuditEntry.objects.filter(verb="list.exported").exists()


def test_an_unknown_or_withheld_format_shows_the_page(farah: Any) -> None:
    class Closed(AccountList):
        exports = ()

    make_accounts(1)
    assert "Account 0000" in page(farah, format="pdf")
    html = page(farah, Closed, format="csv")
    assert "Account 0000" in html
    assert "format=csv" not in html


def test_the_list_is_read_from_the_right_in_arabic(farah: Any) -> None:
    make_accounts(1)
    with translation.override("ar"):
        assert 'dir="rtl"' in page(farah)


def test_a_filter_that_is_not_understood_is_named_and_nothing_is_said_to_be_missing(farah: Any) -> None:
    make_accounts(3)
    shown = page(farah, kind="nonsense")
    assert "A filter was not understood, so nothing is listed." in shown
    assert "Kind: Select a valid choice. nonsense is not one of the available choices." in shown
    assert "Nothing matches these filters." not in shown
    assert 'class="quiet" role="status"' not in shown  # no count of what was not looked for


def test_a_narrow_screen_sorts_by_a_list_of_its_own(farah: Any) -> None:
    make_accounts(3)
    found = listing(farah, sort="-name")
    assert [(head.name, head.sorted) for head in found.orders] == [("ref", ""), ("name", "descending"), ("kind", "")]
    shown = page(farah, sort="-name")
    order = shown.partition('class="list-order"')[2].partition("</details>")[0]
    assert [order.count("<a "), order.count('aria-current="true"')] == [3, 1]


def test_a_cell_without_a_word_is_empty_so_that_a_narrow_screen_leaves_it_out() -> None:
    for kind in ("text", "date", "number", "status"):
        assert Cell("", kind, label="Term ends", tone="good").html.endswith('data-label="Term ends"></td>'), kind
