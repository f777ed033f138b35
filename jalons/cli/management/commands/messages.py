"""`jalons messages`: collect the texts to translate, merge translations, compile.

Extraction goes through Django's own `templatize` and Babel's Python reader, so that
no gettext binary is needed.
"""

from __future__ import annotations

import ast
import fcntl
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
LANGUAGE = "fr"
IN_F_STRING = re.compile(r"\{(_|\w*gettext\w*)\(")
Translation = str | list[str] | tuple[str, ...]


def catalog_path() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / LANGUAGE / "LC_MESSAGES" / "django.po"


def source_files() -> Iterator[Path]:
    """Every file whose texts a person may read: code of the package, templates."""
    for folder, pattern in (("jalons", "*.py"), ("templates", "*")):
        for path in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            if path.is_file() and "migrations" not in path.parts:
                yield path


def collect() -> Catalog:
    """The texts found in the sources, each with the files that say it."""
    found = Catalog()
    for path in source_files():
        text = path.read_text(encoding="utf-8")
        place = str(path.relative_to(settings.BASE_DIR))
        if path.suffix != ".py":
            # The margins of a template are not those of Python.
            text = re.sub(r"^[ \t]+", "", templatize(text, origin=place), flags=re.M)
        elif IN_F_STRING.search(text):
            text = f"{text}\n{called_in_f_strings(text)}"
        source = io.BytesIO(text.encode())
        for _line, message, _comments, context in extract(
            "python", source, keywords=KEYWORDS
        ):
            found.add(message, locations=[(place, 0)], context=context)
    return found


def called_in_f_strings(text: str) -> str:
    """What f-strings hold, line by line: Babel reads each of them as one text."""
    return "\n".join(
        ast.unparse(one.value)
        for one in ast.walk(ast.parse(text))
        if isinstance(one, ast.FormattedValue)
    )


def read_catalog() -> Catalog:
    path = catalog_path()
    if not path.exists():
        return Catalog(locale=LANGUAGE)
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def missing(catalog: Catalog) -> list[str]:
    """The texts of the sources without a French translation, or a doubtful one."""
    lacking = []
    for message in collect():
        if not message.id:
            continue
        known = catalog.get(message.id, message.context)
        string = known.string if known and not known.fuzzy else ""
        strings = [string] if isinstance(string, str) else list(string or ())
        if not strings or not all(strings):
            lacking.append(str(message.id))
    return lacking


def updated(catalog: Catalog, extra: Catalog | None = None) -> Catalog:
    """The catalog with exactly the texts of the sources, translations kept."""
    fresh = Catalog(locale=LANGUAGE, project="Jalons", fuzzy=False, charset="utf-8")
    for message in collect():
        if not message.id:
            continue
        # Line zero: a moved line is not a change of the catalog.
        places = sorted({(place, 0) for place, _line in message.locations})
        fresh.add(
            message.id,
            _translation(message, [extra, catalog]),
            locations=places,
            context=message.context,
            flags=message.flags,
        )
    return fresh


def _translation(message: Message, sources: list[Catalog | None]) -> Translation:
    for source in sources:
        known = source.get(message.id, message.context) if source else None
        if known is not None and known.string and any(known.string):
            return known.string
    return ""


def write_catalog(catalog: Catalog) -> None:
    path = catalog_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, sort_output=True, width=88, include_lineno=False)
    lines = [
        line
        for line in buffer.getvalue().splitlines(keepends=True)
        if not line.startswith((b'"POT-Creation', b'"PO-Revision', b'"Generated-By'))
    ]
    path.write_bytes(b"".join(lines))


def compile_catalog() -> None:
    with catalog_path().with_suffix(".mo").open("wb") as file:
        write_mo(file, read_catalog())


class Command(BaseCommand):
    help = "Collect texts to translate, merge French translations, compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing")
        parser.add_argument("--compile", action="store_true", help="only compile")
        parser.add_argument("--merge", type=Path, help="a .po file of translations")

    def handle(self, *, check, compile, merge, **options):
        if check:
            return self._check()
        if not compile:
            with (settings.VAR_DIR / "messages.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                extra = None
                if merge:
                    with merge.open("rb") as file:
                        extra = read_po(file, locale=LANGUAGE)
                write_catalog(updated(read_catalog(), extra))
        compile_catalog()
        lacking = missing(read_catalog())
        self.stdout.write(f"{len(lacking)} texts without a French translation.")

    def _check(self):
        lacking = missing(read_catalog())
        if lacking:
            raise CommandError("Without a French translation:\n" + "\n".join(lacking))
