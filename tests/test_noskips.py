"""What CI must not let pass: a test that was left out, and a run of none."""

from pathlib import Path

import pytest

TESTS = str(Path(__file__).parent)
PASSES = "def test_passes(): pass\n"

LEFT_OUT = {
    "mark": "import pytest\n@pytest.mark.skip(reason='not today')\ndef test_it(): pass",
    "call": "import pytest\ndef test_it(): pytest.skip('not today')",
    "fixture": "import pytest\n@pytest.fixture\ndef it(): pytest.skip('not today')\ndef test_it(it): pass",
    "module": "import pytest\npytest.skip('not today', allow_module_level=True)",
    "import": "import pytest\npytest.importorskip('no_such_module', reason='not today')",
    "failure": "import pytest\n@pytest.mark.xfail(reason='not today')\ndef test_it(): raise ValueError",
    "unexpected pass": "import pytest\n@pytest.mark.xfail(reason='not today', strict=False)\ndef test_it(): pass",
}


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder of tests to be run with the plugin on."""
    monkeypatch.setenv("SYNDICATOR_NO_SKIPS", "1")
    pytester.makeconftest(f"import sys\nsys.path.insert(0, {TESTS!r})\npytest_plugins = ['support.noskips']\n")
    return pytester


def run(inner: pytest.Pytester, *words: str) -> pytest.RunResult:
    without = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")  # the latter takes 2 s to load
    return inner.runpytest_inprocess(*without, *words)


@pytest.mark.parametrize("text", LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_test_that_is_left_out_fails_the_run_by_name(inner: pytest.Pytester, text: str) -> None:
    inner.makepyfile(test_whole=PASSES, test_part=text)
    done = run(inner)
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.fnmatch_lines(["*this run does not count*", "test_part.py*: *not today"])


def test_what_is_left_out_in_another_process_is_noticed_too(inner: pytest.Pytester) -> None:
    inner.makepyfile(test_whole=PASSES, test_part=LEFT_OUT["mark"], test_module=LEFT_OUT["module"])
    done = run(inner, "-n", "1")
    assert done.ret == pytest.ExitCode.TESTS_FAILED
    done.stdout.fnmatch_lines(["*this run does not count*"])
    for name in ("part", "module"):
        done.stdout.fnmatch_lines([f"test_{name}.py*: *not today"])


@pytest.mark.parametrize("words", [("-k", "no_such_test"), ("--collect-only",)], ids=["deselected", "only collected"])
def test_a_run_of_no_test_fails(inner: pytest.Pytester, words: tuple[str, ...]) -> None:
    inner.makepyfile(test_whole=PASSES)
    done = run(inner, *words)
    assert done.ret != pytest.ExitCode.OK
    done.stdout.fnmatch_lines(["No test ran at all."])


@pytest.mark.parametrize("words", [(), ("-n", "1")], ids=["here", "in another process"])
def test_a_run_in_which_every_test_passes_counts(inner: pytest.Pytester, words: tuple[str, ...]) -> None:
    inner.makepyfile(test_whole=PASSES)
    done = run(inner, *words)
    assert done.ret == pytest.ExitCode.OK
    assert "does not count" not in done.stdout.str()


def test_who_does_not_ask_for_it_may_skip(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SYNDICATOR_NO_SKIPS")
    inner.makepyfile(test_part=LEFT_OUT["mark"])
    assert run(inner).ret == pytest.ExitCode.OK
