"""What programs may ask of the register and the lists: matching, reconciliation, downloads and feeds."""
