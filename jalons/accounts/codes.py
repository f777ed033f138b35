"""Codes sent by mail: what is kept of them, and when a page may show one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.crypto import constant_time_compare, salted_hmac


def print_of(code: str) -> str:
    """What is kept of a code: it says nothing to whoever lacks the key of the site."""
    figures = "".join(filter(str.isdigit, code))
    return salted_hmac("sign-in code", figures, algorithm="sha256").hexdigest()


def is_the_one(code: str, kept: str) -> bool:
    return constant_time_compare(print_of(code), kept)


def shows_code(request: HttpRequest) -> bool:
    """Whether the page may show the code: demonstration, on this very machine.

    The address read in the browser must be the machine's own too, so that a
    demonstration placed behind a public server still keeps its codes.
    """
    host, _port = split_domain_port(request.get_host())
    return settings.DEMO_SHOWS_CODES and host.strip("[]") in settings.LOOPBACK_HOSTS
