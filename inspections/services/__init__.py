"""The only code of this app that writes; one module per kind of act."""
