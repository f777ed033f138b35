"""Files in the shape LimeSurvey exports: headings by question code, a row a person."""

from __future__ import annotations

import csv
import io

HEADINGS = [
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "EPCI",
    "PROFIL",
    "PROFIL[other]",
    *("P1a", "P1b", "P2"),
    *(f"P3[SQ00{n}]" for n in range(1, 5)),
    "R1",
    *(f"R2a[SQ00{n}]" for n in range(1, 9)),
    *("R2b", "R3", "S1", "S2", "S3"),
    *(f"S4[SQ00{n}]" for n in range(1, 5)),
    "ENJEU",
    *(f"DIFF[SQ00{n}]" for n in range(1, 6)),
    "DIFF[other]",
    *(f"APPUI[SQ00{n}]" for n in range(1, 6)),
    *("MAIL", "MAILOK[SQ001]"),
]

AS_CODES = {
    "submitdate": "2022-04-05 14:32:10",
    "lastpage": "9",
    "startlanguage": "fr",
    "PROFIL": "AO02",
    "P1a": "AO03",
    "P2": "Y",
    "P3[SQ001]": "Y",
    "P3[SQ003]": "Y",
    "R1": "AO03",
    "R2a[SQ001]": "Y",
    "R2a[SQ002]": "Y",
    "R2a[SQ008]": "Y",
    "R3": "1.5000000000",
    "S1": "0.0000000000",
    "S3": "AO02",
    "S4[SQ001]": "Y",
    "ENJEU": "-oth-",
    "DIFF[SQ001]": "Y",
    "DIFF[other]": "Trouver du temps",
    "APPUI[SQ001]": "Y",
    "MAIL": "camille@exemple.fr",
    "MAILOK[SQ001]": "Y",
}

AS_TEXTS = {
    **AS_CODES,
    "submitdate": "05/04/2022 14:32",
    "PROFIL": "Décision locale : mandat d’élu ou d’élue, direction générale",
    "P1a": "Oui, par un programme régulier",
    "P2": "Oui",
    "P3[SQ001]": "Oui",
    "P3[SQ002]": "Non",
    "P3[SQ003]": "Oui",
    "P3[SQ004]": "Non",
    "R3": "1,5",
    "S1": "0",
}


def csv_file(
    *rows: dict[str, str], delimiter: str = ",", more: tuple[str, ...] = ()
) -> bytes:
    """The bytes of an export; a row gives the cells that are not empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*HEADINGS, *more], restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
