"""Views of the grievance channel."""
