import logging
import os
import socket
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicator.clock import SystemClock
from syndicator.serve.catalogue import GRAIN, Catalogue
from syndicator.serve.conditions import Coding

NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC).timestamp()


def body(catalogue, path):
    found = catalogue.find(path)
    return None if found is None else found.body


def settle(catalogue, clock, path):
    """Look once more after the time stamps' grain, so that the file is trusted from now on."""
    catalogue.find(path)
    clock.wait(2 * GRAIN)
    catalogue.find(path)


def test_what_is_published_is_found_at_its_address(catalogue, publish):
    publish("index.html", b"<p>home")
    publish("feeds/all.rss", b"<rss/>")
    publish("feeds/all.html", b"<p>all")
    assert body(catalogue, "/") == b"<p>home"
    assert body(catalogue, "/feeds/all.rss") == b"<rss/>"
    assert body(catalogue, "/feeds/all") == b"<p>all"
    assert body(catalogue, "/feeds/none.rss") is None


def test_a_request_after_a_publish_sees_what_was_published(catalogue, clock, publish):
    for number in range(20):
        publish("feeds/all.rss", b"%d" % number)
        assert body(catalogue, "/feeds/all.rss") == b"%d" % number
        if number % 3 == 0:
            settle(catalogue, clock, "/feeds/all.rss")


def test_two_changes_within_a_tick_are_told_apart_though_no_stamp_differs(catalogue, clock, publish, monkeypatch):
    """The worst file system: same inode again, same size, same times."""
    monkeypatch.setattr("syndicator.serve.catalogue._signature", lambda _: (1, 1, 1, 1, 1))
    publish("feeds/all.rss", b"old")
    assert body(catalogue, "/feeds/all.rss") == b"old"
    publish("feeds/all.rss", b"new")
    clock.wait(GRAIN / 2)
    assert body(catalogue, "/feeds/all.rss") == b"new"


def test_a_second_change_of_a_file_that_had_long_stood_is_told_apart_too(catalogue, clock, publish, monkeypatch):
    signature = [1, 1, 1, 1, 1]
    monkeypatch.setattr("syndicator.serve.catalogue._signature", lambda _: tuple(signature))
    publish("feeds/all.rss", b"old")
    settle(catalogue, clock, "/feeds/all.rss")
    signature[0] = 2
    for newer in (b"new", b"newer"):
        publish("feeds/all.rss", newer)
        assert body(catalogue, "/feeds/all.rss") == newer


def test_an_unchanged_file_is_not_read_again(catalogue, clock, publish, monkeypatch):
    publish("feeds/all.rss", b"<rss/>")
    settle(catalogue, clock, "/feeds/all.rss")
    found = catalogue.find("/feeds/all.rss")
    monkeypatch.setattr("syndicator.serve.catalogue._read", lambda *_: pytest.fail("read again"))
    assert catalogue.find("/feeds/all.rss") is found


def test_a_file_written_in_place_is_noticed_too(catalogue, clock, publish):
    file = publish("style.css", b"a{}")
    settle(catalogue, clock, "/style.css")
    file.write_bytes(b"b{color:red}")
    assert body(catalogue, "/style.css") == b"b{color:red}"


def test_the_same_bytes_written_anew_keep_tag_and_date(catalogue, clock, publish):
    publish("feeds/all.rss", b"<rss/>", NOON - 500)
    first = catalogue.find("/feeds/all.rss")
    clock.wait(60)
    publish("feeds/all.rss", b"<rss/>", NOON)
    assert catalogue.find("/feeds/all.rss") is first


def test_a_removed_file_is_gone_and_a_removed_folder_comes_back(catalogue, clock, public, publish):
    file = publish("feeds/all.rss", b"1")
    settle(catalogue, clock, "/feeds/all.rss")
    file.unlink()
    assert body(catalogue, "/feeds/all.rss") is None
    (public / "feeds").rmdir()
    public.rmdir()
    assert body(catalogue, "/feeds/all.rss") is None
    public.mkdir()
    publish("feeds/all.rss", b"2")
    assert body(catalogue, "/feeds/all.rss") == b"2"


def test_another_folder_in_the_place_of_the_published_one_is_seen(catalogue, clock, public, publish):
    publish("feeds/all.rss", b"1")
    settle(catalogue, clock, "/feeds/all.rss")
    public.rename(public.with_name("aside"))
    publish("feeds/all.rss", b"2")
    assert body(catalogue, "/feeds/all.rss") == b"2"


def test_last_modified_is_the_files_time_in_whole_seconds_and_never_in_the_future(catalogue, publish):
    publish("a.css", b"a", NOON - 100.4)
    publish("b.css", b"b", NOON + 86400)
    publish("c.css", b"c", -5)
    assert catalogue.find("/a.css").modified == NOON - 101
    assert catalogue.find("/b.css").modified == NOON
    assert catalogue.find("/c.css").modified == 0


