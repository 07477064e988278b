"""Addresses at which hubs (WebSub) call us: one for each subscription, which nobody can guess, and what proves a call.

    token   nonce, from source and hub · tag, from nonce and topic       (12 bytes each, in base64url)
    secret  from the token                                               (with which the hub signs what it sends)

All of them follow from one key. So who has that can judge a call by itself, without asking what is subscribed to.
"""

import base64
import hashlib
import hmac
import re

FOLDER = "push/"
"""Where hubs call us, below the site's `base_url`; a token follows."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
"""What a token looks like."""
METHODS = ("sha1", "sha256", "sha384", "sha512")
"""How hubs may sign (section 7.1)."""

_HALF = 12


def token_of(key: bytes, source_id: str, hub: str, topic: str) -> str:
    """The token of a subscription: as long as these are the same, it is."""
    nonce = _mac(key, "nonce", source_id.encode(), hub.encode())[:_HALF]
    return base64.urlsafe_b64encode(nonce + _tag(key, nonce, topic)).decode()


def is_for(key: bytes, token: str, topic: str) -> bool:
    """Whether a token was made with this key, for a subscription to that topic."""
    whole = base64.urlsafe_b64decode(token) if TOKEN.fullmatch(token) else b""
    nonce, tag = whole[:_HALF], whole[_HALF:]
    return hmac.compare_digest(tag, _tag(key, nonce, topic))


def secret_of(key: bytes, token: str) -> str:
    """What the hub signs with that calls at this token: less than 200 bytes (section 5.1)."""
    return _mac(key, "secret", token.encode()).hex()


class Signature:
    """A signature over a body that is still to come (`X-Hub-Signature`: `sha256=…`, in hexadecimal digits).

    Args:
        key: All of ours follow from.
        token: At which the hub calls.
        field: What it says the signature is; empty: it does not sign.
    """

    def __init__(self, key: bytes, token: str, field: str) -> None:
        method, _, self._said = field.strip().partition("=")
        self._method = method.lower()
        digest = self._method if self._method in METHODS else "sha256"
        self._found = hmac.new(secret_of(key, token).encode(), digestmod=getattr(hashlib, digest))

    def update(self, data: bytes) -> None:
        """Take the next piece of the body."""
        self._found.update(data)

    @property
    def holds(self) -> bool:
        """Whether it is the hub's, and of this body."""
        said = self._said.strip().lower().encode()
        return self._method in METHODS and hmac.compare_digest(self._found.hexdigest().encode(), said)


def _tag(key: bytes, nonce: bytes, topic: str) -> bytes:
    return _mac(key, "topic", nonce, topic.encode("utf-8", "surrogatepass"))[:_HALF]


def _mac(key: bytes, purpose: str, *parts: bytes) -> bytes:
    """A digest that only who has the key can make; each purpose has its own, and no parts run into each other."""
    message = b"".join(b"%d:%b" % (len(part), part) for part in (purpose.encode(), *parts))
    return hmac.digest(key, message, "sha256")
