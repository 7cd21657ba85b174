"""The public register as a reconciliation service: W3C community report "Reconciliation Service API v0.2".

Only what anybody may know is here: no watchlist, no rating, no grievance, no person behind a recruiter.
"""
