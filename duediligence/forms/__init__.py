"""What a company user fills in."""
