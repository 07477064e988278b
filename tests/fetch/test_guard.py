"""No address inside the operator's own network is reached, however it is written."""

import ipaddress
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.door import LOOPBACK, Door
from support.origin import Origin
from syndicator.fetch import lookup
from syndicator.fetch.guard import verdict

DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[str]:
    return [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize(("address", "reason"), [line.split(" ", 1) for line in lines("addresses.txt")])
def test_each_address_gets_its_verdict(address: str, reason: str) -> None:
    assert verdict(address, ()) == ("" if reason == "-" else reason)


@given(st.ip_addresses(v=4))
@settings(max_examples=100)
def test_a_mapped_address_is_judged_as_what_it_maps(address: ipaddress.IPv4Address) -> None:
    assert verdict(f"::ffff:{address}", ()) == verdict(str(address), ()) == verdict(f"64:ff9b::{address}", ())
    assert bool(verdict(str(address), ())) >= (not address.is_global)


@given(st.text(max_size=40))
@settings(max_examples=50)
def test_what_is_no_address_is_refused(text: str) -> None:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        assert verdict(text, ())


@pytest.mark.parametrize(
    ("address", "network", "passes"),
    [
        ("10.1.2.3", "10.0.0.0/8", True),
        ("11.1.2.3", "10.0.0.0/8", True),
        ("192.168.0.1", "10.0.0.0/8", False),
        ("127.0.0.1", "127.0.0.1/32", True),
        ("127.0.0.2", "127.0.0.1/32", False),
        ("::ffff:127.0.0.1", "127.0.0.0/8", True),
        ("::1", "127.0.0.0/8", False),
        ("::1", "::1/128", True),
        ("64:ff9b::10.0.0.1", "10.0.0.0/8", False),
        ("64:ff9b::10.0.0.1", "64:ff9b::/96", True),
        ("::10.0.0.1", "10.0.0.0/8", False),
        ("2002:a00:1::", "10.0.0.0/8", False),
        ("fe80::1%eth0", "fe80::/10", True),
        ("169.254.169.254", "0.0.0.0/0", True),
        ("localhost", "0.0.0.0/0", False),
    ],
)
def test_only_a_named_network_is_excepted(address: str, network: str, passes: bool) -> None:
    assert (verdict(address, (ipaddress.ip_network(network),)) == "") is passes


@pytest.mark.parametrize("host", lines("hosts.txt"))
def test_loopback_is_out_of_reach_by_default(open_door: Callable[..., Door], origin: Origin, host: str) -> None:
    door = open_door(allow_networks=())
    assert door.failure(f"http://{host}:{origin.port}/") in {"forbidden", "dns", "connect"}
    assert origin.connections == 0


def test_the_refusal_names_its_remedy(open_door: Callable[..., Door], origin: Origin) -> None:
    answer = open_door(allow_networks=()).ask(origin.serve("/", b"secret"))
    assert answer.failure.kind == "forbidden"
    assert "allow_networks" in answer.failure.remedy


def test_a_name_that_changes_its_address_gains_nothing(
    open_door: Callable[..., Door], origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding: whatever a name server says, the verdict is on the address that is dialled."""
    answers = iter(["192.0.2.1", "127.0.0.1"] * 10)
    monkeypatch.setattr(lookup, "_addresses", lambda _: [next(answers)])
    door = open_door(allow_networks=())
    kinds = {door.failure(origin.url("/", host="rebinding.example")) for _ in range(20)}
    assert kinds == {"forbidden"}
    assert origin.connections == 0


def test_a_host_with_a_forbidden_and_a_good_address_is_reached_by_the_good_one(
    open_door: Callable[..., Door], origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "_addresses", lambda _: ["::1", "10.0.0.1", "127.0.0.1"])
    origin.serve("/", b"ok")
    door = open_door(allow_networks=LOOPBACK)
    assert door.body(origin.url("/", host="mixed.example")) == b"ok"
    assert door.failure("http://mixed.example:1/") == "connect", "it was asked, in vain"
