"""What every exchange has in common: whom it trusts."""

from pathlib import Path

import pytest

from support.door import Door
from support.origin import Origin
from syndicator.fetch import handle, lookup

CERTIFICATE = Path(__file__).parent / "data" / "loopback.pem"


def test_a_certificate_that_nobody_vouches_for_is_refused(door: Door, secure_origin: Origin) -> None:
    assert door.failure(secure_origin.serve("/feed", b"ok")) == "tls"
    assert secure_origin.asked == []


def test_a_trusted_certificate_must_carry_the_name(
    door: Door, secure_origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handle, "CA_BUNDLE", str(CERTIFICATE))
    monkeypatch.setattr(lookup, "_addresses", lambda _: ["127.0.0.1"])
    secure_origin.serve("/feed", b"ok")
    assert door.body(secure_origin.url("/feed", host="localhost")) == b"ok"
    assert door.failure(secure_origin.url("/feed", host="other.example")) == "tls"
