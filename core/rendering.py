"""Render every form through the product's own templates, so that labels, hints and errors look and read alike."""

from django.forms.renderers import TemplatesSetting


class FormRenderer(TemplatesSetting):
    """Lay out forms, form sets and fields with core/templates/core/forms/."""

    form_template_name = "core/forms/form.html"
    formset_template_name = "core/forms/formset.html"
    field_template_name = "core/forms/field.html"
