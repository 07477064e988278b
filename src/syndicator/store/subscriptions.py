"""Stored subscriptions at our own WebSub hub."""

from collections.abc import Collection

from syndicator.model.subscription import Subscription
from syndicator.store import rows
from syndicator.store.door import Opened, atomic, explained


class Subscriptions(Opened):
    """The part of a `Store` with our own hub's subscriptions; every method may raise `StoreError`."""

    def subscriptions(self) -> list[Subscription]:
        """Return all subscriptions, including those whose lease has ended."""
        with explained(self.path):
            found = self._db.execute("SELECT callback, name, secret, until, told FROM subscriptions")
            return [
                Subscription(callback=callback, name=name, secret=secret, until=rows.from_ms(until), told=told)
                for callback, name, secret, until, told in found
            ]

    def subscribe(self, subscriptions: Collection[Subscription]) -> None:
        """Store subscriptions, in place of those with the same callback and file."""
        with explained(self.path), atomic(self._db):
            self._db.executemany(
                "INSERT OR REPLACE INTO subscriptions (callback, name, secret, until, told) VALUES (?, ?, ?, ?, ?)",
                [(it.callback, it.name, it.secret, rows.to_ms(it.until), it.told) for it in subscriptions],
            )

    def unsubscribe(self, keys: Collection[tuple[str, str]]) -> None:
        """Delete subscriptions; each key has a callback and the name of a file."""
        with explained(self.path), atomic(self._db):
            self._db.executemany("DELETE FROM subscriptions WHERE callback = ? AND name = ?", list(keys))
