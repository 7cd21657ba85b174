"""One form, one effect, however often it is sent."""

import threading
from typing import Any

import pytest
from django.db import connection

from core.formkeys import new_key, once
from core.models import Account


def make_one() -> str:
    return Account.objects.create(name="made", kind="ministry").ref


@pytest.mark.django_db
def test_a_second_sending_returns_the_first_result() -> None:
    key = new_key()
    first, second = once(key, purpose="a.b", do=make_one), once(key, purpose="a.b", do=make_one)
    assert (first.result, first.repeated, second.repeated) == (second.result, False, True)
    assert Account.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_on_another_form_is_another_matter() -> None:
    key = new_key()
    assert once(key, purpose="a.b", do=make_one).result != once(key, purpose="c.d", do=make_one).result


@pytest.mark.django_db
def test_a_failed_sending_may_be_repeated() -> None:
    key = new_key()
    with pytest.raises(ZeroDivisionError):
        once(key, purpose="a.b", do=lambda: str(1 / 0))
    assert once(key, purpose="a.b", do=make_one).repeated is False


@pytest.mark.django_db(transaction=True)
def test_ten_sendings_at_once_have_one_effect() -> None:
    key, results = new_key(), []

    def send() -> None:
        try:
            results.append(once(key, purpose="a.b", do=make_one).result)
        finally:
            connection.close()

    threads: list[Any] = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 10
    assert len(set(results)) == 1
    assert Account.objects.count() == 1
