"""Which column of the schema a column of an unknown table probably is.

A proposal is never a decision: it is shown with how sure it is, and somebody chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jalons.directory.vocabulary import Term
from jalons.search.words import likeness, words_of

SURE, LIKELY, NONE = "sure", "likely", ""
ENOUGH = 0.72
# Articles and prepositions say nothing of a column.
SMALL = 2
# Of words shared by a value and a term, as the desk of answers reads them.
SURE_SHARE, LIKELY_SHARE = 0.85, 0.55
NEGATIONS = frozenset({"non", "pas", "sans", "aucun", "aucune", "sauf", "hors"})
# Names seen in published tables, in the words of `words_of`.
_NAMES = {
    "id": "id, identifiant, code service, id structure, typo uid, numero, n, ref",
    "pivot": "siret, pivot, numero siret, rna, siret structure",
    "nom": "nom, nom du lieu, nom structure, structure, lieu, denomination, intitule, "
    "name, libelle, nom de la structure, user nom",
    "commune": "commune, ville, nom commune, city, lib com, nom comm",
    "code_postal": "code postal, cp, postcode, postal code",
    "code_insee": "code insee, insee, insee com, code commune, num insee",
    "adresse": "adresse, rue, voie, address, adresse postale, user adres, adresse lieu",
    "complement_adresse": "complement adresse, complement, batiment",
    "latitude": "latitude, lat, y wgs84, lieu lat84",
    "longitude": "longitude, lon, lng, long, x wgs84, lieu long84",
    "typologie": "typologie, type, type de structure, type structure, picto, categorie",
    "telephone": "telephone, tel, numero de telephone, phone, n de telephone",
    "courriels": "courriel, courriels, mail, email, e mail, adresse e mail",
    "site_web": "site web, site internet, site, url, website, web",
    "horaires": "horaires, horaires d ouverture, ouverture, opening hours",
    "presentation_resume": "resume, presentation, presentation resume",
    "presentation_detail": "description, presentation detail, infos complementaires, "
    "commentaire, commentaires",
    "date_maj": "date maj, date de mise a jour, mise a jour, maj, date modification",
    "services": "services, service, aide, aides, activites, activites proposees, "
    "accompagnement propose",
    "publics_specifiquement_adresses": "publics, public, publics accueillis",
    "frais_a_charge": "frais, tarif, cout, frais a charge, conditions d acces",
    "modalites_acces": "modalites acces, modalites d acces, acces",
    "modalites_accompagnement": "modalites accompagnement, accompagnement",
    "prise_rdv": "prise rdv, rendez vous, prise de rendez vous",
    "itinerance": "itinerance, itinerant",
    "structure_parente": "structure parente, porteur, structure porteuse, gestionnaire",
    "source": "source, origine",
}
NAMES = {
    column: [" ".join(words_of(one)) for one in names.split(",")]
    for column, names in _NAMES.items()
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A column of the file, the column of the schema it may be, and how surely."""

    name: str
    column: str
    level: str
    example: str = ""


def propose(columns: Sequence[str], examples: dict[str, str]) -> list[Proposal]:
    """One proposal a column; a column of the schema is proposed once, to the surest."""
    scored = sorted(((*_best(name), name) for name in columns), key=lambda one: -one[0])
    taken: dict[str, tuple[str, str]] = {}
    for score, column, name in scored:
        if score >= ENOUGH and column not in {one for one, _level in taken.values()}:
            taken[name] = column, SURE if score == 1 else LIKELY
    return [
        Proposal(name, *taken.get(name, ("", NONE)), examples.get(name, ""))
        for name in columns
    ]


def propose_term(text: str, terms: Iterable[Term]) -> tuple[str, str]:
    """The term that a value may mean and how surely; nothing when none is likely.

    A value and its contrary share most of their words: one that denies is no other.
    """
    said = words_of(text)
    score, code = max(
        (_shared(said, words_of(wording)), term.id)
        for term in terms
        for wording in (term.label, str(term), *term.aliases)
    )
    if score < LIKELY_SHARE:
        return "", NONE
    return code, SURE if score >= SURE_SHARE else LIKELY


def _shared(here: Sequence[str], there: Sequence[str]) -> float:
    """Dice’s share of words in common, slips of the pen allowed; 0 to 1."""
    if NEGATIONS.intersection(here) != NEGATIONS.intersection(there):
        return 0.0
    one, two = ([word for word in text if len(word) > SMALL] for text in (here, there))
    if not one or not two:
        return 0.0
    alike = sum(max(likeness(word, other) for other in two) for word in one)
    return 2 * min(alike, len(two)) / (len(one) + len(two))


def _best(name: str) -> tuple[float, str]:
    """How much a name looks like those of each column of the schema."""
    said = " ".join(words_of(name))
    return max(
        (max(_alike(said, other) for other in names), column)
        for column, names in NAMES.items()
    )


def _alike(said: str, other: str) -> float:
    if said == other:
        return 1.0
    here, there = (
        [word for word in text.split() if len(word) > SMALL] for text in (said, other)
    )
    if not here or not there:
        return 0.0
    shared = sum(max(likeness(one, two) for two in there) for one in here) / len(here)
    return 0.95 * shared * min(len(here), len(there)) / max(len(here), len(there))
