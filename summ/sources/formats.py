"""Formats that are not text, told by how they start, and what to do about each."""

from __future__ import annotations

_TEXT_ADVICE = "Save or export it as plain text and give that file."
_OFFICE_ADVICE = "If it is a document, save it as plain text (.txt) and give that file."
_UNPACK_ADVICE = "Unpack it and give the text inside."
_IMAGE_ADVICE = "Words in a picture can't be read: give the article as text."

# Start of the file, what it is, what to do. No article starts like these.
_ALWAYS = (
    (b"%PDF-", "a PDF document", "Copy or export its text (for example with pdftotext)."),
    (b"{\\rtf", "an RTF document", _TEXT_ADVICE),
    (b"%!PS", "a PostScript document", _TEXT_ADVICE),
    (b"PK\x03\x04", "a ZIP archive or an office document (.docx, .odt, .epub)", _OFFICE_ADVICE),
    (b"PK\x05\x06", "an empty ZIP archive", _UNPACK_ADVICE),
    (b"\xd0\xcf\x11\xe0", "an old office document (.doc, .xls)", _OFFICE_ADVICE),
    (b"\x1f\x8b", "gzip data", "Unpack it: gunzip -c FILE | summ"),
    (b"\x1f\x9d", "compressed data (.Z)", _UNPACK_ADVICE),
    (b"\xfd7zXZ\0", "xz data", "Unpack it: xz -dc FILE | summ"),
    (b"\x28\xb5\x2f\xfd", "zstd data", "Unpack it: zstd -dc FILE | summ"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK_ADVICE),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK_ADVICE),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _IMAGE_ADVICE),
    (b"\xff\xd8\xff", "a JPEG picture", _IMAGE_ADVICE),
    (b"\x7fELF", "a program (ELF)", "Give the article's text file."),
    (b"\xca\xfe\xba\xbe", "a program", "Give the article's text file."),
    (b"\xcf\xfa\xed\xfe", "a program (Mach-O)", "Give the article's text file."),
    (b"SQLite format 3\0", "an SQLite database", _TEXT_ADVICE),
)
# An article could start like these: they count only beside bytes that no text has.
_WITH_CONTROLS = (
    (b"BZh", "bzip2 data", "Unpack it: bunzip2 -c FILE | summ"),
    (b"ID3", "an MP3 recording", "Give a transcript of it."),
    (b"OggS", "an Ogg recording", "Give a transcript of it."),
    (b"wOFF", "a font", "Give the article's text file."),
    (b"GGUF", "a model file", "To use it as the model: -m local:FILE"),
    (b"GIF8", "a GIF picture", _IMAGE_ADVICE),
    (b"RIFF", "a WebP picture, a recording or a film", _IMAGE_ADVICE),
    (b"BM", "a bitmap picture", _IMAGE_ADVICE),
    (b"II*\0", "a TIFF picture", _IMAGE_ADVICE),
    (b"MM\0*", "a TIFF picture", _IMAGE_ADVICE),
    (b"MZ", "a Windows program", "Give the article's text file."),
)


def binary_format(data: bytes) -> tuple[str, str] | None:
    """What `data` is, when it is a known format that is not text, and what to do."""
    formats = _ALWAYS + _WITH_CONTROLS if _has_controls(data[:1024]) else _ALWAYS
    for start, what, advice in formats:
        if data.startswith(start):
            return what, advice
    if data[4:8] == b"ftyp" and b"\0" in data[:4]:
        return "a film or a picture (MP4, HEIC)", "Give a transcript, or the article as text."
    if data[257:262] == b"ustar":
        return "a tar archive", _UNPACK_ADVICE
    return None


def looks_like_html(text: str) -> bool:
    """Whether the text starts like a web page."""
    head = text[:1000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html")) or (
        head.startswith("<?xml") and "<html" in head
    )


def _has_controls(head: bytes) -> bool:
    return any(byte < 32 and byte not in b"\t\n\v\f\r\x1b" for byte in head)
