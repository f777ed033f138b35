"""What a free text may hold that tells who a person is: to be refused, or asked about.

An e-mail address, a telephone number or a title before a name ("Mme Martin") leave no
doubt. Two words in capitals ("Jeanne Martin") may as well be a place: one asks. Nobody
is recognised by a list of first names, and a text without any of these may still tell
of somebody: the help beside the field says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

Kind = Literal["address", "telephone", "title"]

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(
    r"(?:(?:\+|00)\s?33\s?|\b0)[1-9](?:[\s.\u00a0\u202f-]?\d{2}){4}\b"
)
# "Mme la maire", "MADAME LA MAIRE" name an office, "Mme LE GALL" a person: a name
# follows the title, or its initials. "DR" in capitals is a regional directorate more
# often than a doctor.
OFFICES = (
    r"(?:(?:SOUS|VICE)[\s-])?(?:MAIRES?|PR[ÉE]SIDENT(?:E|ES|S)?|DIRECT(?:EUR|RICE)S?"
    r"|PR[ÉE]F[ÈE]TE?S?|SECR[ÉE]TAIRES?|CONSEILL(?:ER|[ÈE]RE)S?|D[ÉE]PUT[ÉE]E?S?"
    r"|S[ÉE]NAT(?:EUR|RICE)S?|MINISTRES?|CHEF(?:FE)?S?|RESPONSABLES?"
    r"|RECT(?:EUR|RICE)S?|TR[ÉE]SORI(?:ER|[ÈE]RE)S?|COORDINAT(?:EUR|RICE)S?"
    r"|D[ÉE]L[ÉE]GU[ÉE]E?S?|R[ÉE]F[ÉE]RENTE?S?|CHARG[ÉE]E?S?|M[ÉE]DIAT(?:EUR|RICE)S?"
    r"|[ÉE]LUE?S?|PREMI(?:ER|[ÈE]RE)S?|ADJOINTE?S?|PRINCIPA(?:LE?S?|UX)"
    r"|PROVISEURE?S?|DOYEN(?:NE)?S?|G[ÉE]RANTE?S?|GREFFI(?:ER|[ÈE]RE)S?)"
)
TITLE = re.compile(
    r"\b(?:MM?\.?|Dr\.?|(?i:mr|mmes?|mlles?)\.?"
    r"|(?i:monsieur|madame|mademoiselle|messieurs|mesdames|mesdemoiselles))"
    rf"\s+(?!L(?:(?:A|E|ES)\s+|[’']){OFFICES}\b)"
    r"(?:[A-ZÀ-Þ]\.?[\s-]+)*(?:L(?:A|E|ES)\s+)?[A-ZÀ-Þ][\w’'-]+"
)
CAPITALS = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ’'-]+(?:[ \u00a0][A-ZÀ-Þ][\w’'-]+)+")
NAME = re.compile(r"\b[A-ZÀ-Þ][a-zà-ÿ][\w-]*(?:[ \u00a0][A-ZÀ-Þ][a-zà-ÿ][\w-]*)*")
FIRST = re.compile(r"(?:^|[.!?…:;«“\"\n–—-])\s*$")
"""A capital there begins a sentence."""
KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("address", ADDRESS),
    ("telephone", TELEPHONE),
    ("title", TITLE),
)
SERVICES = (
    "agricole caf caisse carsat ccas conseil croix crédit emploi espace france la le "
    "les locale maison mission msa médiathèque poste pôle saint sainte secours "
    "services travail"
)
TOOLS = (
    "aidants connect doctolib emmaüs europe excel facebook france google internet "
    "linux pix teams web whatsapp wifi wi-fi windows word youtube zoom"
)
COMMON = frozenset(TOOLS.split(" "))
"""Names of tools and of everybody's places, which tell of nobody."""
NO_PERSON = frozenset(SERVICES.split(" "))
"""Words that begin or end the name of a service or of a place."""


def certain(text: str) -> Iterator[tuple[Kind, str]]:
    """What tells of a person without doubt: its kind, and the words themselves.

    >>> list(certain("Mme Martin, 05 53 00 00 00; la maire, Mme la directrice"))
    [('telephone', '05 53 00 00 00'), ('title', 'Mme Martin')]
    >>> list(certain("M Dupont"))
    [('title', 'M Dupont')]
    >>> [words for _kind, words in certain("MME MARTIN, M. J.-P. Dupont, Mlle. Petit")]
    ['MME MARTIN', 'M. J.-P. Dupont', 'Mlle. Petit']
    >>> [words for _kind, words in certain("Mme LE GALL, Madame LA FONTAINE")]
    ['Mme LE GALL', 'Madame LA FONTAINE']
    >>> list(certain("Bureau de MADAME LA MAIRE, M. le maire, M. LE SOUS-PRÉFET"))
    []
    >>> list(certain("M. LE PREMIER ADJOINT, MME L’ADJOINTE, MME LA GREFFIÈRE"))
    []
    >>> list(certain("MM. LES PRINCIPAUX, MME LA PROVISEURE, M. LE GÉRANT"))
    []
    >>> list(certain("MME LA PRINCIPALE, M. LE DOYEN"))
    []
    """
    for kind, pattern in KINDS:
        for found in pattern.finditer(text):
            yield kind, found[0]


def recognisable(text: str) -> list[str]:
    """Words to read over before a text said by a role is published, in their order.

    More than `possible`: one name within a sentence, or a small place, is enough to
    recognise somebody. To be told, never refused.

    >>> recognisable("Demandez à Sandrine au Bugue, sur Internet : 06 00 00 00 00.")
    ['Sandrine', 'Bugue', '06 00 00 00 00']
    >>> recognisable("Nous manquons de temps. La MSA aide.")
    []
    """
    sure = {
        found.start(): found[0]
        for _kind, each in KINDS
        for found in each.finditer(text)
    }
    spans = [range(at, at + len(words)) for at, words in sure.items()]
    for found in NAME.finditer(text):
        at, words = found.start(), found[0]
        is_first = FIRST.search(text[:at]) is not None
        if is_first and " " not in words or any(at in span for span in spans):
            continue
        if not (COMMON | NO_PERSON) & set(words.casefold().split()):
            sure[at] = words
    return list(dict.fromkeys(words for _at, words in sorted(sure.items())))


def possible(text: str, places: Iterable[str] = ()) -> list[str]:
    """Words in capitals that may name a person; those of known places are not.

    >>> possible("Jeanne Martin, de la Mission Locale du Bugue")
    ['Jeanne Martin']
    >>> possible("le maire de Val Fleuri", places=["Val Fleuri"])
    []
    """
    known = {each.casefold() for each in places}
    return [
        found[0]
        for found in CAPITALS.finditer(text)
        if found[0].casefold() not in known
        and not NO_PERSON & set(found[0].casefold().split())
    ]
