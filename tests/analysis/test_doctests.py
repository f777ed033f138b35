from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

import jalons.analysis

MODULES = [
    f"jalons.analysis.{m.name}" for m in pkgutil.iter_modules(jalons.analysis.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name):
    found = doctest.testmod(importlib.import_module(name))

    assert found.failed == 0
    assert found.attempted > 0


def test_the_core_imports_neither_django_nor_scipy():
    code = "import sys; " + "; ".join(f"import {name}" for name in MODULES)
    check = "assert not {'django', 'scipy'} & sys.modules.keys()"

    done = subprocess.run(
        [sys.executable, "-c", f"{code}; {check}"], capture_output=True
    )

    assert done.returncode == 0, done.stderr.decode()
