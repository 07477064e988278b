"""The image is made of what is there, and its service can be reached. None is built here: that wants a registry."""

import os
import re
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from syndicator.cli.setting import load

CHECKOUT = Path(__file__).parents[2]
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")


def test_what_is_copied_is_there_and_not_kept_out():
    copied = [name for names in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.MULTILINE) for name in names.split()]
    assert {"pyproject.toml", "requirements/run.txt", "src"} <= set(copied)
    let_in = [line[1:] for line in (CHECKOUT / ".dockerignore").read_text("utf-8").splitlines() if line[0] == "!"]
    for name in copied:
        assert (CHECKOUT / name).exists(), name
        assert any(fnmatch(name, f"{pattern}*") for pattern in let_in), name


def test_its_configuration_is_taken_and_reached_from_outside(tmp_path):
    (making,) = re.findall(r"^RUN (syndicator init .+?&& syndicator check)", DOCKERFILE, re.MULTILINE)
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    subprocess.run(["sh", "-ec", making], cwd=tmp_path, env=env, check=True, capture_output=True)
    served = load(tmp_path / "config").serve
    port = re.search(r"^EXPOSE (\d+)$", DOCKERFILE, re.MULTILINE)[1]
    assert (served.host, str(served.port)) == ("", port)
    assert f"127.0.0.1:{port}/healthz" in DOCKERFILE
