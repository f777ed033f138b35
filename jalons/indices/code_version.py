"""Which formulas computed a result: the version of Jalons and their fingerprint."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from jalons.analysis import (
    composite,
    contributions,
    index,
    normalisation,
    observations,
    ranking,
    uncertainty,
)

FORMULAS = (
    composite,
    contributions,
    index,
    normalisation,
    observations,
    ranking,
    uncertainty,
)


def _fingerprint() -> str:
    found = hashlib.sha256()
    for module in FORMULAS:
        found.update(Path(str(module.__file__)).read_bytes())
    return found.hexdigest()[:10]


CODE_VERSION = f"{metadata.version('jalons')}+{_fingerprint()}"
