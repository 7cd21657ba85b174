"""Forms of the grievance channel."""