@pytest.mark.parametrize("written", [NOON - 10, NOON - 10.5, NOON - 3600])
def test_a_date_that_the_bytes_before_may_bear_too_does_not_vouch_for_the_new_ones(catalogue, publish, written):
    publish("a.css", b"old", NOON - 10)
    old = catalogue.find("/a.css")
    publish("a.css", b"new", written)
    new = catalogue.find("/a.css")
    assert (old.modified, old.unmodified_since) == (NOON - 10, NOON - 10)
    assert old.modified <= new.modified < new.unmodified_since


def test_a_date_later_than_that_of_the_bytes_before_vouches_for_the_new_ones(catalogue, publish):
    publish("a.css", b"old", NOON - 10)
    catalogue.find("/a.css")
    publish("a.css", b"new", NOON - 9)
    new = catalogue.find("/a.css")
    assert (new.modified, new.unmodified_since) == (NOON - 9, NOON - 9)


def test_no_symbolic_link_leads_out_of_the_folder(catalogue, public, publish, tmp_path):
    secret = tmp_path / "secret.css"
    secret.write_bytes(b"secret")
    (public / "link.css").symlink_to(secret)
    (public / "folder").symlink_to(tmp_path)
    publish("feeds/all.rss", b"1")
    assert body(catalogue, "/link.css") is None
    assert body(catalogue, "/folder/secret.css") is None


def test_a_file_that_turns_into_a_link_is_no_longer_served(catalogue, clock, public, publish, tmp_path):
    publish("feeds/a.css", b"ours")
    settle(catalogue, clock, "/feeds/a.css")
    (public / "feeds").rename(tmp_path / "moved")
    (public / "feeds").symlink_to(tmp_path / "moved")
    os.utime(tmp_path / "moved" / "a.css")
    assert body(catalogue, "/feeds/a.css") is None


def test_only_regular_files_are_served_and_a_pipe_does_not_hold_up_the_server(catalogue, public, monkeypatch):
    os.mkfifo(public / "pipe.css")
    (public / "folder.css").mkdir()
    monkeypatch.chdir(public)  # a socket's path has at most 107 bytes
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.css")
    assert body(catalogue, "/socket.css") is None
    assert body(catalogue, "/pipe.css") is None
    assert body(catalogue, "/folder.css") is None
    assert body(catalogue, "/" + "a" * 300 + ".css") is None


def test_looking_leaves_nothing_open(catalogue, public, publish, monkeypatch):
    publish("feeds/all.rss", b"<rss/>")
    os.mkfifo(public / "pipe.css")
    opened, closed = [], []
    really_open, really_close = os.open, os.close
    monkeypatch.setattr("os.open", lambda *args, **named: opened.append(really_open(*args, **named)) or opened[-1])
    monkeypatch.setattr("os.close", lambda descriptor: closed.append(descriptor) or really_close(descriptor))
    for path in ("/feeds/all.rss", "/feeds/none.rss", "/none/all.rss", "/pipe.css"):
        catalogue.find(path)
    assert len(opened) == 3 + 2 + 1 + 2
    assert sorted(opened) == sorted(closed)


def test_a_file_that_cannot_be_read_just_now_is_served_as_it_was(catalogue, clock, publish, monkeypatch, caplog):
    publish("feeds/all.rss", b"old")
    settle(catalogue, clock, "/feeds/all.rss")
    publish("feeds/all.rss", b"new")

    def broken(*_):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch, caplog.at_level(logging.WARNING):
        patch.setattr("syndicator.serve.catalogue._read", broken)
        for _ in range(100):
            assert body(catalogue, "/feeds/all.rss") == b"old"
        with pytest.raises(OSError, match="Input/output"):
            catalogue.find("/feeds/other.rss")
    assert [record.getMessage().partition("/feeds")[2] for record in caplog.records] == [
        "/all.rss cannot be read: Input/output error"
    ]
    assert body(catalogue, "/feeds/all.rss") == b"new"


def test_a_file_that_grows_while_it_is_read_is_not_served_half(catalogue, publish, monkeypatch):
    file = publish("feeds/all.rss", b"old")
    assert body(catalogue, "/feeds/all.rss") == b"old"
    publish("feeds/all.rss", b"half")
    honest = os.fstat

    def growing(descriptor):
        status = honest(descriptor)
        with file.open("ab") as writer:
            writer.write(b" a feed")
        return status

    with monkeypatch.context() as patch:
        patch.setattr("syndicator.serve.catalogue.os.fstat", growing)
        assert body(catalogue, "/feeds/all.rss") == b"old"
    assert body(catalogue, "/feeds/all.rss") == b"half a feed"


def test_a_giant_file_is_not_served_and_the_log_says_so_once(public, clock, publish, caplog):
    catalogue = Catalogue(public, clock, max_file=10)
    publish("feeds/all.rss", b"x" * 11)
    for _ in range(5):
        assert body(catalogue, "/feeds/all.rss") is None
        clock.wait(GRAIN)
    assert caplog.messages == [f"{public}/feeds/all.rss is not served: it is larger than 10 bytes"]
    publish("feeds/all.rss", b"x" * 10)
    assert body(catalogue, "/feeds/all.rss") == b"x" * 10


