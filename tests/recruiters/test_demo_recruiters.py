"""The parts that the demo's recruiters are named from; tests/demo builds the whole."""

from parties.keys import script_of
from recruiters.countries import country_name
from recruiters.demo_names import origins


def test_every_country_has_names_enough_for_its_recruiters():
    for origin in origins():
        assert len(origin.firsts) * len(origin.seconds) >= origin.count, origin.country
        assert country_name(origin.country) != origin.country
        assert origin.country not in origin.destinations
    assert 295 <= sum(origin.count for origin in origins()) <= 310


def test_names_come_in_many_scripts():
    scripts = {script_of(native) for origin in origins() for _latin, native in origin.firsts if native}
    assert {"Arab", "Deva", "Beng", "Hani", "Thai"} <= scripts
    assert len(scripts) >= 9
