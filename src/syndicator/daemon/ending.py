"""That the daemon is to end, and who waits for that."""

from queue import SimpleQueue


class Ending:
    """Once called for, for good. A signal's handler may call for it at any moment, also in the middle of the wait.

    `threading.Event` may not be set there: its lock may be held by the very thread that the handler interrupts, which
    then waits for itself. A `SimpleQueue` is made for that.
    """

    def __init__(self) -> None:
        self.is_called = False
        self._calls: SimpleQueue[None] = SimpleQueue()

    def call(self) -> None:
        """Call for it."""
        self.is_called = True
        self._calls.put(None)

    def wait(self) -> None:
        """Return when it is called for; one thread waits, once."""
        self._calls.get()