def test_memory_is_bounded_and_everything_is_served_all_the_same(public, clock, publish, caplog):
    catalogue = Catalogue(public, clock, max_total=250)
    for number in range(10):
        publish(f"feeds/{number}.rss", b"%d" % number * 100)
    for _ in range(3):
        for number in range(10):
            assert body(catalogue, f"/feeds/{number}.rss") == b"%d" % number * 100
            assert sum(len(entry.representation.body) for entry in catalogue._entries.values()) <= 250
    publish("feeds/large.rss", b"x" * 251)
    assert body(catalogue, "/feeds/large.rss") == b"x" * 251
    assert len(caplog.records) == 1


def test_what_was_replaced_or_removed_takes_no_memory(public, clock, publish, caplog):
    catalogue = Catalogue(public, clock, max_total=250)
    for number in range(10):
        file = publish(f"feeds/{number}.rss", b"x" * 100)
        catalogue.find(f"/feeds/{number}.rss")
        publish(f"feeds/{number}.rss", b"y" * 100)
        catalogue.find(f"/feeds/{number}.rss")
        file.unlink()
        catalogue.find(f"/feeds/{number}.rss")
    assert not catalogue._entries
    assert not caplog.messages


def test_addresses_that_lead_nowhere_are_not_remembered(catalogue, publish):
    publish("index.html", b"x")
    for number in range(1000):
        catalogue.find(f"/feeds/{number}.rss")
    assert not catalogue._entries


def test_the_newest_file_is_told_but_not_of_what_is_not_served(catalogue, public, publish):
    assert catalogue.newest() is None
    publish("feeds/.hidden.rss", b"", NOON - 1)
    publish("feeds/all.rss.tmp", b"", NOON - 1)
    publish(".git/x.css", b"", NOON - 1)
    (public / "link.css").symlink_to("feeds/all.rss.tmp")
    assert catalogue.newest() is None
    publish("feeds/all.rss", b"", NOON - 60)
    publish("index.html", b"", NOON - 90)
    assert catalogue.newest() == datetime.fromtimestamp(NOON - 60, UTC)
    publish("style.css", b"", NOON + 86400)
    assert catalogue.newest() == datetime.fromtimestamp(NOON, UTC)


def test_a_reader_never_sees_half_a_file_nor_an_older_one_after_a_newer(public, publish):
    """500 replacements of equal size, as fast as they go, with readers all the while."""
    catalogue = Catalogue(public, SystemClock())
    publish("feeds/all.rss", b"%06d" % 0 * 1000)
    done = threading.Event()

    def write():
        for number in range(1, 501):
            publish("feeds/all.rss", b"%06d" % number * 1000)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    last = -1
    finished = False
    while not finished:
        finished = done.wait(0.0005)  # asked before the look: what is found then must be the last one
        found = catalogue.find("/feeds/all.rss")
        assert found is not None
        number = int(found.body[:6])
        assert found.body == b"%06d" % number * 1000
        assert number >= last
        last = number
    writer.join()
    assert last == 500


def test_a_relative_folder_stays_the_same_after_a_change_of_directory(public, clock, publish, monkeypatch):
    publish("index.html", b"x")
    monkeypatch.chdir(public.parent)
    catalogue = Catalogue(Path("public"), clock)
    monkeypatch.chdir("/")
    assert body(catalogue, "/") == b"x"


def test_the_clock_may_be_set_back_without_a_date_going_wrong(catalogue, clock, publish):
    publish("a.css", b"1", NOON)
    old = catalogue.find("/a.css")
    clock.passed = -timedelta(days=400).total_seconds()
    publish("a.css", b"2", NOON)
    new = catalogue.find("/a.css")
    assert new.modified <= clock.now().timestamp()
    assert new.unmodified_since > old.modified


def fields(catalogue, path):
    return dict(catalogue.find(path).whole(Coding.IDENTITY).fields)


def test_a_reserved_file_is_served_with_its_reservation_from_the_moment_it_is_listed(catalogue, clock, publish):
    publish("feeds/all.rss", b"<rss/>")
    settle(catalogue, clock, "/feeds/all.rss")
    before = catalogue.find("/feeds/all.rss")
    assert b"tdm-reservation" not in fields(catalogue, "/feeds/all.rss")
    listed = publish(".well-known/tdmrep.json", b'[{"location": "/feeds/all.rss", "tdm-reservation": 1}]')
    clock.wait(1)
    assert fields(catalogue, "/feeds/all.rss")[b"tdm-reservation"] == b"1"
    assert body(catalogue, "/.well-known/tdmrep.json") == listed.read_bytes()
    after = catalogue.find("/feeds/all.rss")
    assert (after.etags, after.modified) == (before.etags, before.modified)
    publish("feeds/all.rss", b"<rss>news</rss>")
    assert fields(catalogue, "/feeds/all.rss")[b"tdm-reservation"] == b"1"
    listed.unlink()
    clock.wait(1)
    assert b"tdm-reservation" not in fields(catalogue, "/feeds/all.rss")
