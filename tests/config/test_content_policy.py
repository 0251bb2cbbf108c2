"""The content security policy is made once, and anew for an answer that has its own part in it."""

import pytest
from csp.constants import HEADER, NONE
from django.http import HttpResponse
from django.test import RequestFactory

from dateline.config.headers import ContentPolicy


def policy(*, is_pressed=False, **parts):
    def answer(request):
        if is_pressed:
            request.pressed_at = 7
        response = HttpResponse()
        for name, value in parts.items():
            setattr(response, f"_csp_{name}", value)
        return response

    response = ContentPolicy(answer)(RequestFactory().get("/"))
    return response.headers.get(HEADER)


@pytest.mark.parametrize("is_pressed", [False, True])
def test_an_answer_adds_and_replaces_directives_pressed_or_not(is_pressed):
    usual = policy(is_pressed=is_pressed)
    assert "script-src 'self'" in usual
    added = policy(is_pressed=is_pressed, update={"script-src": ["'sha256-x'"]})
    assert "'sha256-x'" in added
    replaced = policy(is_pressed=is_pressed, replace={"img-src": [NONE]})
    assert "img-src 'none'" in replaced
    assert policy(is_pressed=is_pressed) == usual
    assert policy(is_pressed=is_pressed, exempt=True) is None
