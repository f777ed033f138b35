"""How much a site carries: telephones (`room`), answers and pages (`site`)."""

from __future__ import annotations
