from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.library.definitions import Content
from jalons.library.indexing import index_sheet
from jalons.library.models import Edition, Following, Sheet, SheetText
from jalons.spaces.models import Space
from jalons.territories.models import Territory

State = Sheet.State
CODE_LENGTH = 60


class NothingToPublish(Exception):
    """The sheet has no version later than the one that everybody reads."""


@dataclass(frozen=True, slots=True)
class New:
    """A sheet to be written: of which kind, for which team."""

    kind: Sheet.Kind
    space: Space | None
    code: str = ""
    is_simulated: bool = False


@transaction.atomic
def create_sheet(new: New, content: Content, *, by: User | None) -> Sheet:
    """A draft that its team alone reads."""
    sheet = Sheet(
        kind=new.kind,
        space=new.space,
        code=new.code or _free_code(content.title),
        is_simulated=new.is_simulated,
    )
    _shown(sheet, content)
    sheet.save()
    _keep(sheet, content, by)
    return sheet


@transaction.atomic
def write_sheet(
    sheet: Sheet, content: Content, *, by: User | None, kind: Sheet.Kind | None = None
) -> Edition:
    """A new version; everybody goes on reading the one that is published."""
    locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
    edition = _keep(locked, content, by)
    if kind and kind != locked.kind:
        sheet.kind = kind
        sheet.save(update_fields=["kind"])
    if locked.edition_number == 0:
        _shown(sheet, content)
        sheet.save()
    return edition


@transaction.atomic
def publish_sheet(sheet: Sheet, *, by: User | None) -> None:
    """Everybody reads and finds its last version. Raises NothingToPublish."""
    last = latest(sheet)
    if sheet.state == State.PUBLISHED and last.number == sheet.edition_number:
        raise NothingToPublish(sheet)
    _shown(sheet, last.read)
    sheet.state, sheet.edition_number = State.PUBLISHED, last.number
    sheet.published_at = timezone.now()
    sheet.save()
    index_sheet(sheet)
    _record("sheet.published", sheet, by)


@transaction.atomic
def withdraw_sheet(sheet: Sheet, *, by: User | None) -> None:
    """Nobody but its team finds it; its versions stay."""
    sheet.state = State.WITHDRAWN
    sheet.save(update_fields=["state"])
    SheetText.objects.filter(sheet=sheet).delete()
    _record("sheet.withdrawn", sheet, by)


@transaction.atomic
def restore_edition(sheet: Sheet, edition: Edition, *, by: User) -> Edition:
    """An older version becomes the latest draft; nothing is lost."""
    restored = write_sheet(sheet, edition.read, by=by)
    _record("sheet.restored", sheet, by)
    return restored


@transaction.atomic
def follow(
    user: User, *, tag: str = "", territory: Territory | None = None
) -> Following:
    """Be told what is new about a theme, or about a territory."""
    found, _is_new = Following.objects.get_or_create(
        user=user, tag=tag, territory=territory
    )
    return found


def latest(sheet: Sheet) -> Edition:
    found: Edition = sheet.editions.order_by("-number")[:1].get()
    return found


def _shown(sheet: Sheet, content: Content) -> None:
    """What the sheet shows is what this version says."""
    sheet.title, sheet.title_en = content.title, content.title_en
    sheet.summary, sheet.summary_en = content.summary, content.summary_en
    sheet.tags, sheet.content = list(content.tags), content.stored()
    sheet.__dict__.pop("read", None)
    sheet.territory = (
        Territory.objects.filter(pk=content.territory).first()
        if content.territory
        else None
    )


def _keep(sheet: Sheet, content: Content, by: User | None) -> Edition:
    last = sheet.editions.aggregate(last=Max("number"))["last"] or 0
    edition: Edition = sheet.editions.create(
        number=last + 1, content=content.stored(), written_by=by
    )
    _record("sheet.written", sheet, by)
    return edition


def _record(verb: str, sheet: Sheet, by: User | None) -> None:
    """What comes with the project is in no team's journal."""
    if sheet.space_id:
        audit.record(verb, sheet, by=by)


def _free_code(title: str) -> str:
    start = slugify(title)[:CODE_LENGTH].strip("-") or "fiche"
    taken = set(
        Sheet.objects.filter(code__startswith=start).values_list("code", flat=True)
    )
    tries = (start if n == 1 else f"{start}-{n}" for n in range(1, len(taken) + 2))
    return next(one for one in tries if one not in taken)
