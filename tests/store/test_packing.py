"""What is packed comes back, and an article's JSON can be told from the entry behind it."""

from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from support.builders import make_article
from syndicator.dedup import substance
from syndicator.model.noun import replace
from syndicator.store import bodies, rows
from syndicator.store.packing import pack, unpack


@given(st.binary(max_size=5000))
def test_what_is_packed_comes_back(data: bytes) -> None:
    assert unpack(pack(data)) == data


@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), max_size=50))
def test_an_article_and_its_raw_entry_come_back_whatever_they_hold(raw: bytes, text: str) -> None:
    article = replace(make_article(text=text), raw=raw, found_hash=b"")
    row = rows.article_row(article, substance=substance(article))
    assert bodies.words(row["body"]) == (article.title, article.text)
    assert rows.to_article(row) == article  # type: ignore[arg-type]  # a row is a mapping of its columns


def test_threads_pack_and_unpack_at_the_same_time() -> None:
    texts = [bytes((it * 7 + place * place) % 251 for place in range(200_000)) for it in range(8)]

    def there_and_back(number: int) -> bool:
        return unpack(pack(texts[number % 8])) == texts[number % 8]

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(there_and_back, range(200)))
