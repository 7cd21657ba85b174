"""The pages of the recruiters' floor."""
