"""Hold the drawings: one per code, drawn by us for a 48 by 48 field, in the colour of the words around them.

They are meant to be understood without reading. Class `f` fills a part softly, `s` solidly; `x` marks what warns.
"""

_DOWN_PERSON = '<circle class="s" cx="24" cy="26" r="4.5"/><path class="f" d="M15 43v-3a9 7 0 0 1 18 0v3z"/>'

PICTOGRAMS: dict[str, str] = {
    "passport": (
        '<rect class="f" x="10" y="5" width="28" height="38" rx="4"/><circle cx="24" cy="20" r="8"/>'
        '<path d="M16 20h16M24 12c-5 5-5 11 0 16c5-5 5-11 0-16M18 36h12"/>'
    ),
    "money": (
        '<rect class="f" x="3" y="11" width="42" height="26" rx="4"/><circle cx="24" cy="24" r="6.5"/>'
        '<path d="M24 21v6M10 18v1M38 29v1"/>'
    ),
    "contract": (
        '<path class="f" d="M9 5h20l8 8v30H9z"/><path d="M29 5v8h8M15 18h10M15 24h16"/>'
        '<path d="M15 36c2-5 4-5 4-2s2 3 4 0 3-1 3 1M44 22l-12 15-4 2 1-4 12-15z"/>'
    ),
    "wages": (
        '<circle class="f" cx="32" cy="12" r="8.5"/><path d="M32 8.500v7"/>'
        '<path class="f" d="M3 30h6l7-4c4-2 7 0 9 2h6c4 0 4 5 0 5h-8 8l9-5c4-2 6 2 3 4L31 42c-2 1-4 1-6 1l-10-2H3z"/>'
    ),
    "hours": ('<circle class="f" cx="24" cy="24" r="19"/><path d="M24 12v12l8 6M24 5v3M24 40v3M5 24h3M40 24h3"/>'),
    "house": ('<path class="f" d="M8 43V21L24 6l16 15v22z"/><path d="M3 25L24 6l21 19M19 43V30h10v13M34 14V7h5v12"/>'),
    "lock": (
        '<path d="M14 22v-7a10 10 0 0 1 20 0v7"/><rect class="f" x="8" y="21" width="32" height="22" rx="4"/>'
        '<circle class="s" cx="24" cy="30" r="3"/><path d="M24 31v6"/>'
    ),
    "violence": (
        '<path class="f" d="M5 19c0-3 2-5 5-5h14c3 0 5 2 5 5v11c0 5-3 8-8 8h-7c-5 0-9-3-9-8z"/>'
        '<path d="M12 14v9M18 14v9M24 14v9M29 24H17c-4 0-4 6 0 6h5"/>'
        '<path class="x" d="M35 14l5-5M37 22h8M36 30l6 5"/>'
    ),
    "threat": (
        '<path class="f" d="M9 6h30a5 5 0 0 1 5 5v18a5 5 0 0 1-5 5H23l-10 9v-9H9a5 5 0 0 1-5-5V11a5 5 0 0 1 5-5z"/>'
        '<path class="x" d="M24 12v10M24 28v.2"/>'
    ),
    "child": (
        '<circle cx="15" cy="9" r="5"/><path d="M5 43V25c0-5 4-8 10-8s9 3 9 7M10 43V29"/>'
        '<circle class="f" cx="33" cy="25" r="5"/><path class="f" d="M25 43v-5c0-4 3-6 8-6s8 2 8 6v5z"/>'
    ),
    "food": (
        '<path class="f" d="M4 25h40c0 9-6 15-14 16v2H18v-2C10 40 4 34 4 25z"/>'
        '<path d="M16 18c-3-3 3-5 0-9M25 18c-3-3 3-5 0-9M34 18c-3-3 3-5 0-9"/>'
    ),
    "health": (
        '<rect class="f" x="4" y="14" width="40" height="29" rx="4"/><path d="M17 14V9c0-2 1-3 3-3h8c2 0 3 1 3 3v5"/>'
        '<path d="M24 21v15M16.5 28.500h15"/>'
    ),
    "isolation": (
        '<path d="M5 5h38v38H5z" stroke-dasharray="6 6"/><circle class="s" cx="24" cy="18" r="5"/>'
        '<path class="f" d="M14 38v-5a10 8 0 0 1 20 0v5z"/>'
    ),
    "pressure": (
        '<path class="f" d="M7 5h34v9H7z"/><path class="x" d="M11 18v6M9 22l2 3 2-3M37 18v6M35 22l2 3 2-3"/>'
        + _DOWN_PERSON
    ),
    "confined": (
        '<rect x="5" y="5" width="38" height="38" rx="3"/><circle class="s" cx="24" cy="19" r="5"/>'
        '<path class="f" d="M14 43v-7a10 8 0 0 1 20 0v7z"/><path d="M13 5v38M24 5v7M24 31v12M35 5v38"/>'
    ),
    "deceived": (
        '<path class="f" d="M7 4h22a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H16l-6 6v-6H7a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z"/>'
        '<circle cx="18" cy="14" r="6"/><path d="M18 11.500v5"/><circle class="f" cx="29" cy="38" r="3.5"/>'
        '<path class="x" d="M37 33l8 10M45 33l-8 10"/>'
    ),
    "dismissed": (
        '<path class="f" d="M5 43V5h20v38z"/><path d="M20 23v3M3 43h24"/><circle class="s" cx="36" cy="13" r="4.5"/>'
        '<path d="M36 21v11M36 32l-4 11M36 32l4 11M30 27l6-5 6 5"/><path class="x" d="M41 6h5M43 3l3 3-3 3"/>'
    ),
    "other": (
        '<circle class="f" cx="24" cy="24" r="19"/><circle class="s" cx="14.5" cy="24" r="2.8"/>'
        '<circle class="s" cx="24" cy="24" r="2.8"/><circle class="s" cx="33.5" cy="24" r="2.8"/>'
    ),
    "help": (
        '<circle class="f" cx="24" cy="24" r="19"/><circle cx="24" cy="24" r="8"/>'
        '<path d="M18 18l-7-7M30 18l7-7M18 30l-7 7M30 30l7 7"/>'
    ),
    "phone": (
        '<rect class="f" x="14" y="4" width="20" height="40" rx="4"/>'
        '<path d="M21 38h6M8 14c-3 4-3 9 0 13M40 14c3 4 3 9 0 13"/>'
    ),
    "message": (
        '<path class="f" d="M9 7h30a5 5 0 0 1 5 5v17a5 5 0 0 1-5 5H24l-10 9v-9H9a5 5 0 0 1-5-5V12a5 5 0 0 1 5-5z"/>'
        '<path d="M13 17h22M13 24h14"/>'
    ),
    "shield": ('<path class="f" d="M24 4l17 6v12c0 11-7 18-17 22C14 40 7 33 7 22V10z"/><path d="M15 24l6 6 12-13"/>'),
    "person": '<circle class="s" cx="24" cy="14" r="7"/><path class="f" d="M9 43v-6a15 12 0 0 1 30 0v6z"/>',
    "people": (
        '<circle cx="16" cy="15" r="6"/><path class="f" d="M4 41v-5a12 10 0 0 1 24 0v5z"/>'
        '<circle cx="34" cy="17" r="5"/><path d="M32 27c7-1 12 3 12 9v5H34"/>'
    ),
    "building": (
        '<path class="f" d="M9 43V5h22v38z"/>'
        '<path d="M31 19h9v24M4 43h40M16 13h2M23 13h1M16 21h2M23 21h1M16 29h2M23 29h1M18 43v-6h5v6"/>'
    ),
    "travel": ('<path class="f" d="M4 29l5-3 8 3 6-4-14-13 6-2 17 10 9-5c5-2 8 1 4 4L18 36z"/><path d="M5 43h38"/>'),
    "search": '<circle class="f" cx="20" cy="20" r="14"/><path d="M31 31l13 13M14 20a6 6 0 0 1 6-6"/>',
    "check": '<circle class="f" cx="24" cy="24" r="19"/><path d="M14 25l7 7 13-15"/>',
    "camera": ('<path class="f" d="M4 14h10l4-6h12l4 6h10v27H4z"/><circle cx="24" cy="26" r="8"/>'),
    "news": (
        '<path class="f" d="M5 7h30v36H10c-3 0-5-2-5-5z"/>'
        '<path d="M35 17h8v21c0 3-2 5-4 5s-4-2-4-5M12 15h16M12 22h7v9h-7zM24 22h5M24 31h5M12 37h17"/>'
    ),
}

WORDMARK = (
    '<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">'
    '<path class="mark-arch" d="M3 31V15a13 13 0 0 1 26 0v16z"/><circle class="mark-sun" cx="17" cy="11.5" r="3.6"/>'
    '<path class="mark-way" d="M7 31c0-7 11-7 11-11 0-2-4-2-4-4.500h2.500c0 2 6 2.5 6 6C22.5 25.5 17 26 17 31z"/></svg>'
    "<span>Safeconduct</span>"
)
