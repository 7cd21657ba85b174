"""The forms of the recruiters' floor."""
