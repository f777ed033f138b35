"""A document as plain JSON values, and back: what is frozen gives the same files later.

Each object of the model says its class under "of", so that a paragraph is never read
again as a lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import mark_safe

from jalons.documents import model
from jalons.documents.model import Document, Figure, Graphic
from jalons.drawing.legends import Entry

STORED: dict[str, type] = {
    one.__name__: one
    for one in (
        *(model.Strong, model.Emphasis, model.Link, model.Graphic, model.Number),
        *(model.Paragraph, model.Lead, model.Fact, model.Facts, model.Records),
        *(model.Table, model.Figure, model.Quote, model.Callout, model.Items),
        *(model.Section, model.Mention, model.Logo, model.Cover, model.Document, Entry),
    )
}
DRAWN: dict[type, str] = {Figure: "svg", Graphic: "svg", Entry: "swatch"}
"""What was made and escaped by `drawing` is markup again when it is read."""


class NotADocument(ValueError):
    """What was stored is of another shape: nothing is guessed."""


def to_store(held: Document | Sequence[Figure]) -> Any:
    return _plain(held)


def document_from(stored: object) -> Document:
    """The document as it was. Raises NotADocument."""
    found = _readable(stored)
    if not isinstance(found, Document):
        raise NotADocument(type(found).__name__)
    return found


def figures_from(stored: object) -> list[Figure]:
    """Drawings kept beside a document. Raises NotADocument."""
    found = _readable(stored)
    if not isinstance(found, list) or not all(isinstance(o, Figure) for o in found):
        raise NotADocument(type(found).__name__)
    return found


def _readable(stored: object) -> object:
    try:
        return _read(stored)
    except (KeyError, TypeError) as error:
        raise NotADocument(str(error)) from error


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        held = {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
        return {"of": type(value).__name__, **held}
    if isinstance(value, (str, Promise)):
        return str(value)
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    raise TypeError(f"a document holds no {type(value).__name__}")


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return [_read(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = STORED[value["of"]]
    given = {name: _read(one) for name, one in value.items() if name != "of"}
    if made in DRAWN:
        given[DRAWN[made]] = mark_safe(given[DRAWN[made]])
    return made(**given)
