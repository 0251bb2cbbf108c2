"""Answers that no cache and no search engine keeps: what is asked for by one reader alone."""

from hashlib import blake2b
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

A = TypeVar("A", bound=HttpResponseBase)


def for_one_reader(answer: A) -> A:
    """Mark an answer as one that not even its reader's browser keeps: who asks next may differ."""
    answer["Cache-Control"] = "private, no-store"
    return answer


def not_kept(answer: HttpResponse) -> HttpResponse:
    """Mark an answer as one for no cache and no search engine."""
    answer["X-Robots-Tag"] = "noindex"
    return not_stored(answer)


def not_stored(answer: HttpResponse) -> HttpResponse:
    """Mark an answer as one for no cache."""
    answer["Cache-Control"] = "private, no-cache"
    return answer


def kept_by_its_reader(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Answer 304 to a reader that has the same already; nobody else keeps it."""
    etag = f'"{blake2b(response.content, digest_size=12).hexdigest()}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return not_kept(answer or response)
