"""Decode text as browsers do (WHATWG Encoding Standard, section 5), where Python's codecs follow older tables.

Python has the characters that vendors added to East Asian encodings only in the vendors' own codecs (the circled
numbers and `㈱` of EUC-JP and ISO-2022-JP in cp932), or nowhere (the euro signs of GBK and Big5).
"""

import codecs
import re
from functools import cache

_ROWS = "〜‖−¢£¬", "～∥－￠￡￢"
"""Characters of the Japanese encodings in Python, and those of the standard at the same places."""
_EDITION_OF_2022 = (
    "\ue5e5\ue78d\ue78e\ue78f\ue790\ue791\ue792\ue793\ue794\ue795\ue796\ue7c7\ue81e\ue826\ue82b\ue82c\ue832\ue843\ue854\ue864",
    "\u3000\ufe10\ufe12\ufe11\ufe13\ufe14\ufe15\ufe16\ufe17\ufe18\ufe19\u1e3f\u9fb4\u9fb5\u9fb6\u9fb7\u9fb8\u9fb9\u9fba\u9fbb",
)
"""Characters that GB 18030 had in private use, as Python still has, and those that the edition of 2022 has for them."""
_TABLES = {
    "euc_jp": _ROWS,
    "iso2022_jp": _ROWS,
    "big5hkscs": ("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡"),
    "koi8_u": ("╝╬", "ўЎ"),
    "gb18030": _EDITION_OF_2022,
}
_OTHERS = {encoding: dict(zip(*table, strict=True)) for encoding, table in _TABLES.items()}
"""For Python's name of an encoding, Python's characters for which the standard has others, with these."""
_FOUND = {encoding: re.compile(f"[{''.join(others)}]") for encoding, others in _OTHERS.items()}
"""For Python's name of an encoding, one of these characters."""
_FEW = 1000
"""The number of undecodable places that are looked at even in a short document.

In addition, there may be one for fifty characters. Each takes microseconds, and a document may consist of them.
"""


def decoded(body: bytes, encoding: str) -> str:
    """Decode bytes; those that mean nothing become U+FFFD.

    Args:
        body: Any bytes.
        encoding: Python's name of their encoding.
    """
    text = body.decode(encoding, "replace")
    if not (others := _OTHERS.get(encoding)):
        return text
    if (damage := text.count("\ufffd")) and damage - _FEW < len(text) // 50:
        text = body.decode(encoding, _LENIENT)
    return _FOUND[encoding].sub(lambda found: others[found[0]], text)


def _beyond(error: UnicodeError) -> tuple[str, int]:
    """Handle an error of Python's codec: give the character that the bytes stand for, and where to go on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    start, encoding = error.start, error.encoding
    pair = error.object[start : start + 2]
    if encoding == "gb18030" and pair[:1] == b"\x80":
        return "€", start + 1
    found = _added(pair, encoding)
    return (found, start + 2) if found else ("\ufffd", error.end)


@cache
def _added(pair: bytes, encoding: str) -> str:
    """Give the vendor's character that two bytes stand for; empty: they stand for none."""
    if encoding == "big5hkscs":
        return "€" if pair == b"\xa3\xe1" else ""
    # The row and cell of JIS X 0208, with the additions of NEC and IBM, give the two bytes in Shift_JIS (cp932).
    row, cell = (*pair, 0, 0)[:2] if encoding == "iso2022_jp" else (*(byte ^ 0x80 for byte in pair), 0, 0)[:2]
    if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
        return ""
    lead = (row - 0x21) // 2 + (0x81 if row < 0x5F else 0xC1)
    trail = cell + (0x7E if row % 2 == 0 else 0x20 if cell >= 0x60 else 0x1F)
    found = bytes((lead, trail)).decode("cp932", "replace")
    return "" if "\ufffd" in found else found


_LENIENT = "syndicator.lenient"
codecs.register_error(_LENIENT, _beyond)
