import pytest

from syndicator.serve.limits import Admission, Limits, State, client_of


class Admitted:
    def __init__(self, state: State) -> None:
        self.state = state
        self.aborted = False

    def abort(self) -> None:
        self.aborted = True


def admit(admission: Admission, address: str, state: State) -> Admitted:
    connection = Admitted(state)
    assert admission.admit(connection, address)
    return connection


def test_a_full_house_makes_room_at_the_cost_of_the_oldest_silent_one() -> None:
    admission = Admission(Limits(connections=4, per_client=4))
    idle, first, second, busy = (
        admit(admission, "192.0.2.1", state) for state in (State.IDLE, State.SILENT, State.SILENT, State.BUSY)
    )
    admit(admission, "192.0.2.2", State.SILENT)
    assert [connection.aborted for connection in (idle, first, second, busy)] == [False, True, False, False]


def test_a_flood_of_those_that_say_nothing_costs_no_look_at_everybody() -> None:
    looks = []

    class Looked(Admitted):
        state = property(lambda _: looks.append(1) or State.SILENT, lambda *_: None)

    admission = Admission(Limits(connections=500, per_client=500))
    for number in range(1000):
        assert admission.admit(Looked(State.SILENT), f"192.0.2.{number % 250}")
    assert len(looks) < 500 * 5


def test_those_that_do_not_take_their_answer_go_before_those_that_do() -> None:
    admission = Admission(Limits(connections=2, per_client=2))
    busy, stalled = (admit(admission, "192.0.2.1", state) for state in (State.BUSY, State.STALLED))
    admit(admission, "192.0.2.2", State.BUSY)
    assert (busy.aborted, stalled.aborted) == (False, True)
    assert not admission.admit(Admitted(State.SILENT), "192.0.2.3")


def test_one_client_shuts_out_itself_not_others() -> None:
    admission = Admission(Limits(connections=100, per_client=2))
    other = admit(admission, "192.0.2.9", State.SILENT)
    flood = [admit(admission, "192.0.2.1", State.SILENT) for _ in range(50)]
    assert sum(not connection.aborted for connection in flood) == 2
    assert not other.aborted


def test_a_client_whose_connections_are_all_busy_gets_no_further_one_but_others_do() -> None:
    admission = Admission(Limits(connections=100, per_client=2))
    busy = [admit(admission, "192.0.2.1", State.BUSY) for _ in range(2)]
    assert not admission.admit(Admitted(State.SILENT), "192.0.2.1")
    admit(admission, "192.0.2.9", State.SILENT)
    assert not any(connection.aborted for connection in busy)


def test_who_left_makes_room_and_is_forgotten() -> None:
    admission = Admission(Limits(connections=1, per_client=1))
    for _ in range(3):
        connection = admit(admission, "192.0.2.1", State.BUSY)
        admission.leave(connection)
        admission.leave(connection)
        assert not connection.aborted
    assert not admission._admitted
    assert not admission._by_client


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
