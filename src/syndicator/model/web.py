"""What is asked of the network, and what comes back."""

from syndicator.model.noun import Noun


class Validators(Noun):
    """What makes a request conditional (RFC 9110, section 13.1): echoed byte for byte, never interpreted.

    Attributes:
        etag: The `ETag` field's value, quotes and weak mark included; empty: none.
        last_modified: The `Last-Modified` field's value; empty: none.
    """

    etag: str = ""
    last_modified: str = ""

    def freshened(self, told: "Validators") -> "Validators":
        """What they are after a 304 that told these: what it leaves out still holds (RFC 9111, section 4.3.4)."""
        return Validators(etag=told.etag or self.etag, last_modified=told.last_modified or self.last_modified)


class Request(Noun, unshown=("url", "authorization", "headers", "form", "content")):
    """One body wanted from the network or from a file below the configuration; or something that is sent there.

    Attributes:
        source_id: On whose behalf; empty: all that wait for a robots.txt, whose origin is the `entry_key`. With a form,
            the hub that it is for, and the file that it tells of as `entry_key`.
        url: Absolute; `http:`, `https:` or `file:`.
        validators: Of the body we have.
        authorization: Value of the `Authorization` field, or empty; dropped when a redirect leaves the origin.
        headers: Further fields, name and value; dropped likewise.
        entry_key: For a wished article page, the entry that it completes; empty: the source's own address.
        form: A form that is sent to the address (POST); empty: what is there is asked for (GET).
        content: What is sent in place of a form, of the type that the headers say.
        hops: Redirects followed to get here.
        spent: Seconds that those took: the time for a poll is one for all of them.
    """

    source_id: str
    url: str
    validators: Validators = Validators()
    authorization: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    entry_key: str = ""
    form: str = ""
    content: bytes = b""
    hops: int = 0
    spent: float = 0.0


class Response(Noun, unshown=("url", "body"), uncompared=("seconds",)):
    """A complete answer.

    Attributes:
        url: The address that gave it, after redirects.
        status: HTTP status; a file gives 200.
        headers: Field names in lower case, in the order received; a repeated field is repeated.
        body: Decoded from its content coding.
        seconds: How long the exchange took.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    seconds: float = 0.0

    def header(self, name: str) -> str:
        """The first field of that lower-case name, or an empty string."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def validators(self) -> Validators:
        """What the next request for this body may carry."""
        return Validators(etag=self.header("etag"), last_modified=self.header("last-modified"))

    @property
    def content_type(self) -> str:
        """The media type with its parameters, as sent."""
        return self.header("content-type")
