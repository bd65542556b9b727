"""What a PDF says, read back from its bytes: as text, as places on pages, and as software that reads aloud meets it."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2

CONTENT_BEGINS, CONTENT_ENDS = {"BMC", "BDC"}, "EMC"
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
PARTS = {
    "/Table": {"/Caption", "/THead", "/TBody"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/L": {"/LI"},
    "/LI": {"/Lbl", "/LBody"},
}
"""What an element of the structure may hold, where PDF/UA says so."""


HYPHENS_AT_THE_END = str.maketrans({"\ufffe": "-", "\x02": "-"})
"""What PDFium reads there."""


class Box(NamedTuple):
    """A run of text on a page, in points from the page's left foot."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    text: str

    def is_within(self, left: float, bottom: float, right: float, top: float) -> bool:
        return left <= self.left and self.right <= right and bottom <= self.bottom and self.top <= top

    def covers(self, other: "Box") -> bool:
        """Whether letters of both stand over each other by more than a point."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide > 1 and high > 1


def texts(content: bytes) -> tuple[str, ...]:
    """The text of each page, with single spaces."""
    read = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return tuple(" ".join(text.translate(HYPHENS_AT_THE_END).split()) for text in read)


def boxes(content: bytes) -> Iterator[list[Box]]:
    """The runs of text of each page."""
    for number, page in enumerate(pypdfium2.PdfDocument(content), 1):
        read = page.get_textpage()
        places = [read.get_rect(place) for place in range(read.count_rects())]
        yield [Box(number, *place, read.get_text_bounded(*place)) for place in places]


def bookmarks(content: bytes) -> dict[str, int]:
    """The page of each bookmark, from 1."""
    entries = pypdfium2.PdfDocument(content).get_toc()
    return {entry.get_title(): entry.get_dest().get_index() + 1 for entry in entries}


def heights(content: bytes) -> dict[str, float]:
    """How far above its page's foot each bookmark leads, in points."""
    entries = pypdfium2.PdfDocument(content).get_toc()
    return {entry.get_title(): entry.get_dest().get_view()[1][1] for entry in entries}


def elements(document: pikepdf.Pdf, tag: str = "") -> list[pikepdf.Dictionary]:
    """The structure elements, or those with a tag, in the order in which they are read."""
    return [found for found in _under(document.Root.StructTreeRoot) if tag in ("", found.S)]


def _under(element: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    for part in children(element):
        yield part
        yield from _under(part)


def children(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """The elements it holds, without content and links' places."""
    return [part for part in _held(element) if isinstance(part, pikepdf.Dictionary) and "/S" in part]


def _held(element: pikepdf.Dictionary) -> list[Any]:
    held = element.get("/K", [])
    return list(held) if isinstance(held, pikepdf.Array) else [held]


def misplaced(document: pikepdf.Pdf) -> list[tuple[str, str]]:
    """Elements that stand where none of their kind may."""
    pairs = [(str(each.S), str(part.S)) for each in elements(document) for part in children(each)]
    return [(whole, part) for whole, part in pairs if part not in PARTS.get(whole, {part})]


def rows_of_html(html: str, part: str = "tbody") -> list[list[str]]:
    """The cells of each row of each table's body, or of its head."""
    bodies = re.findall(rf"<{part}>(.*?)</{part}>", html, re.DOTALL)
    lines = [line for body in bodies for line in re.findall(r"<tr.*?>(.*?)</tr>", body, re.DOTALL)]
    return [[_plain(cell) for cell in re.findall(r"<t[hd]\b.*?>(.*?)</t[hd]>", line, re.DOTALL)] for line in lines]


def _plain(cell: str) -> str:
    return " ".join(unescape(re.sub(r"<.*?>", " ", cell)).split())


def rows(content: bytes, part: str = "/TBody") -> list[list[str]]:
    """The cells of each row of each table's body, or of its head, as they are read aloud."""
    document, said = open_pdf(content), _said(content)
    pages = {page.objgen: number for number, page in enumerate(document.pages)}

    def text(element: pikepdf.Dictionary, page: int | None = None) -> str:
        here = pages[element.Pg.objgen] if "/Pg" in element else page
        return " ".join(told(held, here) for held in _held(element))

    def told(held: Any, page: int | None) -> str:
        if isinstance(held, int):
            return said.get((page, held), "")
        return text(held, page) if "/S" in held else said.get((pages[held.Pg.objgen], int(held.get("/MCID", -1))), "")

    bodies = [row for body in elements(document, part) for row in children(body)]
    return [[" ".join(text(cell).split()) for cell in children(row)] for row in bodies]


def _said(content: bytes) -> dict[tuple[int | None, int], str]:
    """The text of each marked part of each page."""
    said: dict[tuple[int | None, int], str] = {}
    for number, page in enumerate(pypdfium2.PdfDocument(content)):
        read = page.get_textpage()
        for shown in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=read):
            mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(shown)
            said[number, mark] = said.get((number, mark), "") + shown.extract().translate(HYPHENS_AT_THE_END)
    return said


def headings(document: pikepdf.Pdf) -> list[int]:
    """The level of each heading, in order."""
    return [int(str(found.S)[2:]) for found in elements(document) if str(found.S) in ("/H1", "/H2", "/H3", "/H4")]


def headed(cell: pikepdf.Dictionary) -> bool:
    """Whether a cell names its heads."""
    return "/Headers" in cell.get("/A", {})


def untagged(page: pikepdf.Page) -> int:
    """How often the page shows text that is neither part of the structure nor marked as decoration."""
    depth = found = 0
    for _operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        depth += (name in CONTENT_BEGINS) - (name == CONTENT_ENDS)
        found += name in SHOWS_TEXT and depth == 0
    return found


def fonts(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [each for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/FontName" in each]


def is_embedded(font: pikepdf.Dictionary) -> bool:
    return "/FontFile2" in font or "/FontFile3" in font


def open_pdf(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))
