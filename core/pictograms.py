"""Hold the drawings: one per code, drawn for a 48 by 48 field in the colour of the words around them.

They are meant to be understood without reading. Class `f` marks the softly filled parts, class `x` the part that warns.
"""



PICTOGRAMS: dict[str, str] = {}
WORDMARK = ""
