"""PDF pages as offices print them: ruled lines and Russian text, read by code and not by the shapes of letters."""

from __future__ import annotations

from dataclasses import dataclass, field

WIDE = 500  # a letter, in thousandths of its height
MAP = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n{} endcmap end end"
)


@dataclass
class Page:
    """A page of so many points; what is on it is counted from its lower left corner."""

    width: int
    height: int
    inside: list[str] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)

    def text(self, x, y, size, said):
        """Write a line of text."""
        self.letters |= set(said)
        code = said.encode("utf-16-be").hex()
        self.inside.append(f"BT /F {size} Tf {x:.2f} {y:.2f} Td <{code}> Tj ET")

    def rule(self, x, y, right, top):
        """Draw a line."""
        self.inside.append(f"{x:.2f} {y:.2f} m {right:.2f} {top:.2f} l S")


def pdf(*pages):
    """Return the pages as a file."""
    letters = sorted(set().union(*(page.letters for page in pages)))
    named = "\n".join(f"1 beginbfchar <{ord(each):04X}> <{ord(each):04X}> endbfchar" for each in letters)
    kids = [f"{6 + 2 * at} 0 R" for at in range(len(pages))]
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(kids)}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /DejaVuSans /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /DejaVuSans /DW {WIDE} "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            "/FontDescriptor << /Type /FontDescriptor /FontName /DejaVuSans /Flags 4 /Ascent 800 /Descent -200 >> >>"
        ),
        _stream(MAP.format(named)),
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] "
            f"/Resources << /Font << /F 3 0 R >> >> /Contents {7 + 2 * at} 0 R >>"
        )
        objects.append(_stream("\n".join(page.inside)))
    return _file(objects)


def _stream(text):
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def _file(objects):
    told, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(f"{len(told):010} 00000 n \n")
        told += f"{number} 0 obj\n{each}\nendobj\n"
    size = len(objects) + 1
    told += f"xref\n0 {size}\n0000000000 65535 f \n{''.join(places)}"
    tail = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{told.index('xref')}\n%%EOF\n"
    return (told + tail).encode("ascii")
