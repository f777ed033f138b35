from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from jalons.accounts.models import User
from jalons.audit import operations as audit
from jalons.indicators.models import Observation
from jalons.indicators.problems import InvalidFile, Problem
from jalons.indices.areas import FRANCE, Area
from jalons.indices.code_version import CODE_VERSION
from jalons.indices.definitions import (
    Definition,
    checksum_of,
    content_of,
    read_definition,
)
from jalons.indices.figures import results_of
from jalons.indices.models import IndexDefinition, IndexResult
from jalons.indices.results import Results


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: `new`, `changed` or `unchanged`."""

    file: str
    code: str
    number: int
    status: str


def shipped_files() -> list[Path]:
    """The indices that come with Jalons."""
    return sorted((settings.REFERENCE_DIR / "indices").glob("*.toml"))


@transaction.atomic
def load_definitions(
    paths: list[Path], *, by: User | None = None, dry_run: bool = False
) -> list[Outcome]:
    """Load index files, all or none: raises InvalidFile with what must be mended.

    The same content changes nothing; another one is the next version of its index.
    """
    problems: list[Problem] = []
    definitions: list[tuple[Path, Definition]] = []
    for path in paths:
        try:
            definitions.append((path, read_definition(path)))
        except InvalidFile as error:
            problems += error.problems
    if problems:
        raise InvalidFile(problems)
    outcomes = [_load(path.name, each, by=by) for path, each in definitions]
    transaction.set_rollback(dry_run)
    return outcomes


def _load(file: str, definition: Definition, *, by: User | None) -> Outcome:
    checksum = checksum_of(definition)
    versions = IndexDefinition.objects.filter(code=definition.id)
    known = versions.filter(checksum=checksum).first()
    if known is not None:
        return Outcome(file, definition.id, known.number, "unchanged")
    last = versions.aggregate(last=Max("number"))["last"] or 0
    version = IndexDefinition.objects.create(
        code=definition.id,
        number=last + 1,
        checksum=checksum,
        content=content_of(definition),
    )
    audit.record("definition.loaded", version, by=by, details={"checksum": checksum})
    return Outcome(file, definition.id, version.number, "changed" if last else "new")


@transaction.atomic
def freeze_result(
    definition: IndexDefinition, area: Area, *, by: User | None = None
) -> IndexResult | None:
    """Keep the scores of an area as they are today; None when nobody has a score.

    The same scores, from the same definition, figures and formulas, are kept once.
    """
    results = results_of(definition.read().index(), area)
    scores = _scores(results)
    if not scores:
        return None
    content = {
        "level": area.level,
        "reference": "" if area.reference == FRANCE else area.reference,
        "vintages": vintages_of(results),
        "code_version": CODE_VERSION,
        "scores": scores,
    }
    text = json.dumps([definition.checksum, content], sort_keys=True)
    result, is_new = IndexResult.objects.get_or_create(
        checksum=hashlib.sha256(text.encode()).hexdigest(),
        defaults={
            "definition": definition,
            "reference_name": results.reference.name,
            "frozen_by": by,
            **content,
        },
    )
    if is_new:
        audit.record("result.frozen", result, by=by)
    return result


def _scores(results: Results) -> dict[str, dict[str, object]]:
    """Score and ranks of each territory that has them."""
    found: dict[str, dict[str, object]] = {}
    for code in results.compared.codes:
        value, rank = results.score_of(code), results.rank_of(code)
        if value is not None and rank is not None:
            found[code] = {
                "name": results.names[code],
                "score": round(value, 6),
                "ranks": [rank.low, rank.middle, rank.high],
                "fragile_share": rank.fragile_share,
                "label": results.label_of(code),
            }
    return found


def vintages_of(results: Results) -> dict[str, str]:
    """The latest vintage of each indicator that is known in the reference."""
    rows = (
        Observation.objects.filter(
            indicator__in=results.scores.indicators,
            territory__in=results.area.compared().order_by(),
        )
        .values("indicator")
        .annotate(latest=Max("release__vintage"))
    )
    return {row["indicator"]: row["latest"] for row in rows}
