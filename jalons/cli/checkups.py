"""What may be wrong with an installation, one line each, with its mend.

Nothing here writes, and nothing that is said holds a secret or a person.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.analysis import fast
from jalons.cli.archives import KEY_LENGTH

State = Literal["good", "doubtful", "wrong"]
# Below this a day of answers may not fit; below the other, not even the next one.
LITTLE_SPACE, NO_SPACE = 2 << 30, 200 << 20
SECRET_LENGTH = 40
# Writing a file and reading the clock are done in the same second.
CLOCK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it is, and what mends it when it is not well."""

    about: str
    state: State
    said: str
    mend: str = ""


def is_open() -> bool:
    """Whether others than this machine reach the site."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return not (settings.IS_LOOPBACK and host in settings.LOOPBACK_HOSTS)


def address() -> Iterator[Finding]:
    site = urlsplit(settings.SITE_URL)
    if not is_open():
        yield Finding("address", "good", _("open on this machine alone"))
    elif site.scheme != "https":
        yield Finding(
            "address",
            "wrong",
            _("%(url)s is not encrypted") % {"url": settings.SITE_URL},
            _("put a proxy with a certificate before it; JALONS_SITE_URL=https://…"),
        )
    elif site.hostname not in settings.ALLOWED_HOSTS:
        yield Finding(
            "address",
            "wrong",
            _("%(host)s is not a name that the site answers to")
            % {"host": site.hostname},
            f"JALONS_ALLOWED_HOSTS={site.hostname}",
        )
    else:
        yield Finding("address", "good", settings.SITE_URL)


def modes() -> Iterator[Finding]:
    if settings.DEBUG:
        said = _("pages of errors show the insides of the site")
        mend = _("take JALONS_DEBUG away")
        yield Finding("debug", "wrong" if is_open() else "doubtful", said, mend)
    if settings.DEMO:
        said = _("this is the demonstration: everything is simulated")
        yield Finding("demo", "doubtful", said, _("take JALONS_DEMO away"))


def proxies() -> Iterator[Finding]:
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if is_open() and settings.IS_LOOPBACK and not count:
        yield Finding(
            "proxies",
            "wrong",
            _("every visitor has the address of the proxy: limits count them as one"),
            _("JALONS_TRUSTED_PROXIES=1, or as many as stand before the site"),
        )
    else:
        yield Finding("proxies", "good", _("%(n)d trusted") % {"n": count})


def secret_key() -> Iterator[Finding]:
    path = Path(settings.VAR_DIR) / "secret_key"
    if len(settings.SECRET_KEY) < SECRET_LENGTH:
        said = _("the secret key is short enough to be guessed")
        mend = _("JALONS_SECRET_KEY: 50 characters drawn at random")
        yield Finding("secret_key", "wrong", said, mend)
    elif path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        said = _("others on this machine read the secret key")
        yield Finding("secret_key", "wrong", said, f"chmod 600 {path.name}")
    elif not settings.IS_SQLITE and _is_kept_in(path):
        said = _("the secret key is that of this machine: another would make its own")
        mend = _("JALONS_SECRET_KEY: the same on every machine")
        yield Finding("secret_key", "doubtful", said, mend)
    else:
        yield Finding("secret_key", "good", _("kept, and long enough"))


def _is_kept_in(path: Path) -> bool:
    """Whether the key was made here, rather than given to all the machines."""
    return path.exists() and path.read_text() == settings.SECRET_KEY


def backups() -> Iterator[Finding]:
    if len(settings.BACKUP_KEY) < KEY_LENGTH:
        said = _("no key signs backups: none can be made")
        mend = _("JALONS_BACKUP_KEY: 32 characters drawn at random, or more")
        yield Finding("backups", "wrong" if is_open() else "doubtful", said, mend)
    else:
        yield Finding("backups", "good", _("signed by a key"))


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.VAR_DIR).free
    state: State = "good"
    if free < LITTLE_SPACE:
        state = "doubtful" if free >= NO_SPACE else "wrong"
    said = _("%(n)d MB free") % {"n": free >> 20}
    mend = "" if state == "good" else _("make room, or move JALONS_VAR_DIR")
    yield Finding("disk", state, said, mend)
    if not os.access(settings.VAR_DIR, os.W_OK):
        said = _("the run-time folder cannot be written")
        yield Finding("disk", "wrong", said, _("give it to the user of the service"))


def static_files() -> Iterator[Finding]:
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists():
        yield Finding("static", "good", _("collected"))
    else:
        said = _("styles and scripts were not collected: no page opens")
        yield Finding("static", "wrong", said, "make setup")


def loops() -> Iterator[Finding]:
    """The loops of the figures in C: without them, the same numbers, more slowly."""
    if fast.built().exists():
        yield Finding("loops", "good", _("long computations run compiled"))
    else:
        said = _("long computations run the plain way: the same numbers, more slowly")
        mend = _("install gcc, then make setup")
        yield Finding("loops", "doubtful", said, mend)


def mail() -> Iterator[Finding]:
    backend = settings.EMAIL_BACKEND
    if not backend.endswith("smtp.EmailBackend"):
        state: State = "wrong" if is_open() else "doubtful"
        said = _("mails are written to files: nobody receives a code")
        mend = "JALONS_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend"
        yield Finding("mail", state, said, mend)
        return
    try:
        with get_connection():
            pass
    except OSError as error:
        why = type(error).__name__
        said = _("the mail server does not answer (%(why)s)") % {"why": why}
        yield Finding("mail", "wrong", said, "JALONS_SMTP_HOST, JALONS_SMTP_PORT…")
        return
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        said = _("mails leave from an address that does not exist")
        yield Finding("mail", "wrong", said, "JALONS_FROM_EMAIL")
    else:
        yield Finding("mail", "good", _("the mail server answers"))


def legal() -> Iterator[Finding]:
    if empty := [key for key, value in settings.LEGAL_IDENTITY.items() if not value]:
        said = _("the legal notice lacks: %(keys)s") % {"keys": ", ".join(empty)}
        mend = " ".join(f"JALONS_{key.upper()}" for key in empty)
        yield Finding("legal", "doubtful", said, mend)
    else:
        yield Finding("legal", "good", _("the legal notice is filled in"))


def clock(now: datetime | None = None) -> Iterator[Finding]:
    """Against the disk's: the database's own is looked at with the database."""
    now, path = now or timezone.now(), Path(settings.VAR_DIR) / ".doctor"
    try:
        path.touch()
        gap = abs(path.stat().st_mtime - now.timestamp())
    except OSError:
        return
    finally:
        path.unlink(missing_ok=True)
    if gap > CLOCK_SECONDS:
        said = _("the clock and that of the disk are %(n)d s apart") % {"n": gap}
        yield Finding("clock", "wrong", said, "timedatectl set-ntp true")
    else:
        yield Finding("clock", "good", now.isoformat(timespec="seconds"))


OF_THE_MACHINE: tuple[Callable[[], Iterator[Finding]], ...] = (
    address,
    modes,
    proxies,
    secret_key,
    backups,
    disk,
    static_files,
    loops,
    mail,
    legal,
    clock,
)
