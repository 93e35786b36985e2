"""Drawn pages as a PDF: each page is one picture. Only the file's form lives here.

A PNG's rows go into the PDF as they are, compressed the same way; only what a PDF cannot hold, the
fourth byte of each pixel (how opaque it is, always fully), is left out. That needs no unpacking of
the rows: PNG filters work on each of the four bytes by itself.
"""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

A4 = (595, 842)
_HEAD = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_FIRST = 4  # objects 1 to 3 are the catalogue, the list of pages and the title
_RGBA = 6


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page: the picture's size in pixels and its packed rows, three bytes a pixel."""

    width: int
    height: int
    rows: bytes


def leaf_of(png: bytes) -> Leaf:
    """The page of a PNG with 8 bits for each of red, green, blue and opacity."""
    parts = list(_parts(png))
    width, height, bits, kind = struct.unpack(">IIBB", parts[0][1][:10])
    assert (bits, kind) == (8, _RGBA), "the drawer draws in these"
    raw = zlib.decompress(b"".join(data for name, data in parts if name == b"IDAT"))
    step = width * 4 + 1
    rows = (_opaque(raw[at : at + step]) for at in range(0, len(raw), step))
    return Leaf(width, height, zlib.compress(b"".join(rows)))


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        yield name, png[at + 8 : at + 8 + size]
        at += size + 12


def _opaque(row: bytes) -> bytes:
    """The row's filter, then its pixels without their fourth bytes."""
    pixels = bytearray((len(row) - 1) // 4 * 3)
    for place in range(3):
        pixels[place::3] = row[1 + place :: 4]
    return row[:1] + bytes(pixels)


def pdf(leaves: Sequence[Leaf], *, title: str, language: str) -> bytes:
    """The file: A4 pages, each filled by its picture."""
    objects = [
        _catalogue(language),
        _pages(len(leaves)),
        b"<< /Title <%s> >>" % ("\ufeff" + title).encode("utf-16-be").hex().encode(),
    ]
    for number, leaf in enumerate(leaves):
        objects += _leaf(leaf, _FIRST + 3 * number)
    return _file(objects)


def _catalogue(language: str) -> bytes:
    return b"<< /Type /Catalog /Pages 2 0 R /Lang (%s) >>" % language.encode()


def _pages(count: int) -> bytes:
    kids = " ".join(f"{_FIRST + 3 * number} 0 R" for number in range(count))
    return b"<< /Type /Pages /Count %d /Kids [%s] >>" % (count, kids.encode())


def _leaf(leaf: Leaf, number: int) -> tuple[bytes, bytes, bytes]:
    """The page, what is drawn on it, and the picture."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
        b"/Resources << /XObject << /P %d 0 R >> >> >>" % (*A4, number + 1, number + 2)
    )
    drawn = b"q %d 0 0 %d 0 0 cm /P Do Q" % A4
    form = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB "
        b"/BitsPerComponent 8 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 "
        b"/BitsPerComponent 8 /Columns %d >>" % (leaf.width, leaf.height, leaf.width)
    )
    return page, _stream(b"", drawn), _stream(form, leaf.rows)


def _stream(form: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (form, len(data), data)


def _file(objects: list[bytes]) -> bytes:
    """All objects, then the table of where each begins."""
    made, places = bytearray(_HEAD), []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(made) + end + trailer % (count, len(made))
