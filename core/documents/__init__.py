"""Make PDFs in any script: right-to-left, shaped, tagged, the same bytes for the same content.

    paper = Document(_("Inspection report"), "ar", visit.ref, issuer=_("Labour Inspectorate"))
    paper.facts([(_("Employer"), visit.employer.name), (_("Date"), date_format(visit.day))])
    paper.heading(_("Findings"))
    paper.table([_("No."), _("Finding")], [["1", "…"]], widths=[1, 6])
    paper.image(photo, _("Dormitory, second floor"))
    return HttpResponse(paper.render(), content_type="application/pdf")

Numbers and dates are given as texts, already in the reader's own form. Fonts are found at run time; a script without
one raises MissingFont, whose message names the package to install.
"""

from core.documents.document import Document
from core.documents.faces import MissingFont, script_missing

__all__ = ["Document", "MissingFont", "script_missing"]
