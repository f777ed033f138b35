"""What the first journey of a guide asks its reader to do, read from its own words.

A guide is written for people. Its *Premier parcours* keeps to a few verbs, so that a
browser follows it to the letter: a link renamed on screen fails the guide naming it.

    Ouvrez `/adresse/`         Suivez **lien**        Appuyez sur **bouton**
    Écrivez « mots » dans **champ**                   Choisissez « mots » dans **liste**
    Cochez **choix**           Dépliez **titre**      Vous lisez **mots**
    Connectez-vous avec `adresse`                     ![ce qu’on voit](images/nom.webp)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

GUIDES = Path(__file__).resolve().parents[2] / "docs/guides"
JOURNEY = "## Premier parcours"

NAME, WORDS = r"\*\*([^*]+)\*\*", r"« ?([^»]+?) ?»"
VERBS = {
    "open": r"[Oo]uvrez `([^`]+)`",
    "follow": rf"[Ss]uivez {NAME}",
    "push": rf"[Aa]ppuyez sur {NAME}",
    "fill": rf"[ÉéEe]crivez {WORDS} dans {NAME}",
    "choose": rf"[Cc]hoisissez {WORDS} dans {NAME}",
    "tick": rf"[Cc]ochez {NAME}",
    "unfold": rf"[Dd]épliez {NAME}",
    "read": rf"[Vv]ous lisez {NAME}",
    "sign_in": r"[Cc]onnectez-vous avec `([^`]+)`",
    "picture": r"!\[[^\]]*\]\(images/([\w-]+\.webp)\)",
}
ANY = re.compile("|".join(f"(?P<{verb}>{said})" for verb, said in VERBS.items()))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a verb of `VERBS` and what it is done with."""

    verb: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.verb} {' | '.join(self.words)}"


def guides() -> list[Path]:
    """The guides that have a first journey."""
    return [path for path in sorted(GUIDES.glob("*.md")) if JOURNEY in path.read_text()]


def is_for_a_phone(guide: Path) -> bool:
    return "sur un téléphone" in guide.read_text().split(JOURNEY)[1].splitlines()[0]


def steps(guide: Path) -> Iterator[Step]:
    """The steps of the first journey, in the order of the text."""
    journey = guide.read_text().split(JOURNEY)[1].split("\n## ")[0]
    for found in ANY.finditer(journey):
        said = re.fullmatch(VERBS[str(found.lastgroup)], found[0])
        yield Step(str(found.lastgroup), tuple(map(str.strip, said.groups())))
