"""The tools that files of answers come from, recognised by the columns they all write.

Columns were read in each tool's documentation and in exports: LimeSurvey names them by
codes or by texts; Google Forms begins with a timestamp, in French "Horodateur", then
"Adresse e-mail" when it is collected, as public scripts that open its workbooks read
them; the Drupal module behind Framaforms (webform 7.x-4, webform.report.inc) writes
three lines of headings and ends its own columns with UID. No French export with words
for headings was found. Scripts that read them ask for headings as keys ("Form Key",
in English in its French screens too): webform_serial, webform_sid, webform_time… are
recognised in any language, words when SID, UID and the IP address are left as such or
translated word for word. The module of later Drupals (WebformSubmission.php) names its
columns otherwise: as keys, or by titles of which the English ones were read. Sphinx
writes CLE, DATE_SAISIE… ODK Central and KoboToolbox name their own columns as their
documentation says, and those of the questions as the form does; a phone without network
sends days later, so that the day is that of the interview when the form noted it.
Nothing personal is read: addresses and names are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from jalons.imports.words import simple

ISO = "%Y-%m-%d %H:%M:%S"
DATE_FORMATS = (
    ISO,
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y - %H:%M",
    "%d/%m/%Y - %H:%M",
    "%Y/%m/%d %I:%M:%S %p",
    "%m/%d/%Y",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How one tool writes its files; names of columns are in simple letters."""

    code: str
    title: str
    signature: frozenset[str]
    enough: int
    key: tuple[str, ...]
    date: tuple[str, ...]
    ignored: frozenset[str] = frozenset()
    separator: str | None = None
    first: frozenset[str] = frozenset()


