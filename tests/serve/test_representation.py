import gzip
from concurrent.futures import ThreadPoolExecutor

from syndicator.serve.conditions import Coding
from syndicator.serve.media import KINDS
from syndicator.serve.representation import Representation

BODY = "<rss>«Ёж»</rss>".encode() * 100


def made(body: bytes = BODY) -> Representation:
    return Representation(body, KINDS[".rss"], modified=784111777, unmodified_since=784111777)


def test_the_same_bytes_have_the_same_tags_and_the_same_compressed_bytes() -> None:
    assert made().etags == made().etags
    assert made().compressed() == made().compressed()
    assert made(b"x").etags != made(b"y").etags


def test_each_coding_has_a_strong_tag_of_its_own() -> None:
    plain, packed = made().etags[Coding.IDENTITY], made().etags[Coding.GZIP]
    assert plain != packed
    assert all(tag.startswith(b'"') and tag.endswith(b'"') for tag in (plain, packed))


def test_what_was_compressed_unpacks_to_the_file_also_when_it_is_large() -> None:
    for body in (b"", BODY, b"feed " * 1_000_000):
        representation = made(body)
        assert representation.whole(Coding.GZIP) is None
        answer = representation.compressed()
        assert gzip.decompress(answer.body) == body
        assert dict(answer.fields)[b"content-encoding"] == b"gzip"
        assert dict(answer.fields)[b"content-length"] == b"%d" % len(answer.body)
        assert representation.whole(Coding.GZIP) is answer


def test_many_who_ask_at_once_cost_one_compressing() -> None:
    representation = made()
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: representation.compressed(), range(50)))
    assert all(answer is found[0] for answer in found)
