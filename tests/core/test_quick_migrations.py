"""What the tests' own database spares itself changes nothing of what is made."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.state import ModelState

from tests.database import copied


@pytest.mark.parametrize("label", sorted({config.label for config in apps.get_app_configs()}))
def test_a_copied_field_is_the_one_that_django_would_make_anew(label: str) -> None:
    for model in apps.get_app_config(label).get_models(include_auto_created=True):
        for name, field in ModelState.from_model(model, exclude_rels=False).fields.items():
            quick, own = copied(field), field.clone()
            assert quick is not field
            assert type(quick) is type(own)
            assert quick.deconstruct()[1:] == own.deconstruct()[1:], (model, name)
            assert abs(own.creation_counter - quick.creation_counter) == 1, "numbered as Django numbers them"
            if isinstance(field, models.ForeignKey):
                assert quick.remote_field is not field.remote_field
                assert quick.remote_field.field is quick