SHAPES = (
    Shape(
        "jalons",
        "Jalons",
        frozenset(
            {"code du territoire", "mode de saisie", "envoyee le"}
            | {"territory code", "channel", "sent on"}
        ),
        3,
        ("reponse", "answer"),
        ("envoyee le", "sent on"),
        frozenset({"territoire", "territory", "mention", "notice"}),
        " · ",
    ),
    Shape(
        "limesurvey",
        "LimeSurvey",
        frozenset(
            {"submitdate", "lastpage", "startlanguage", "seed"}
            | {"date de soumission", "derniere page", "langue de depart"}
            | {"date submitted", "last page", "start language", "tete de serie"}
        ),
        2,
        ("id", "id de la reponse", "response id"),
        ("submitdate", "date de soumission", "date submitted"),
        frozenset(
            {"id", "submitdate", "lastpage", "startlanguage", "seed", "startdate"}
            | {"datestamp", "token", "ipaddr", "refurl", "interviewtime"}
            | {"derniere page", "langue de depart", "tete de serie", "last page"}
            | {"start language", "seed", "date de lancement", "date started"}
            | {"date de la derniere action", "date last action", "adresse ip"}
            | {"ip address", "url referente", "url de reference", "referrer url"}
            | {"temps total", "total time", "code d'acces", "code d'invitation"}
        ),
    ),
    Shape(
        "framaforms",
        "Framaforms",
        frozenset(
            {"sid", "uid", "adresse ip", "ip address"}
            | {"webform_sid", "webform_uid", "webform_ip_address"}
        ),
        3,
        ("sid", "webform_sid"),
        ("heure de soumission", "submitted time", "time", "heure", "completed time")
        + ("webform_time", "webform_completed_time"),
        frozenset(
            {"serial", "numero de serie", "modified time", "brouillon", "draft", "uid"}
            | {"ip address", "adresse ip", "username", "nom d'utilisateur"}
            | {"heure de modification", "heure de fin", "completed time"}
            | {"webform_serial", "webform_draft", "webform_ip_address", "webform_uid"}
            | {"webform_username", "webform_modified_time", "webform_completed_time"}
        ),
        ",",
    ),
    Shape(
        "drupal",
        "Drupal",
        frozenset(
            {"in_draft", "remote_addr", "webform_id", "current_page"}
            | {"is draft", "remote ip address", "submission uuid", "submission uri"}
        ),
        3,
        ("sid", "submission id"),
        ("completed",),
        frozenset(
            {"serial", "uuid", "token", "uri", "created", "changed", "in_draft"}
            | {"current_page", "remote_addr", "uid", "langcode", "webform_id"}
            | {"entity_type", "entity_id", "entity_title", "entity_url", "locked"}
            | {"sticky", "notes", "serial number", "submission uuid", "submission uri"}
            | {"is draft", "current page", "remote ip address", "submitted by"}
            | {"language", "webform"}
        ),
        ",",
    ),
    Shape(
        "google-forms",
        "Google Forms",
        frozenset({"horodateur", "timestamp"}),
        1,
        ("horodateur", "timestamp"),
        ("horodateur", "timestamp"),
        frozenset({"adresse e-mail", "email address", "nom d'utilisateur"}),
        ",",
        first=frozenset({"horodateur", "timestamp"}),
    ),
    Shape(
        "sphinx",
        "Sphinx",
        frozenset(
            [
                "date_saisie",
                "date_enreg",
                "date_modif",
                "temps_saisie",
                "origine_saisie",
                "lang_saisie",
                "appareil_saisie",
                "progression",
                "derniere_question_saisie",
            ]
        ),
        3,
        ("cle",),
        ("date_enreg", "date_saisie"),
        frozenset(
            [
                "date_saisie",
                "date_modif",
                "temps_saisie",
                "lang_saisie",
                "appareil_saisie",
                "progression",
                "derniere_question_saisie",
            ]
        ),
        ";",
    ),
    Shape(
        "odk",
        "ODK Central",
        frozenset(
            {"submissiondate", "submitterid", "submittername", "key", "reviewstate"}
            | {"attachmentspresent", "attachmentsexpected", "deviceid", "formversion"}
            | {"__id", "__system-submissiondate", "__system-submitterid"}
            | {"__system-reviewstate", "__system-edits", "__system-formversion"}
        ),
        3,
        ("key", "__id"),
        ("today", "end", "submissiondate", "__system-submissiondate"),
        frozenset(
            {"start", "end", "today", "meta-instanceid", "instanceid", "deviceid"}
            | {"submissiondate", "__system-submissiondate"}
            | {"submitterid", "submittername", "attachmentspresent", "edits", "status"}
            | {"attachmentsexpected", "reviewstate", "formversion", "instancename"}
            | {"meta-instancename", "__system-submitterid", "__system-submittername"}
            | {"__system-attachmentspresent", "__system-attachmentsexpected"}
            | {"__system-status", "__system-reviewstate", "__system-deviceid"}
            | {"__system-edits", "__system-formversion", "__system-updatedat"}
            | {"__system-deletedat"}
        ),
    ),
    Shape(
        "kobo",
        "KoboToolbox",
        frozenset(
            {"_id", "_uuid", "_submission_time", "_validation_status", "_status"}
            | {"_submitted_by", "__version__", "_tags", "_notes", "_index"}
        ),
        3,
        ("_uuid",),
        ("today", "end", "_submission_time"),
        frozenset(
            {"start", "end", "today", "_submission_time", "_id", "_validation_status"}
            | {"_notes", "_status"}
            | {"_submitted_by", "__version__", "_tags", "_index", "_attachments"}
            | {"formhub/uuid", "meta/instanceid", "meta/rootuuid", "deviceid"}
            | {"_xform_id_string", "_geolocation", "_validation_status-uid"}
            | {"_validation_status-label", "_validation_status-by_whom"}
            | {"_validation_status-color", "_validation_status-timestamp"}
        ),
    ),
)
OTHER = Shape(
    "table",
    "",
    frozenset(),
    0,
    ("id", "identifiant", "numero", "cle", "key", "n°", "code reponse"),
    ("date", "date de reponse", "horodateur", "envoye le", "sent on"),
)
ENOUGH_DATES = 0.8
CODE_AND_TEXT = re.compile(r"([a-z]+)\. (.+)")
"""LimeSurvey, when headings are asked for as codes and texts both."""
WEIGHTS = frozenset(
    {"poids", "weight", "ponderation", "coefficient", "coef", "poids donne"}
    | {"given weight", "poids final", "coefficient de ponderation"}
)
CHANNELS = frozenset(
    {"canal", "channel", "mode de recueil", "mode de collecte", "mode de saisie"}
    | {"mode de passation", "origine_saisie"}
)
PLACE_WORDS = frozenset({"epci", "siren", "intercommunalite", "intercommunality"})
PLACES = frozenset(
    {"epci", "siren", "territoire", "intercommunalite", "territory", "code epci"}
    | {"code siren", "siren epci", "nom epci", "communaute", "votre epci"}
    | {"code du territoire", "territory code"}
)


