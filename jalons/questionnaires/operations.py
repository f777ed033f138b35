from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.db.models import Max

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.questionnaires.definitions import (
    Definition,
    checksum_of,
    content_of,
    read_file,
)
from jalons.questionnaires.models import Questionnaire, Version


@transaction.atomic
def load_definition(source: Definition | Path, *, by: User | None = None) -> Version:
    """The version that holds this definition, written if it is new.

    The same content always gives the same version; a change gives the next number.
    A version is never changed: answers already given keep the words they answered.
    """
    definition = read_file(source) if isinstance(source, Path) else source
    Questionnaire.objects.get_or_create(code=definition.code)
    # Two loads of one questionnaire follow one another: no number is taken twice.
    questionnaire = Questionnaire.objects.select_for_update().get(code=definition.code)
    checksum = checksum_of(definition)
    known = questionnaire.versions.filter(checksum=checksum).first()
    if known is not None:
        return known
    last = questionnaire.versions.aggregate(last=Max("number"))["last"] or 0
    version = questionnaire.versions.create(
        number=last + 1, checksum=checksum, definition=content_of(definition)
    )
    audit.record("version.loaded", version, by=by, details={"checksum": checksum})
    return version
