"""How two parties are tied: the best paths, whatever the graph."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parties.callingcodes import CODES, KNOWN
from parties.contactkeys import address_key, contact_key, email_key, phone_key, phones_in, reference_key, website_key
from parties.paths import Graph, Tie, best_path, paths_between


def tie(a: str, b: str, strength: float = 0.9, **fields) -> Tie:
    return Tie(a, b, fields.pop("kind", "owner"), strength, **fields)


def test_the_strongest_path_is_found_not_the_shortest():
    graph = Graph([tie("a", "z", 0.3), tie("a", "m"), tie("m", "z")])
    path = best_path(graph, "a", "z")
    assert path is not None
    assert path.nodes == ("a", "m", "z")
    assert path.strength == 0.81


def test_a_circle_of_owners_traps_nobody():
    graph = Graph([tie("a", "b"), tie("b", "c"), tie("c", "a"), tie("a", "a"), tie("c", "z")])
    assert best_path(graph, "a", "z").nodes == ("a", "c", "z")
    assert best_path(graph, "a", "nowhere") is None


def test_a_path_longer_than_four_ties_is_none():
    chain = [tie(str(n), str(n + 1), 1.0) for n in range(6)]
    assert best_path(Graph(chain), "0", "4") is not None
    assert best_path(Graph(chain), "0", "5") is None


def test_paths_share_nothing_between_their_ends():
    graph = Graph([tie("a", "m"), tie("m", "z"), tie("a", "n", 0.8), tie("n", "z", 0.8), tie("a", "z", 0.5)])
    found = paths_between(graph, "a", "z")
    assert [path.nodes for path in found] == [("a", "m", "z"), ("a", "n", "z"), ("a", "z")]


def test_a_thing_that_many_share_tells_less():
    few = Graph([tie("a", "phone:1"), tie("z", "phone:1")], shared=("phone",))
    many = Graph([tie("a", "phone:1"), tie("z", "phone:1")], shared=("phone",), sharers={"phone:1": 20})
    assert best_path(few, "a", "z").strength > best_path(many, "a", "z", floor=0.01).strength


def test_ten_thousand_ties_are_searched_in_bounded_work():
    ties = [tie(f"p{n % 2000}", f"p{(n * 7 + 3) % 2000}", 0.95) for n in range(10_000)]
    looked_up = 0

    class Counting(dict):
        def __getitem__(self, key):
            nonlocal looked_up
            looked_up += 1
            return super().__getitem__(key)

    graph = Graph(ties)
    graph.ties = Counting(graph.ties)
    best_path(graph, "p0", "p-not-there")
    assert looked_up <= 4 * 2000


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0.1, 1)), max_size=30))
def test_a_path_is_always_made_of_ties_that_exist_and_visits_nobody_twice(pairs):
    ties = [tie(str(a), str(b), strength) for a, b, strength in pairs]
    for path in paths_between(Graph(ties), "0", "7"):
        assert len(set(path.nodes)) == len(path.nodes)
        assert set(path.ties) <= set(ties)
        assert all({one.a, one.b} == {left, right}
                   for one, left, right in zip(path.ties, path.nodes[:-1], path.nodes[1:], strict=True))  # fmt: skip


def test_the_days_between_two_ties_are_counted():
    before, after = tie("a", "b", ends=date(2020, 1, 1)), tie("b", "c", starts=date(2020, 3, 1))
    assert before.gap_to(after) == after.gap_to(before) == 60
    assert before.gap_to_day(date(2020, 1, 31)) == 30
    assert after.gap_to_day(date(2020, 1, 31)) == -30
    assert tie("a", "b").gap_to(after) == 0


@pytest.mark.parametrize(
    ("country", "key", "ways"),
    [
        ("NP", "+97715550144", ["+977 1-5550144", "00977 1 5550144", "(01) 555 0144 ext. 12", "٠١٥٥٥٠١٤٤",
                                "977 1 5550144", "+977 (0)1 5550144", "1-5550144", " (+977) 01 555 0144"]),
        ("NP", "+9779779123456", ["977 912 3456", "+977 977 912 3456", "0977 9123456"]),
        ("BD", "+8801712345678", ["01712-345678", "+880 1712 345678", "8801712345678", "০১৭১২৩৪৫৬৭৮"]),
        ("QA", "+97444123456", ["4412 3456", "+974 4412 3456", "0097444123456"]),
        ("RU", "+74951234567", ["8 (495) 123-45-67", "+7 495 123 45 67", "7 495 1234567", "495 123-45-67"]),
        ("US", "+12025550143", ["1 202 555 0143", "(202) 555-0143", "+1-202-555-0143"]),
        ("IN", "+919123456789", ["09123456789", "+91 91234 56789", "91 9123456789", "9123456789"]),
    ],
)  # fmt: skip
def test_a_telephone_is_the_same_however_it_is_written(country, key, ways):
    assert {way: phone_key(way, country) for way in ways} == dict.fromkeys(ways, key)


def test_the_same_digits_are_another_telephone_in_another_country():
    assert phone_key("01 5550144", "NP") != phone_key("01 5550144", "BD")
    assert phone_key("+977 1 5550144", "BD") == phone_key("01 5550144", "NP")
    assert phone_key("01 5550144") == phone_key("(01) 555 0144") == "?15550144"
    assert phone_key("112", "NP") == ""
    assert phone_key("+999 12345678", "NP").startswith("?")
    assert phones_in("+977 1 5550144, +977 1 5550155 / fax none") == ("+977 1 5550144", "+977 1 5550155")


@given(st.sampled_from(sorted(CODES)), st.from_regex(r"[1-6][0-9]{7}", fullmatch=True))
def test_a_number_is_one_dialled_from_abroad_and_at_home(country, number):
    abroad = phone_key(f"+{CODES[country]} {number}", country)
    assert abroad == phone_key(f"00{CODES[country]}{number}", "") == f"+{CODES[country]}{number}"
    assert phone_key(f"0{number}", country) == abroad
    assert phone_key(abroad, "") == abroad


def test_no_country_s_code_begins_another_s():
    assert not [(one, two) for one in KNOWN for two in KNOWN if one != two and two.startswith(one)]


def test_an_address_is_the_same_in_another_order_and_abbreviated():
    one = address_key("3rd Floor, 88 Station Road, Block C", "Port City", "NP")
    assert one
    assert address_key("88 Station Rd., Block C", "Port City", "NP") != one
    assert address_key("Station Road 88, Blk C, 3rd Fl.", "Port City", "NP") == one
    assert address_key("Kathmandu", "Kathmandu", "NP") == ""
    assert address_key("Main Road", "", "NP") == ""


def test_mail_sites_and_numbers_have_keys_too():
    assert email_key("Office+jobs@Example.com") == "office@example.com"
    assert email_key("g.old@googlemail.com") == email_key("gold@gmail.com")
    assert email_key("nobody") == ""
    assert website_key("https://www.Example.com/jobs") == "example.com"
    assert website_key("gmail.com") == website_key("a site") == ""
    assert reference_key("HCB/2019-00417") == "hcb201900417"
    assert reference_key("BG") == reference_key("bank") == ""


@given(st.sampled_from(["address", "phone", "email", "website"]), st.text(max_size=300))
def test_a_key_is_short_and_made_of_anything_without_failing(kind, text):
    assert len(contact_key(kind, text, city=text[:20], country="NP")) <= 200
