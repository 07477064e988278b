import subprocess
import sys
from pathlib import Path

import pytest

from syndicator.model.failure import FailureKind
from syndicator.parse.decoding.xml import tree
from syndicator.parse.failures import Unreadable


def test_a_well_formed_document_needs_no_warning() -> None:
    document = tree(
        '\n<?xml version="1.1" encoding="koi8-r" standalone="yes"?><!DOCTYPE a SYSTEM "x"><a><!-- c -->ё<?p?></a>'
    )
    assert document.root.text == "ё"
    assert document.warnings == ()


def test_a_document_type_reads_no_file_and_expands_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hunter2")
    bomb = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    doctype = f'<!DOCTYPE a [<!ENTITY e0 "lol">{bomb}<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    document = tree(f"<?xml version='1.0'?>{doctype}<a b='&e9;'>&e9;&s;</a>")
    assert document.root.text == "&e9;&s;"
    assert document.root.get("b") == "&e9;"
    assert document.warnings[0] == "Entities that the document declares were not expanded."


def test_numbers_of_windows_1252_mean_its_characters() -> None:
    assert tree("<a>&#147;x&#x94; &#150; &#65;</a>").root.text == "“x” – A"


def test_elements_too_deep_are_left_out_and_the_rest_is_read() -> None:
    document = tree("<a>" + "<b>" * 300 + "deep" + "</b>" * 300 + "<c>after</c></a>")
    assert document.root.findtext("c") == "after"
    assert any("256" in warning for warning in document.warnings)


@pytest.mark.parametrize("text", ["", "no markup", "<", "<!-- a -->", "<rss", "</rss>", "<?xml version='1.0'?>"])
def test_nothing_to_read_is_malformed(text: str) -> None:
    with pytest.raises(Unreadable) as failure:
        tree(text)
    assert failure.value.kind is FailureKind.MALFORMED


@pytest.mark.parametrize("end", ["</r>", "</q>"], ids=["well-formed", "to be repaired"])
def test_a_document_that_there_is_no_memory_for_is_not_taken_for_one_that_ends_too_early(end: str) -> None:
    """Its publisher would be blamed for our limit."""
    code = f"""
import resource
from syndicator.parse.decoding.xml import tree

text = "<r>" + "<a>x</a>" * 1_000_000 + "{end}"
resource.setrlimit(resource.RLIMIT_DATA, (160 << 20, 160 << 20))
try:
    tree(text)
except MemoryError:
    print("no memory")
"""
    assert subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE).stdout == b"no memory\n"
