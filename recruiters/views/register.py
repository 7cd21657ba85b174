"""The register for staff: the list, and registering."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import fetch, staff
from core.listing import Column
from core.listing.page import Action
from core.roles import Role
from parties.models import Name
from recruiters import services
from recruiters.alllicences import ALL_LICENCES, with_all_licences
from recruiters.filters import RecruiterFilter
from recruiters.forms.fields import lines_of
from recruiters.forms.register import EditRecruiterForm, NewRecruiterForm
from recruiters.models import Recruiter
from recruiters.models.register import READERS
from recruiters.models.words import BAND_TONES
from recruiters.registerlisting import RegisterListing
from recruiters.registerrows import number_key
from recruiters.views.acting import carry_out, form_page, reader
from recruiters.vocabulary import country_label

HOME = (gettext_lazy("Register"), reverse_lazy("recruiters:register"))


class RegisterList(RegisterListing):
    """Every recruiter that the reader may see."""

    model = Recruiter
    roles = READERS
    title = gettext_lazy("Register of recruiters")
    filterset_class = RecruiterFilter
    default_sort = "name"
    export_name = "register"
    columns = (
        Column(
            "name",
            gettext_lazy("Name"),
            sort="sort_name",
            value=lambda r: r.party.name,
            link=lambda r: r.get_absolute_url(),
        ),
        Column("ref", gettext_lazy("Reference"), value=lambda r: r.ref),
        Column(
            "country", gettext_lazy("Country"), sort=("country", "sort_name"), value=lambda r: country_label(r.country)
        ),
        Column(
            "status",
            gettext_lazy("Licence"),
            kind="status",
            value=lambda r: r.status_label,
            tone=lambda r: r.status_tone,
        ),
        Column("number", gettext_lazy("Licence number"), value=lambda r: r.licence_number),
        Column("expires", gettext_lazy("Term ends"), sort="expires_on", kind="date", value=lambda r: r.expires_on),
        Column(
            "risk",
            gettext_lazy("Risk"),
            sort="risk_score",
            kind="status",
            value=lambda r: r.get_risk_band_display(),
            tone=lambda r: BAND_TONES[r.risk_band],
        ),
        ALL_LICENCES,
    )

    def records(self) -> QuerySet[Recruiter]:
        """Return recruiters with their names."""
        found = Recruiter.objects.filter(merged_into__isnull=True).select_related("party")
        return with_all_licences(found) if self.request.GET.get("format") else found

    def get_actions(self) -> Sequence[Action]:
        """Offer registering to officers, and what else the register holds to whoever may read it."""
        user = reader(self.request)
        found = [Action(_("Licences that end soon"), reverse("recruiters:ending"), secondary=True)]
        if user.has_role(Role.MINISTRY_OFFICER, Role.AUDITOR):
            found.append(Action(_("Loads of the register"), reverse("recruiters:loads"), secondary=True))
        if user.has_role(Role.MINISTRY_OFFICER):
            found.insert(0, Action(_("Register a recruiter"), reverse("recruiters:new")))
        return found


@staff(Role.MINISTRY_OFFICER)
def new(request: HttpRequest) -> HttpResponseBase:
    """Register a recruiter."""
    form = NewRecruiterForm(request.POST or None)

    def do(data: dict[str, object]) -> str:
        form.refuse_likely()
        number = number_key(str(data["registration_number"]))
        recruiter = services.register_recruiter(
            actor=reader(request),
            name=str(data["name"]),
            country=str(data["country"]),
            kind=str(data["kind"]),
            names=[(text, Name.Use.ALIAS) for text in lines_of(str(data["other_names"]))],
            identifiers=[(f"registration:{data['country']}", number)] if number else [],
            **{k: data[k] for k in ("sectors", "destinations", "phone", "email", "website")},  # type: ignore[arg-type]
        )
        return recruiter.ref

    ref = carry_out(form, purpose="recruiter.register", do=do)
    if ref:
        return redirect("recruiters:recruiter", ref)
    return form_page(
        request,
        form,
        title=_("Register a recruiter"),
        submit=_("Register"),
        back=reverse("recruiters:register"),
        crumbs=(HOME,),
        likely=form.likely,
    )


@staff(Role.MINISTRY_OFFICER)
def edit(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Change what the register says about a recruiter."""
    recruiter = fetch(reader(request), Recruiter.objects.select_related("party"), "edit", ref=ref)
    initial = {
        "name": recruiter.name,
        "kind": recruiter.kind,
        "sectors": recruiter.sectors,
        "destinations": list(recruiter.corridors.values_list("destination", flat=True)),
        "phone": recruiter.phone,
        "email": recruiter.email,
        "website": recruiter.website,
        "is_listed": recruiter.is_listed,
    }
    form = EditRecruiterForm(request.POST or None, initial=initial)

    def do(data: dict[str, object]) -> str:
        fields = ("name", "kind", "sectors", "destinations", "phone", "email", "website", "is_listed")
        services.edit_recruiter(
            recruiter,
            actor=reader(request),
            other_names=lines_of(str(data["other_names"])),
            **{k: data[k] for k in fields},  # type: ignore[arg-type]
        )
        return recruiter.ref

    if carry_out(form, purpose="recruiter.edit", do=do):
        return redirect(recruiter)
    return form_page(
        request,
        form,
        title=_("Change the entry"),
        submit=_("Save"),
        back=recruiter.get_absolute_url(),
        crumbs=(HOME, (recruiter.name, recruiter.get_absolute_url())),
    )
