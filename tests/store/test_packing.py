"""What is packed comes back, and an article's JSON can be told from the entry behind it."""

from hypothesis import given
from hypothesis import strategies as st

from support.builders import make_article
from syndicator.dedup import substance
from syndicator.model.noun import replace
from syndicator.store import rows
from syndicator.store.packing import pack, unpack


@given(st.binary(max_size=5000))
def test_what_is_packed_comes_back(data: bytes) -> None:
    assert unpack(pack(data)) == data


@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_an_article_and_its_raw_entry_come_back_whatever_they_hold(raw: bytes, text: str) -> None:
    article = replace(make_article(text=text), raw=raw, found_hash=b"")
    row = rows.article_row(article, substance=substance(article))
    assert rows.words(row["body"]) == (article.title, article.text)
    assert rows.to_article(row) == article  # type: ignore[arg-type]  # a row is a mapping of its columns
