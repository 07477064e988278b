"""Where one can ask to be told of a feed's changes, in fields of its answers (WebSub, section 4; RFC 8288)."""

from syndicator.model.noun import Noun, replace
from syndicator.serve.media import Kind, kind_of


class Links(Noun, kw_only=False):
    """What feeds lead to.

    Attributes:
        base_url: Where subscribers reach the published files, in ASCII.
        hubs: Addresses of hubs, likewise; none: feeds lead nowhere.
    """

    base_url: str = ""
    hubs: tuple[str, ...] = ()

    def kind_of(self, name: str) -> Kind | None:
        """The kind of a file (`media.kind_of`), with its links; an archive document never changes, and has none."""
        kind = kind_of(name)
        if kind is None or not kind.is_feed or not self.hubs or name.count("/") > 1:
            return kind
        places = [*((hub, "hub") for hub in self.hubs), (self.base_url + name, "self")]
        return replace(kind, links=tuple((b"link", f'<{href}>; rel="{rel}"'.encode("ascii")) for href, rel in places))


NO_LINKS = Links()
