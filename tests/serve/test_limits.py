import pytest

from syndicator.serve.limits import Door, Limits, Standing, client_of


class Guest:
    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self.expelled = False

    def expel(self) -> None:
        self.expelled = True


def admit(door: Door, address: str, standing: Standing) -> Guest:
    guest = Guest(standing)
    assert door.admit(guest, address)
    return guest


def test_a_full_house_makes_room_at_the_cost_of_the_oldest_silent_one() -> None:
    door = Door(Limits(connections=4, per_client=4))
    idle, first, second, busy = (
        admit(door, "192.0.2.1", standing)
        for standing in (Standing.IDLE, Standing.SILENT, Standing.SILENT, Standing.BUSY)
    )
    admit(door, "192.0.2.2", Standing.SILENT)
    assert [guest.expelled for guest in (idle, first, second, busy)] == [False, True, False, False]


def test_those_that_do_not_take_their_answer_go_before_those_that_do() -> None:
    door = Door(Limits(connections=2, per_client=2))
    busy, stalled = (admit(door, "192.0.2.1", standing) for standing in (Standing.BUSY, Standing.STALLED))
    admit(door, "192.0.2.2", Standing.BUSY)
    assert (busy.expelled, stalled.expelled) == (False, True)
    assert not door.admit(Guest(Standing.SILENT), "192.0.2.3")


def test_one_client_shuts_out_itself_not_others() -> None:
    door = Door(Limits(connections=100, per_client=2))
    other = admit(door, "192.0.2.9", Standing.SILENT)
    flood = [admit(door, "192.0.2.1", Standing.SILENT) for _ in range(50)]
    assert sum(not guest.expelled for guest in flood) == 2
    assert not other.expelled


def test_a_client_whose_connections_are_all_busy_gets_no_further_one_but_others_do() -> None:
    door = Door(Limits(connections=100, per_client=2))
    busy = [admit(door, "192.0.2.1", Standing.BUSY) for _ in range(2)]
    assert not door.admit(Guest(Standing.SILENT), "192.0.2.1")
    admit(door, "192.0.2.9", Standing.SILENT)
    assert not any(guest.expelled for guest in busy)


def test_who_left_makes_room_and_is_forgotten() -> None:
    door = Door(Limits(connections=1, per_client=1))
    for _ in range(3):
        guest = admit(door, "192.0.2.1", Standing.BUSY)
        door.leave(guest)
        door.leave(guest)
        assert not guest.expelled
    assert not door._guests
    assert not door._by_client


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("a path", "a path"),
    ],
)
def test_an_ipv6_network_is_one_client(address: str, client: str) -> None:
    assert client_of(address) == client
