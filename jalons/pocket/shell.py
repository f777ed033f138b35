"""What a telephone keeps of the application, so that it opens without network."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from jalons.pocket.words import texts

MODULES = "js/pocket"
HASHED = ("js/pocket/main.js", "icon.svg")
STYLES = tuple(f"css/{name}.css" for name in ("tokens", "base", "layout", "components"))
WORKER = "js/pocket/worker.js"
TEMPLATES = ("pocket/app.html", "base.html")


def modules() -> list[str]:
    """The scripts of the screens, which import one another by their plain names."""
    folder = Path(str(finders.find(MODULES)))
    names = sorted(path.name for path in folder.glob("*.js"))
    return [f"{MODULES}/{name}" for name in names if f"{MODULES}/{name}" != WORKER]


def files() -> list[str]:
    """The addresses of all that the screens need."""
    plain = [f"{settings.STATIC_URL}{name}" for name in modules()]
    named = [static(name) for name in (*HASHED, *STYLES)]
    page = [reverse("pocket:app"), reverse("pocket:manifest")]
    return [*page, *dict.fromkeys([*named, *plain])]


@cache
def version() -> str:
    """Changes with any file, word or page: a telephone then fetches them all."""
    digest = hashlib.sha256(json.dumps(texts()).encode())
    for name in (*modules(), *HASHED, *STYLES, WORKER):
        digest.update(Path(str(finders.find(name))).read_bytes())
    for name in TEMPLATES:
        digest.update((settings.BASE_DIR / "templates" / name).read_bytes())
    return digest.hexdigest()[:16]


def worker(*, is_waking: bool) -> str:
    """The script of the service worker; one that wakes up reads modules."""
    known = {
        "VERSION": version(),
        "SHELL": reverse("pocket:app"),
        "FILES": files(),
    }
    head = "\n".join(f"const {name} = {json.dumps(it)};" for name, it in known.items())
    body = Path(str(finders.find(WORKER))).read_text()
    if not is_waking:
        return f"{head}\n{body}"
    queue = f"{settings.STATIC_URL}{MODULES}/queue.js"
    return f'import {{ wake }} from "{queue}";\n{head}\n{body}{WAKING}'


WAKING = """
self.addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(wake());
});
"""
