"""What a reader needs is loaded before it is forked, not by each of them."""

import subprocess
import sys

LOOK = """
import syndicator.pipeline.warm
from syndicator.social.table import table
from syndicator.text.urls import _public_suffixes
print(table.cache_info().currsize, _public_suffixes.cache_info().currsize, "trafilatura" in __import__("sys").modules)
"""


def test_tables_are_loaded_and_what_few_bodies_need_is_not() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "1", "False"]
