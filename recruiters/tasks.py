"""Jobs: screening a list in chunks, and what is due every day."""