def recognise(columns: Sequence[str]) -> tuple[Shape, float]:
    """The tool that wrote these columns, with the share of its own columns seen.

    >>> recognise(["CLE", "DATE_SAISIE", "DATE_ENREG", "PROGRESSION", "Q1"])[0].title
    'Sphinx'
    """
    names = frozenset[str]().union(*map(names_of, columns))
    best, share = OTHER, 0.0
    for shape in SHAPES:
        seen = len(shape.signature & names)
        is_first = not shape.first or names_of(columns[0]) & shape.first
        if seen >= shape.enough and is_first and seen / shape.enough > share:
            best, share = shape, min(seen / shape.enough, 1.0)
    return best, share


def names_of(column: str) -> frozenset[str]:
    """A column's name in simple letters; the code alone, when its text stands behind.

    >>> sorted(names_of("submitdate. Date de soumission"))
    ['date de soumission', 'submitdate', 'submitdate. date de soumission']
    >>> sorted(names_of("id. Response_ID"))
    ['id', 'id. response_id', 'response id']
    """
    said = simple(column)
    found = CODE_AND_TEXT.fullmatch(said)
    both = {found[1], found[2].replace("_", " ")} if found else set()
    return frozenset({said, *both})


def column_among(columns: Sequence[str], names: Sequence[str]) -> str:
    """The first of some names that a column bears; nothing when none does."""
    known = {one: column for column in reversed(columns) for one in names_of(column)}
    return next((known[name] for name in names if name in known), "")


def date_formats(values: Mapping[str, int]) -> list[str]:
    """The formats in which most rows hold dates: several when days may be months.

    Rows that break the rule followed by four out of five are told one by one later.

    >>> date_formats({"03/04/2022 10:00": 1})
    ['%d/%m/%Y %H:%M', '%m/%d/%Y %H:%M']
    >>> date_formats({"23/04/2022 10:00": 9, "hier": 1})
    ['%d/%m/%Y %H:%M']
    """
    filled = {value: rows for value, rows in values.items() if value}
    counts = {
        one: sum(rows for value, rows in filled.items() if fits(value, one))
        for one in DATE_FORMATS
    }
    most = max(counts.values())
    if not filled or most < ENOUGH_DATES * sum(filled.values()):
        return []
    return [one for one, count in counts.items() if count == most]


def header_line(lines: Sequence[tuple[int, Sequence[str]]]) -> int:
    """The line that most looks like names of columns: the first of the widest ones.

    >>> header_line([(1, ["Enquête 2022", ""]), (2, ["id", "nom"]), (3, ["1", "a"])])
    2
    """
    widths = [sum(1 for cell in cells if cell) for _line, cells in lines]
    widest = max(widths, default=0)
    enough = 0.9 * widest
    found = (
        line for (line, _c), width in zip(lines, widths, strict=True) if width >= enough
    )
    return next(found, 1)


def read_date(text: str, pattern: str) -> datetime:
    """A date in one of the formats, or in ISO 8601, which the first one stands for."""
    if pattern == ISO:
        return datetime.fromisoformat(text)
    return datetime.strptime(text, pattern)


def fits(value: str, pattern: str) -> bool:
    """Whether a text is a date in this format."""
    try:
        read_date(value, pattern)
    except ValueError:
        return False
    return True
