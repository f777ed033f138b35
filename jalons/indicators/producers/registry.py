"""Every format that is known, by the name that `jalons load` takes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

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

# What each file must hold, as its producer names it: told when another is given.
EXPECTED: dict[str, tuple[str, ...]] = {
    "filosofi": (
        "CODGEO, MED21, TP6021",
        "IRIS, DISP_MED21, DISP_TP6021",
    ),
    "census": (
        "CODGEO, P22_POP, P22_POP65P",
        "CODGEO, P22_NSCOL15P, P22_NSCOL15P_DIPLMIN, P22_NSCOL15P_BEPC, "
        "P22_NSCOL15P_CAPBEP",
        "CODGEO, C22_MEN, C22_MENPSEUL, C22_MENFAMMONO",
        "CODGEO, P22_ACT1564, P22_CHOM1564",
        "CODGEO, P22_RP, P22_RP_VOIT1P",
    ),
    "density_grid": ("CODGEO, DENS",),
    "arcep_fixed": ("code_insee, nbr, elig_thd30, elig_thd100, elig_thd1g",),
    "bpe": ("DEPCOM, TYPEQU",),
    "cnaf": ("numcomdo, dtreffre, indfoy_rsa",),
    "france_services": ("id_fs, insee_com",),
    "anct_programmes": ("insee_com, programme", "CODGEO, Classement FRR et FRR+ au …"),
    "qpv": ("code_qp, insee_com",),
    "iris": ("CODE_IRIS, LIB_IRIS, DEPCOM",),
}


def recognising(lines: Iterable[Collection[str]]) -> list[str]:
    """The sources whose files have one of these lines as header."""
    headers = [line for line in lines if len(line) > 1]
    return [
        source
        for source, recognise in PRODUCERS.items()
        if any(recognise(header) for header in headers)
    ]
