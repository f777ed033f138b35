from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.questionnaires.definitions import (
    Definition,
    Section,
    Text,
    checksum_of,
    content_of,
    read_file,
)
from jalons.questionnaires.models import Draft, DraftStep, Questionnaire, Version
from jalons.questionnaires.troubles import Trouble, troubles_of
from jalons.questionnaires.xlsform_reading import read_form
from jalons.spaces.models import Space


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
    version = _write_version(questionnaire, definition)
    audit.record("version.loaded", version, by=by, details={"checksum": checksum})
    return version


MOST_STEPS = 20
"""Changes of a draft that can be undone, one after the other."""


class Conflict(Exception):
    """The draft changed since one began to write: nothing was saved."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(str(draft))
        self.draft = draft


class Unsound(Exception):
    """A draft that may not be published yet, with all that is left to mend."""

    def __init__(self, troubles: tuple[Trouble, ...]) -> None:
        super().__init__("\n".join(one.message for one in troubles))
        self.troubles = troubles


class NotOurs(Exception):
    """A questionnaire that comes with Jalons: a centre copies it instead."""


class NothingNew(Exception):
    """A draft that says exactly what a version already says."""


@transaction.atomic
def copy_version(version: Version, space: Space, *, title: str, by: User) -> Draft:
    """A draft of the centre's own, with the questions of a version.

    Each question keeps its meaning, so that answers to the copy may be set beside
    those to the original.
    """
    source = version.read()
    definition = source.model_copy(
        update={
            "code": _free_code(title),
            "title": Text(fr=title, en=title),
            "author": space.name,
            "reviewer": "",
            "reviewed_on": None,
            "review_before": None,
            "sections": tuple(_with_meanings(source)),
        }
    )
    draft = Draft.objects.create(
        space=space,
        based_on=version,
        code=definition.code,
        definition=content_of(definition),
        updated_by=by,
    )
    audit.record("draft.started", draft, by=by, details={"from": str(version)})
    return draft


@transaction.atomic
def import_form(space: Space, content: bytes, *, title: str, by: User) -> Draft:
    """A draft of the centre's own, read from an XLSForm; `title` if it has none.

    What has no equivalent is kept beside it, in words. Raises NotAForm.
    """
    found = read_form(content, code=title, author=space.name)
    code = _free_code(found.definition.title.fr)
    definition = found.definition.model_copy(update={"code": code})
    draft = Draft.objects.create(
        space=space,
        code=code,
        definition=content_of(definition),
        left_out=[one.in_words for one in found.left],
        updated_by=by,
    )
    audit.record("draft.started", draft, by=by, details={"from": "XLSForm"})
    return draft


@transaction.atomic
def prepare_version(questionnaire: Questionnaire, *, by: User) -> Draft:
    """The draft of the next version: the one under way, or a new one."""
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if questionnaire.space is None:
        raise NotOurs(questionnaire)
    under_way = questionnaire.drafts.first()
    if under_way is not None:
        return under_way
    version = Version.objects.latest_of(questionnaire.code)
    draft = Draft.objects.create(
        space=questionnaire.space,
        questionnaire=questionnaire,
        based_on=version,
        code=questionnaire.code,
        definition=version.definition,
        updated_by=by,
    )
    audit.record("draft.started", draft, by=by, details={"from": str(version)})
    return draft


@transaction.atomic
def change_draft(
    draft: Draft, definition: Definition, *, revision: int, by: User, said: str
) -> None:
    """Keep what was written, unless someone wrote in the meantime (`Conflict`).

    `said` names the change, for the button that undoes it.
    """
    current = _at(draft, revision)
    content = content_of(definition)
    if content == current.definition:
        return
    current.steps.filter(number__gt=current.done).delete()
    current.done += 1
    longest = DraftStep._meta.get_field("said").max_length
    current.steps.create(
        number=current.done, said=said[:longest], state=current.definition
    )
    current.steps.filter(number__lte=current.done - MOST_STEPS).delete()
    current.definition = content
    _save(current, by)


@transaction.atomic
def undo_change(draft: Draft, *, revision: int, by: User) -> None:
    """Bring back the state before the last change in force."""
    current = _at(draft, revision)
    step = current.steps.filter(number=current.done).first()
    if step is not None:
        current.done -= 1
        _cross(current, step, by)


@transaction.atomic
def redo_change(draft: Draft, *, revision: int, by: User) -> None:
    """Make again the last change undone."""
    current = _at(draft, revision)
    step = current.steps.filter(number=current.done + 1).first()
    if step is not None:
        current.done += 1
        _cross(current, step, by)


def _cross(draft: Draft, step: DraftStep, by: User) -> None:
    """Go to the other side of a change, which then keeps this one."""
    draft.definition, step.state = step.state, draft.definition
    step.save(update_fields=["state"])
    _save(draft, by)


@transaction.atomic
def discard_draft(draft: Draft, *, by: User) -> None:
    """Throw a draft away; published versions stay as they are."""
    audit.record("draft.discarded", draft, by=by)
    draft.delete()


@transaction.atomic
def publish_draft(draft: Draft, *, revision: int, note: str, by: User) -> Version:
    """The next version, which never changes; surveys under way keep their own."""
    current = _at(draft, revision)
    definition = current.read()
    if troubles := troubles_of(definition):
        raise Unsound(troubles)
    questionnaire, _is_new = Questionnaire.objects.get_or_create(
        code=definition.code, defaults={"space": current.space}
    )
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    if questionnaire.space_id != current.space_id:
        raise NotOurs(questionnaire)
    checksum = checksum_of(definition)
    if questionnaire.versions.filter(checksum=checksum).exists():
        raise NothingNew(definition.code)
    version = _write_version(questionnaire, definition, note, drafted_as=current.pk)
    details = {"checksum": checksum, "note": note}
    audit.record(
        "version.published", version, by=by, details=details, space_id=current.space_id
    )
    current.delete()
    return version


def _at(draft: Draft, revision: int) -> Draft:
    """The draft, locked, if it is still the one that was read."""
    current = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if current is None or current.revision != revision:
        raise Conflict(current or draft)
    return current


def _save(draft: Draft, by: User) -> None:
    draft.revision += 1
    draft.updated_by = by
    draft.save()


def _free_code(title: str) -> str:
    """An address that neither a questionnaire nor a draft has."""
    stem = slugify(title)[:50].strip("-_").replace("_", "-")
    stem = stem if stem[:1].isalpha() else f"questionnaire-{stem}".strip("-")
    taken = {
        *Questionnaire.objects.values_list("code", flat=True),
        *Draft.objects.values_list("code", flat=True),
    }
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code


def _with_meanings(definition: Definition) -> Iterator[Section]:
    """The parts, every question saying what it means wherever it goes."""
    for section in definition.sections:
        questions = tuple(
            q.model_copy(update={"meaning": definition.meaning_of(q)})
            for q in section.questions
        )
        yield section.model_copy(update={"questions": questions})


def _write_version(
    questionnaire: Questionnaire,
    definition: Definition,
    note: str = "",
    *,
    drafted_as: int | None = None,
) -> Version:
    """The next version of a questionnaire already locked."""
    last = questionnaire.versions.aggregate(last=Max("number"))["last"] or 0
    return questionnaire.versions.create(
        number=last + 1,
        checksum=checksum_of(definition),
        definition=content_of(definition),
        note=note,
        drafted_as=drafted_as,
    )
