"""Requests to the network or to files, and their responses."""

from syndicator.model.noun import Noun


class Validators(Noun):
    """What makes a request conditional (RFC 9110, section 13.1): sent back byte for byte, never interpreted.

    Attributes:
        etag: The `ETag` field's value, quotes and weak mark included; empty if there is none.
        last_modified: The `Last-Modified` field's value; empty if there is none.
    """

    etag: str = ""
    last_modified: str = ""

    def freshened(self, told: "Validators") -> "Validators":
        """Return the validators after a 304 that had `told`; what it omits still holds (RFC 9111, section 4.3.4)."""
        return Validators(etag=told.etag or self.etag, last_modified=told.last_modified or self.last_modified)


class Request(Noun, unshown=("url", "authorization", "headers", "form", "content")):
    """A request for one body from the network or from a file below the configuration, or one that sends something.

    Attributes:
        source_id: The id of the source for which it is made. Empty for a `robots.txt`, which all requests to its origin
            wait for; `entry_key` is then the origin. The requests of WebSub have names of their own in both fields.
        url: Absolute `http:`, `https:` or `file:` address.
        validators: Validators of the body that we have.
        authorization: Value of the `Authorization` field, or empty; dropped when a redirect leaves the origin.
        headers: Further header fields, as name and value; dropped when a redirect leaves the origin.
        entry_key: For a wished article page, the key of the entry that it completes; empty if the source's own address
            is requested.
        form: A form to send to the address (POST); if it and `content` are empty, what is there is requested (GET).
        content: A body to send instead of a form (POST); its type is in `headers`.
        hops: How many redirects were followed so far.
        spent: Seconds that these redirects took; the timeout of a poll applies to all of them together.
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
    """A complete response.

    Attributes:
        url: The address that it came from, after redirects.
        status: HTTP status; 200 for a file.
        headers: Header fields as name, in lower case, and value, in the order received; a repeated field is repeated.
        body: The body, decoded from its content coding.
        seconds: Seconds that the exchange took.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    seconds: float = 0.0

    def header(self, name: str) -> str:
        """Return the value of the first field with this name, given in lower case; or an empty string."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def validators(self) -> Validators:
        """The validators for the next request for this body."""
        return Validators(etag=self.header("etag"), last_modified=self.header("last-modified"))

    @property
    def content_type(self) -> str:
        """The media type with its parameters, as sent; or an empty string."""
        return self.header("content-type")
