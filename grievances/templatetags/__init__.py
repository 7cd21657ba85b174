"""Template tags of the grievance channel."""
