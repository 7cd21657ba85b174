"""Template tags of due diligence."""
