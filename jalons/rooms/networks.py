"""The address of this machine on the network of the room."""

from __future__ import annotations

import socket
from contextlib import suppress

ELSEWHERE = ("10.255.255.255", 9)
"""An address that need not exist: nothing is sent to it."""


def local_address() -> str:
    """The address that the telephones of the room reach; loopback without a network."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(ELSEWHERE)
        return str(probe.getsockname()[0])
    with suppress(OSError):
        _name, _others, addresses = socket.gethostbyname_ex(socket.gethostname())
        found = [one for one in addresses if not one.startswith("127.")]
        if found:
            return found[0]
    return "127.0.0.1"
