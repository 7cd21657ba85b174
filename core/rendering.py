"""Render every form through the product's own templates, so that labels, hints and errors look and read alike."""

from collections.abc import Iterator
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe


class FormRenderer(TemplatesSetting):
    """Lay out forms, form sets and fields with core/templates/core/forms/."""

    form_template_name = "core/forms/form.html"
    formset_template_name = "core/forms/formset.html"
    field_template_name = "core/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """Render a form's part; the options of a list, of which a page has hundreds, without a template for each."""
        if template_name == "django/forms/widgets/select.html":
            return mark_safe("".join(_select(context["widget"])))  # noqa: S308 - each part below is escaped
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template escapes


def _select(widget: dict[str, Any]) -> Iterator[str]:
    yield f'<select name="{escape(str(widget["name"]))}"{_attributes(widget["attrs"])}>'
    for group, options, _place in widget["optgroups"]:
        if group:
            yield f'<optgroup label="{escape(str(group))}">'
        for option in options:
            value = "" if option["value"] is None else option["value"]
            label = escape(str(option["label"]))
            yield f'<option value="{escape(str(value))}"{_attributes(option["attrs"])}>{label}</option>'
        if group:
            yield "</optgroup>"
    yield "</select>"


def _attributes(attributes: dict[str, Any]) -> str:
    """Return attributes as they are written in a tag: one that is True by its name alone, one that is False not."""
    named = ((name, value) for name, value in attributes.items() if value is not None and value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in named)
