"""The packages that these tests need are those that CI installs."""

import re
from pathlib import Path

import pytest

from support.programs import DEBIAN, program

pytestmark = pytest.mark.system

CI = Path(__file__).parents[2] / ".ci" / "run"


def test_ci_installs_every_program() -> None:
    (packages,) = re.findall(r"^PACKAGES=\((.*)\)$", CI.read_text(), re.MULTILINE)
    assert sorted(packages.split()) == sorted(DEBIAN.values())


def test_a_missing_program_is_a_failure_with_its_remedy(monkeypatch) -> None:
    monkeypatch.setitem(DEBIAN, "never-heard-of", "some-package")
    with pytest.raises(pytest.fail.Exception, match=r"apt-get install .* some-package"):
        program("never-heard-of")
