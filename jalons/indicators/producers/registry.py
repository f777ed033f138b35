"""Every format that is known, by the name that `jalons load` takes."""

from __future__ import annotations

from collections.abc import Callable, Collection

from jalons.indicators.producers import (
    arcep,
    bpe,
    census,
    cnaf,
    density,
    filosofi,
    france_services,
    iris,
    programmes,
    qpv,
)
from jalons.indicators.producers.layouts import Layout

Recognise = Callable[[Collection[str]], Layout | None]

PRODUCERS: dict[str, Recognise] = {
    "filosofi": filosofi.layout,
    "census": census.layout,
    "density_grid": density.layout,
    "arcep_fixed": arcep.layout,
    "bpe": bpe.layout,
    "cnaf": cnaf.layout,
    "france_services": france_services.layout,
    "anct_programmes": programmes.layout,
    "qpv": qpv.layout,
    "iris": iris.layout,
}
