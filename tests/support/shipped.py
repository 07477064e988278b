"""The shipped configuration, in a folder of the test's."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from support.service import Service

SHIPPED = Path(__file__).parents[2] / "config"


@dataclass(frozen=True)
class Samples:
    """The samples as they are served; `stories` as `syndicator stories --json` tells them."""

    port: int
    config: Path
    service: Service
    stories: list[dict[str, Any]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def public(self) -> Path:
        return self.config.parent / "var" / "public"

    def place(self, path: str) -> str:
        """The path with the number of the one archive document that there is, where it has `*` for that."""
        found = {it.stem for it in self.public.glob("feeds/back/*")}
        return path.replace("*", *found) if "*" in path else path


def copy_of_shipped(root: Path, port: int) -> Path:
    """What is shipped, served on another port."""
    config = root / "config"
    shutil.copytree(SHIPPED, config)
    settings = config / "syndicator.toml"
    assert settings.read_text().count(":8008") == 1
    settings.write_text(settings.read_text().replace(":8008", f":{port}"))
    return config
