"""With SYNDICATOR_NO_SKIPS=1, as CI sets it, a test that is left out fails the run: nothing passes without being tried.

A plugin of pytest (tests/conftest.py names it).
"""

import os

import pytest


class NoSkips:
    """Counts the tests that ran, and names those that were skipped or were allowed to fail."""

    def __init__(self) -> None:
        self.left_out: dict[str, str] = {}
        self.ran = 0

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.left_out[report.nodeid] = _reason(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped or hasattr(report, "wasxfail"):
            self.left_out[report.nodeid] = _reason(report)
        elif report.when == "call":
            self.ran += 1

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.exitstatus == pytest.ExitCode.OK and (self.left_out or not self.ran):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.left_out or not self.ran:
            terminalreporter.section("SYNDICATOR_NO_SKIPS: this run does not count", red=True)
        if not self.ran:
            terminalreporter.line("No test ran at all.")
        for name, reason in self.left_out.items():
            terminalreporter.line(f"{name}: {reason}")


def _reason(report: pytest.CollectReport | pytest.TestReport) -> str:
    if hasattr(report, "wasxfail"):
        return f"expected to fail: {report.wasxfail}"
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("SYNDICATOR_NO_SKIPS") == "1":
        config.pluginmanager.register(NoSkips())
