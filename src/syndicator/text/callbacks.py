"""Callback addresses for hubs (WebSub): one for each subscription, which nobody can guess, and signatures of calls.

    token   nonce, from source and hub · tag, from nonce and topic       (12 bytes each, in base64url)
    secret  from the token                                               (with which the hub signs what it sends)

Tokens and secrets are derived from one key. So a process that has the key can check a call by itself, without asking
which subscriptions there are.
"""

import base64
import hashlib
import hmac
import re

FOLDER = "push/"
"""The path of callbacks below the site's `base_url`; a token follows it."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
"""The form of a token."""
METHODS = ("sha1", "sha256", "sha384", "sha512")
"""The hash functions with which hubs may sign (WebSub, section 7.1)."""

_HALF = 12  # bytes of the nonce, and of the tag


def token_of(key: bytes, source_id: str, hub: str, topic: str) -> str:
    """The token of a subscription: the same arguments always give the same token."""
    nonce = _mac(key, "nonce", source_id.encode(), hub.encode())[:_HALF]
    return base64.urlsafe_b64encode(nonce + _tag(key, nonce, topic)).decode()


def is_for(key: bytes, token: str, topic: str) -> bool:
    """Whether a token was made with this key, for a subscription to that topic."""
    whole = base64.urlsafe_b64decode(token) if TOKEN.fullmatch(token) else b""
    nonce, tag = whole[:_HALF], whole[_HALF:]
    return hmac.compare_digest(tag, _tag(key, nonce, topic))


def secret_of(key: bytes, token: str) -> str:
    """The secret with which the hub of this token signs its calls: less than 200 bytes (WebSub, section 5.1)."""
    return _mac(key, "secret", token.encode()).hex()


class Signature:
    """Checks the signature of a body that arrives in pieces (`X-Hub-Signature`: `sha256=…`, in hexadecimal digits).

    Args:
        key: The key from which all tokens and secrets are derived.
        token: The token in the address that the hub calls.
        field: The value of the header field `X-Hub-Signature`; empty if the hub has not signed.
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
        """Whether the signature is the hub's, over the body that was taken."""
        said = self._said.strip().lower().encode()
        return self._method in METHODS and hmac.compare_digest(self._found.hexdigest().encode(), said)


def _tag(key: bytes, nonce: bytes, topic: str) -> bytes:
    return _mac(key, "topic", nonce, topic.encode("utf-8", "surrogatepass"))[:_HALF]


def _mac(key: bytes, purpose: str, *parts: bytes) -> bytes:
    """An HMAC (SHA-256) over a purpose and some parts, each behind its length, so that the input is unambiguous."""
    message = b"".join(b"%d:%b" % (len(part), part) for part in (purpose.encode(), *parts))
    return hmac.digest(key, message, "sha256")
