"""The pages of inspections, one module per kind of work."""
