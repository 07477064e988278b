"""A hub's call is known by itself; nobody else's is."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicator.text.callbacks import METHODS, TOKEN, Signature, is_for, secret_of, token_of

KEY, OTHER = b"k" * 32, b"o" * 32
HUB, TOPIC = "https://hub.example/", "https://news.example/feed?a=1&b=ё"
HERS = token_of(KEY, "nsn", HUB, TOPIC)


def test_a_token_is_the_same_as_long_as_source_hub_and_topic_are() -> None:
    assert token_of(KEY, "nsn", HUB, TOPIC) == HERS
    others = {
        token_of(OTHER, "nsn", HUB, TOPIC),
        token_of(KEY, "tass", HUB, TOPIC),
        token_of(KEY, "nsn", HUB + "x", TOPIC),
        token_of(KEY, "nsn", HUB, TOPIC + "x"),
        token_of(KEY, "nsn" + HUB, "", TOPIC),
    }
    assert len(others) == 5
    assert HERS not in others


def test_a_token_is_for_its_topic_alone() -> None:
    assert is_for(KEY, HERS, TOPIC)
    assert not is_for(KEY, HERS, TOPIC + "/")
    assert not is_for(OTHER, HERS, TOPIC)


def test_a_token_is_not_made_of_parts_of_others() -> None:
    another = token_of(KEY, "tass", HUB, TOPIC)
    assert is_for(KEY, another, TOPIC)
    assert not is_for(KEY, another[:16] + HERS[16:], TOPIC)


def test_tokens_and_secrets_that_hubs_know_are_those_of_every_version() -> None:
    assert HERS == "g_4tOUPOQWPUKaUvn-pLzXmaM_gsJX8X"
    assert secret_of(KEY, HERS) == "db0601674883f7dc131ed408b84e111b4132434ee421e05790323fd5d5af5e08"


@given(st.text(max_size=40) | st.from_regex(TOKEN, fullmatch=True), st.text(max_size=20))
def test_no_made_up_token_is_for_anything(token: str, topic: str) -> None:
    assert not is_for(KEY, token, topic)


def signed(method: str, body: bytes, secret: str) -> str:
    return f"{method}={hmac.new(secret.encode(), body, getattr(hashlib, method)).hexdigest()}"


def judged(field: str, *pieces: bytes, token: str = HERS) -> bool:
    it = Signature(KEY, token, field)
    for piece in pieces:
        it.update(piece)
    return it.holds


@pytest.mark.parametrize("method", METHODS)
def test_a_body_signed_by_the_hub_is_the_hubs_in_however_many_pieces_it_comes(method: str) -> None:
    field = signed(method, b"<feed/>", secret_of(KEY, HERS))
    assert judged(field, b"<fe", b"ed/>")
    assert judged(field.upper().replace(method.upper(), method.capitalize()), b"<feed/>")
    assert not judged(field, b"<feed />")
    assert not judged(field, b"<feed/>", token=token_of(KEY, "tass", HUB, TOPIC))


def test_what_is_not_signed_or_by_somebody_else_is_not_the_hubs() -> None:
    assert not judged("", b"")
    assert not judged("sha256=", b"")
    assert not judged("sha256", b"")
    assert not judged("md5=" + hmac.new(secret_of(KEY, HERS).encode(), b"", "md5").hexdigest(), b"")
    assert not judged("md5=" + signed("sha256", b"", secret_of(KEY, HERS)).partition("=")[2], b"")
    assert not judged(signed("sha256", b"", "another"), b"")
    assert not judged("sha256=ёё", b"")


def test_a_secret_is_short_enough_for_every_hub_and_each_token_has_its_own() -> None:
    assert len(secret_of(KEY, HERS)) < 200
    assert secret_of(KEY, HERS) != secret_of(KEY, token_of(KEY, "tass", HUB, TOPIC))
