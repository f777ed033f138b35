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
        if known is not None and (forms := _forms(known)) and any(forms):
            if not message.pluralizable:
                return forms[0]
            # A text that had no plural yet keeps its words, and lacks the others.
            return forms if len(forms) > 1 else (forms[0], "")
    return ("", "") if message.pluralizable else ""


def _forms(message: Message) -> tuple[str, ...]:
    """Its French words: one text, or one for each number."""
    told = message.string or ""
    return (told,) if isinstance(told, str) else tuple(told)


def changed(catalog: Catalog, extra: Catalog) -> list[str]:
    """The texts that have French words already, to which others are given."""
    found = []
    for message in extra:
        known = catalog.get(message.id, message.context) if message.id else None
        if known is None or not any(_forms(message)):
            continue
        if all(_forms(known)) and _forms(known) != _forms(message):
            found.append(str(message.id))
    return found


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
        parser.add_argument(
            "--replace", action="store_true", help="merge over what is translated"
        )

    def handle(self, *, check, compile, merge, replace, **options):
        if check:
            return self._check()
        if not compile:
            with (settings.VAR_DIR / "messages.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                known = read_catalog()
                extra = _given(merge, known, replace=replace) if merge else None
                write_catalog(updated(known, extra))
        compile_catalog()
        lacking = missing(read_catalog())
        self.stdout.write(f"{len(lacking)} texts without a French translation.")

    def _check(self):
        lacking = missing(read_catalog())
        if lacking:
            raise CommandError("Without a French translation:\n" + "\n".join(lacking))


def _given(path: Path, known: Catalog, *, replace: bool) -> Catalog:
    """The translations of a file, refused when they change those that exist."""
    with path.open("rb") as file:
        extra = read_po(file, locale=LANGUAGE)
    others = [] if replace else changed(known, extra)
    if others:
        raise CommandError(
            "Already translated in other words; --replace takes those of the file:\n"
            + "\n".join(others)
        )
    return extra
