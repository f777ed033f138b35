"""What `make gallery` writes beside its pictures: a contact sheet, and the faults."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path
from string import ascii_letters

from babel.messages.pofile import read_po

# Shorter texts are names, units and words that both languages share.
SENTENCE = 12
# What a program says when it means nothing, and a number that its word does not follow.
SLIPS = re.compile(
    r"%\(|\{[{%]|&(?:[a-z]+|#\w+);|\b(?:None|nan|NaN|undefined|null|True|False)\b"
    r"|\[object|«\s*»|\(\s*\)| ,|,,| :\s*:"
    r"|(?<![\d,.\u202f\u00a0])1 (?!mois|fois|avis|accès|sans|dans|sous)[a-zéè]{3,}s\b"
)

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Gallery</title><style>
body { font: 16px/1.4 system-ui, sans-serif; margin: 1rem; background: #eee }
section { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr));
  gap: 1rem; border-top: 2px solid #999; margin-top: 1rem; padding-top: .5rem }
h2, section > ul { grid-column: 1 / -1; margin: 0; font-size: 1rem }
figure { margin: 0 } figcaption { font-size: .85rem }
img { width: 100%%; height: 22rem; object-fit: cover; object-position: top }
</style></head><body><h1>%d pages</h1>
%s</body></html>
"""


@dataclass(slots=True)
class Seen:
    """A page that was looked at: its pictures by kind, and what a machine can tell."""

    name: str
    path: str
    pictures: dict[str, str] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    def over(self, before: Seen | None) -> Seen:
        """What was seen now, and before of what was not looked at again."""
        if before is None or before.path != self.path:
            return self
        pictures = before.pictures | self.pictures
        faults = before.faults | self.faults
        return Seen(self.name, self.path, pictures, faults)

    def told(self) -> list[str]:
        return [fault for found in self.faults.values() for fault in found]


def kept(folder: Path) -> list[Seen]:
    """What was seen the last times."""
    file = folder / "seen.json"
    return (
        [Seen(**one) for one in json.loads(file.read_text())] if file.exists() else []
    )


def keep(folder: Path, pages: Iterable[Seen]) -> None:
    (folder / "seen.json").write_text(json.dumps([asdict(one) for one in pages]))


def contact_sheet(pages: Iterable[Seen]) -> str:
    """Every page with its pictures, each leading to the whole of it."""
    told = [_section(one) for one in pages]
    return PAGE % (len(told), "\n".join(told))


def _section(one: Seen) -> str:
    faults = "".join(f"<li>{escape(fault)}</li>" for fault in one.told())
    pictures = "".join(
        f'<figure><a href="{escape(file)}"><img loading="lazy" src="{escape(file)}" '
        f'alt="{escape(one.name)}, {kind}"></a><figcaption>{kind}</figcaption></figure>'
        for kind, file in one.pictures.items()
    )
    title = f"<h2>{escape(one.name)} <small>{escape(one.path)}</small></h2>"
    return f"<section>{title}<ul>{faults}</ul>{pictures}</section>"


def report(pages: Iterable[Seen]) -> str:
    """A line a fault: what to mend first is what most pages share."""
    return "".join(
        f"{one.name}\t{one.path}\t{fault}\n" for one in pages for fault in one.told()
    )


def file_name(name: str, kind: str) -> str:
    kept = "".join(c if c in ascii_letters else "-" for c in name)
    return f"{kept}.{kind}.jpg"


def is_asked(path: str, name: str, only: str) -> bool:
    """Whether the page is asked for, by a piece of its path or of its name."""
    return not only or only in path or only in name


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of the site that belong to one language and not to the other."""

    french: frozenset[str]
    english: frozenset[str]

    @classmethod
    def of_catalog(cls, path: Path) -> Words:
        """Whole texts without a gap to fill: a page shows them as they are written."""
        with path.open("rb") as file:
            catalog = read_po(file, locale="fr")
        pairs = list(_pairs(catalog))
        french = {text for _english, text in pairs}
        english = {text for text, _french in pairs}
        return cls(frozenset(french - english), frozenset(english - french))

    def astray(self, texts: Iterable[str], language: str) -> list[str]:
        """Which of the texts of a page are written in the other language."""
        other = self.english if language == "fr" else self.french
        return sorted({text for one in texts if (text := _plain(one)) in other})


def slips(texts: Iterable[str]) -> list[str]:
    """What no person would have written."""
    return sorted({text for one in texts if SLIPS.search(text := _plain(one))})


def _pairs(catalog) -> Iterator[tuple[str, str]]:
    for message in catalog:
        english, french = message.id, message.string
        if (
            isinstance(english, str)
            and isinstance(french, str)
            and len(english) >= SENTENCE
        ):
            yield _plain(english), _plain(french)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
