"""Write a place's address in one line."""

from parties.models import Site


def address_of(site: Site) -> str:
    """Return address and town, the town once."""
    if site.city and site.city not in site.address:
        return ", ".join(part for part in (site.address, site.city) if part)
    return site.address
