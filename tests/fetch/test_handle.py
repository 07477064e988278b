"""What every exchange has in common: whom it trusts."""

from pathlib import Path

import pycurl
import pytest

from support.door import Door
from support.origin import Origin
from syndicator.fetch import handle, lookup

CERTIFICATE = Path(__file__).parent / "data" / "loopback.pem"


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "scp://127.0.0.1/"])
def test_no_other_protocol_is_spoken(url: str) -> None:
    asked = handle.new_handle(None)
    asked.setopt(pycurl.URL, url)
    with pytest.raises(pycurl.error) as caught:
        asked.perform()
    assert caught.value.args[0] == pycurl.E_UNSUPPORTED_PROTOCOL


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
