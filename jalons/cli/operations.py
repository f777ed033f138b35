"""Back up the site into one signed file, and put it back."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.cli import archives, engines, stores
from jalons.cli.archives import DATABASE, FILES, Manifest

# What a database holds before anybody wrote in it.
OF_DJANGO = ("django_", "auth_permission", "cache", "sqlite_")


class Refused(Exception):
    """This backup cannot be put back here as things are; why."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back (or would be), and what is left to do."""

    manifest: Manifest
    is_done: bool
    held_rows: int
    held_files: int
    pending: tuple[str, ...]
    is_same_secret: bool


def make_backup(path: Path, *, key: str) -> Manifest:
    """The database and the files given, in one signed file, while the site runs.

    The database comes first: a file added meanwhile is one too many, never one missing.
    """
    archives.check_key(key)
    with (
        tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".backup-") as at,
        archives.writing(path) as archive,
    ):
        copy = Path(at) / DATABASE
        tables = engines.copy_to(copy)
        with copy.open("rb") as source:
            parts = {DATABASE: archives.add(archive, DATABASE, source)}
        for name in stores.names():
            with stores.opened(name) as source:
                parts[FILES + name] = archives.add(archive, FILES + name, source)
        manifest = replace(_blank(), tables=tables, parts=parts)
        archives.sign(archive, manifest, key)
    return manifest


def restore_backup(
    path: Path, *, key: str, over_a_site: bool = False, dry_run: bool = False
) -> Restored:
    """Make the site what it was when this file was made; compare every table.

    Everything is read and checked before anything is touched; the database is replaced
    whole or not at all, then the files.
    """
    archives.check_key(key)
    with (
        archives.opened(path) as archive,
        tempfile.TemporaryDirectory(
            dir=stores.working_folder(), prefix=".restore-"
        ) as at,
    ):
        manifest = archives.read_manifest(archive, key)
        plan = _plan(manifest)
        archives.extract(archive, manifest, Path(at))
        if dry_run:
            return plan
        _refuse_over(plan, over_a_site)
        engines.replace_from(Path(at) / DATABASE)
        _compare(manifest)
        stores.replace_by(Path(at) / FILES)
    return replace(plan, is_done=True)


def _plan(manifest: Manifest) -> Restored:
    if manifest.engine != connection.vendor:
        raise Refused(
            _("This backup is of %(theirs)s, and this site runs on %(ours)s.")
            % {"theirs": manifest.engine, "ours": connection.vendor}
        )
    known = _known_migrations()
    if later := sorted(set(manifest.migrations) - known):
        raise Refused(
            _("This backup was made by a later version of Jalons (%(migration)s).")
            % {"migration": later[0]}
        )
    return Restored(
        manifest=manifest,
        is_done=False,
        held_rows=_held_rows(),
        held_files=sum(1 for _name in stores.names()),
        pending=tuple(sorted(known - set(manifest.migrations))),
        is_same_secret=manifest.secret_key == _secret_print(),
    )


def _refuse_over(plan: Restored, over_a_site: bool) -> None:
    if (plan.held_rows or plan.held_files) and not over_a_site:
        raise Refused(
            _(
                "This site is not empty (%(rows)d rows, %(files)d files). With "
                "--replace, all that it holds goes away."
            )
            % {"rows": plan.held_rows, "files": plan.held_files}
        )


def _held_rows() -> int:
    """The rows somebody would lose; migrations, rights and copies are made again."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        count = 0
        for name in names:
            if not name.startswith(OF_DJANGO):
                cursor.execute(f'SELECT count(*) FROM "{name}"')
                count += cursor.fetchone()[0]
    return count


def _compare(manifest: Manifest) -> None:
    now = engines.tables()
    if wrong := [
        name
        for name in sorted({*now, *manifest.tables})
        if now.get(name) != manifest.tables.get(name)
    ]:
        raise Refused(
            _("Put back, these tables are not what was saved: %(tables)s.")
            % {"tables": ", ".join(wrong)}
        )


def _blank() -> Manifest:
    return Manifest(
        made_at=timezone.now().isoformat(timespec="seconds"),
        version=version("jalons"),
        engine=connection.vendor,
        engine_version=engines.version(),
        secret_key=_secret_print(),
        migrations=_applied_migrations(),
        tables={},
        parts={},
    )


def _secret_print() -> str:
    """Says whether two keys are one, and nothing of either."""
    return sha256(b"backup" + settings.SECRET_KEY.encode()).hexdigest()[:16]


def _applied_migrations() -> tuple[str, ...]:
    applied = MigrationLoader(connection).applied_migrations
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.disk_migrations}
