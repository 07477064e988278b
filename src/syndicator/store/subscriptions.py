"""Who is told of feeds' changes by our own hub (WebSub)."""

from collections.abc import Collection

from syndicator.model.subscription import Subscription
from syndicator.store import rows
from syndicator.store.door import Opened, atomic, explained


class Subscriptions(Opened):
    """The part of a `Store` that knows our hub's subscribers; every method may raise `StoreError`."""

    def subscriptions(self) -> list[Subscription]:
        """All that there are, those whose time is over included."""
        with explained(self.path):
            found = self._db.execute("SELECT callback, name, secret, until, told FROM subscriptions")
            return [
                Subscription(callback=callback, name=name, secret=secret, until=rows.from_ms(until), told=told)
                for callback, name, secret, until, told in found
            ]

    def subscribe(self, subscriptions: Collection[Subscription]) -> None:
        """Remember them, in place of what was agreed upon before, and what each has been told."""
        with explained(self.path), atomic(self._db):
            self._db.executemany(
                "INSERT OR REPLACE INTO subscriptions (callback, name, secret, until, told) VALUES (?, ?, ?, ?, ?)",
                [(it.callback, it.name, it.secret, rows.to_ms(it.until), it.told) for it in subscriptions],
            )

    def unsubscribe(self, keys: Collection[tuple[str, str]]) -> None:
        """Forget them: callbacks, each with the name of the file."""
        with explained(self.path), atomic(self._db):
            self._db.executemany("DELETE FROM subscriptions WHERE callback = ? AND name = ?", list(keys))
