"""The register in other people's formats: tables with CSVW, JSON Lines, FollowTheMoney, BODS and Atom. Pure but for
``reading``, which takes the public register from the database."""
