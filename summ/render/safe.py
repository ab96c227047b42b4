"""Text that can't do anything to a terminal: for every write to a screen or a file.

What is taken out, and why:

- **Escape sequences**, whole, as a terminal would read them: CSI (colours, cursor), OSC
  (window title, clipboard, links), DCS, SOS, PM, APC, and two-character ones, in their
  seven-bit (`ESC [`) and eight-bit (U+009B) forms. The payload of a string sequence goes
  with it only if the sequence ends on the same line; otherwise the introducer alone goes
  and the payload stays as plain text, so that an unterminated sequence hides nothing.
- **Control characters**: C0 but tab and line feed, DEL, C1.
- **Line breaks** of every other kind (CR, VT, FF, NEL, U+2028, U+2029) become a line
  feed: CR would let a line overwrite itself, and dropping them would join two words.
- **Bidirectional embeddings, overrides and isolates** (U+202A-202E, U+2066-2069) and the
  deprecated format characters after them: they reorder what stands around them. The marks
  U+200E, U+200F and U+061C stay: they act on themselves only, and Hebrew and Arabic text
  needs them. So do the joiners U+200C and U+200D, for Persian, Indic scripts and emoji.
- **Tag characters** (U+E0000-E007F): invisible text. Three flag emoji use them and are
  shown as a black flag then.
- **Lone surrogates** become U+FFFD: they can't be written as UTF-8.
"""

from __future__ import annotations

import re
from typing import Any

_REORDERING = "\u202a-\u202e\u2066-\u206f"
_TAGS = "\U000e0000-\U000e007f"
_SURROGATES = "\ud800-\udfff"

# Payloads and parameters stop at the next control character and are matched
# possessively, so no character is looked at more than a few times: linear.
_UNSAFE = re.compile(
    rf"""
      (?P<string> (?: \x1b[P\]X^_] | [\x90\x98\x9d-\x9f] )
                  (?: [^\x00-\x08\x0a-\x1f\x7f-\x9f]*+ (?: \x07 | \x1b\\ | \x9c ) )?+ )
    | (?P<csi>    (?: \x1b\[ | \x9b ) [0-?]*+ [\ -/]*+ [@-~]?+ )
    | (?P<escape> \x1b [\ -/]*+ [0-~]?+ )
    | (?P<line>   \r\n | [\n\r\x0b\x0c\x85\u2028\u2029] )
    | (?P<lone>   [{_SURROGATES}] )
    | [\x00-\x08\x0e-\x1f\x7f-\x9f{_REORDERING}{_TAGS}]++
    """,
    re.VERBOSE,
)
_BLANKS = re.compile(r"[ \t\n]+")

# The same characters inside a JSON document that `json` leaves as they are.
_UNSAFE_IN_JSON = re.compile(rf"[\x7f-\x9f\u2028\u2029{_REORDERING}{_TAGS}]")
_LONE = re.compile(f"[{_SURROGATES}]")


def clean(text: str, *, keep_newlines: bool = True) -> str:
    """`text` without anything that a terminal would act on; see the module's list.

    Takes linear time. `clean(clean(text)) == clean(text)`.

    Args:
        text: anything, hostile or not.
        keep_newlines: if false, each line break becomes a space.
    """
    newline = "\n" if keep_newlines else " "

    def harmless(match: re.Match[str]) -> str:
        if match.lastgroup == "line":
            return newline
        return "\ufffd" if match.lastgroup == "lone" else ""

    return _UNSAFE.sub(harmless, text)


def one_line(text: str) -> str:
    """`clean(text)` on one line: runs of blanks are one space, none at the ends."""
    return _BLANKS.sub(" ", clean(text)).strip()


def dump_json(data: Any, *, indent: int | None = None) -> str:
    r"""`data` as JSON that is exact and yet safe to print; no newline at the end.

    Nothing is dropped, so that offsets and quotations hold: what `clean` would take out is
    written as `\uXXXX`. Only lone surrogates are replaced (by U+FFFD, one for one), since
    no JSON reader has to accept them. Without `indent` it is one compact line.

    Raises:
        ValueError: a number is infinite or not a number.
    """
    import json

    separators = None if indent else (",", ":")
    document = json.dumps(
        data, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators
    )
    # Outside strings JSON has no such character, so each one found stands in a string.
    return _UNSAFE_IN_JSON.sub(_escaped, _LONE.sub("\ufffd", document))


def _escaped(match: re.Match[str]) -> str:
    r"""One character as `\uXXXX`, or as a surrogate pair above U+FFFF."""
    units = match.group().encode("utf-16-be").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
