"""The administrator's room: accounts, people and their dated roles; and the auditor's view of the trail."""
