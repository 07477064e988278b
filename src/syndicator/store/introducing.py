"""What the store tells of publishers: where they and their authors are, and what became of that."""

from collections.abc import Collection

from syndicator.model.presence import Credited, Profile, SocialEvent
from syndicator.model.social import Word
from syndicator.store import presence
from syndicator.store.door import Opened, atomic, explained


class Introducing(Opened):
    """The part of a `Store` that knows publishers; every method may raise `StoreError`."""

    def profiles(self, only: Collection[str] | None = None) -> dict[str, tuple[Profile, ...]]:
        """Where each source's publisher and authors are, as its articles showed it, in the order of first sight.

        Args:
            only: Of these sources; None: of all.
        """
        with explained(self.path):
            return presence.profiles(self._db, only)

    def social_events(self, limit: int) -> list[SocialEvent]:
        """What became of profiles, and which articles have posts of their publisher's own; the newest first."""
        with explained(self.path):
            return presence.events(self._db, limit)

    def credited(self, limit: int) -> dict[str, tuple[Credited, ...]]:
        """Who made the pictures of each source's newest articles, so many of them at most."""
        with explained(self.path):
            return presence.credited(self._db, limit)

    def social_state(self) -> tuple[int, int]:
        """Two numbers: as long as they stay, profiles, events and credits show nothing new."""
        with explained(self.path):
            return presence.state(self._db)

    def social_words(self) -> dict[str, dict[str, Word]]:
        """What the operator said of profiles, by source and key."""
        with explained(self.path):
            return presence.words(self._db)

    def say_of_profile(self, source_id: str, key: str, word: Word) -> None:
        """Remember the operator's word on a profile, for ever; an empty one takes it back."""
        with explained(self.path), atomic(self._db):
            presence.say(self._db, source_id, key, word)
