"""Template tags of the recruiters' floor."""
