from pathlib import Path

import pytest

from support.feeds import cases, expected, read, shown, stored


@pytest.mark.parametrize("path", cases("rdf"))
def test_rdf_is_read_as_written_down(path: Path) -> None:
    assert shown(stored(path)) == expected(path)


def test_an_undeclared_rdf_prefix_loses_no_item() -> None:
    parsed = read(
        "<rdf:RDF><channel><title>t</title></channel><item rdf:about='https://a.example/1'><title>a</title></item></rdf:RDF>"
    )
    assert [entry.guid for entry in parsed.entries] == ["https://a.example/1"]
