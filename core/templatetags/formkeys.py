"""Put a form's own key into a template that renders its fields by hand."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.formkeys import new_key

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: template.Context) -> SafeString:
    """Render a hidden input with the posted key, or a fresh one."""
    request = context.get("request")
    posted = request.POST.get("form_key", "") if request is not None and request.method == "POST" else ""
    return format_html('<input type="hidden" name="form_key" value="{}">', posted or new_key())
