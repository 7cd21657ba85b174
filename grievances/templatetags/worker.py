"""Put codes, labels and sizes into words in the grievance channel's pages."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from grievances import reasons, wording

register = template.Library()

register.filter("plain", wording.worker_text)
register.filter("category", wording.category_label)
register.filter("worker_category", wording.worker_category)
register.filter("status_words", wording.status_label)
register.filter("worker_status", wording.worker_status)
register.filter("outcome_words", wording.outcome_label)
register.filter("consent_words", wording.consent_label)
CONTACT_FIELDS = {
    "name": _("Name"),
    "value": _("Number or address"),
    "times": _("Safe times"),
    "caution": _("Be careful about"),
}
register.filter("contact_field", lambda name: CONTACT_FIELDS.get(name, name))
register.filter("size", filesizeformat)
register.filter("remedy_item", lambda code: reasons.say(reasons.REMEDY_ITEMS, code))
