"""A figure that the demonstration's team adds: an invented percentage of households.

Its file says how many households answered in each commune, so that the percentage of
the EPCI is computed from them: it is not the mean of those of the communes.
"""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from jalons.accounts.models import User
from jalons.indicators import attempts, files
from jalons.spaces.models import Space
from jalons.territories.models import Territory

MARK = "[SIMULÉ]"
HEADER = "insee;part;foyers"
WORDS = {
    "title": f"{MARK} Foyers sans ordinateur",
    "code_column": "insee",
    "value_column": "part",
    "rate_of": "column",
    "base_column": "foyers",
    "unit": "percent",
    "vintage": "2025",
    "source_title": f"{MARK} Enquête auprès des foyers",
    "producer": "Équipe d’Exemple",
    "licence": "Usage interne",
    "limits": f"{MARK} Aucun foyer n’a été interrogé.",
}


def invent_figure(space: Space, officer: User) -> None:
    """Give the file, name its columns and confirm, as on the pages."""
    communes = Territory.objects.communes().within(space.territory).order_by("code")
    rows = [
        f"{code};{12 + 7 * at % 23};{max(10, (people or 0) // 20)}"
        for at, (code, people) in enumerate(communes.values_list("code", "population"))
    ]
    upload = SimpleUploadedFile(
        "foyers-simules.csv", "\n".join([HEADER, *rows]).encode()
    )
    pending = files.propose(upload, by=officer, space=space)
    files.name_columns(pending, WORDS)
    files.confirm(pending)
    attempts.write(pending.pk, pending.attempt)
