"""Lays A4 pages out on A3 sheets so that they are in order once the sheets are put in one another and folded.

The tags for screen readers are kept: each A4 page becomes a form of its own on the sheet, and what the tags say of a page
now says it of that form, so the file is still read in the order of the story and not of the sheets.
"""

import io
import re
import sys
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
)

from newsletter.printing.sheets import sides


def folded(pdf: bytes) -> bytes:
    """The pages of an A4 file on A3 sheets, printed on both sides and turned over the short edge."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    pages = list(writer.pages)
    forms = [_form_of(writer, page) for page in pages]
    wide, high = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    places: dict[int, tuple[Any, float, Any]] = {}
    sheets = []
    for numbers in sides(len(pages)):
        sheet = writer.add_blank_page(2 * wide, high)
        reference = sheet.indirect_reference
        drawn, names, notes = [], DictionaryObject(), ArrayObject()
        for side, number in enumerate(numbers):
            page, form, shift = pages[number - 1], forms[number - 1], side * wide
            names[NameObject(f"/P{number}")] = form
            drawn.append(f"q 1 0 0 1 {shift:.4f} 0 cm /P{number} Do Q")
            places[_number(page.indirect_reference)] = (reference, shift, form)
            notes.extend(_moved_notes(page, reference, shift))
        content = DecodedStreamObject()
        content.set_data("\n".join(drawn).encode())
        sheet[NameObject("/Contents")] = writer._add_object(content)
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): names})
        sheet[NameObject("/Tabs")] = NameObject("/S")
        if notes:
            sheet[NameObject("/Annots")] = notes
        sheets.append(sheet)
    root = writer._root_object
    if "/StructTreeRoot" in root:
        _move_tags(root["/StructTreeRoot"], None, places)
    _move_goals(writer, places)
    for _ in pages:
        writer.remove_page(0)
    _say_how_to_print(root, len(sheets))
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _form_of(writer: PdfWriter, page: Any) -> IndirectObject:
    """The page as a form that can be drawn anywhere; it takes the page's number in the tree of tags with it."""
    form = DecodedStreamObject()
    contents = page.get_contents()
    form.set_data(contents.get_data() if contents is not None else b"")
    made = form.flate_encode()
    made.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([FloatObject(float(edge)) for edge in page.mediabox]),
            NameObject("/Resources"): page["/Resources"],
        }
    )
    for kept in ("/StructParents", "/Group"):
        if kept in page:
            made[NameObject(kept)] = page.raw_get(kept)
    return writer._add_object(made)


def _moved_notes(page: Any, sheet: Any, shift: float) -> list[Any]:
    """The links of a page, moved to where the page is on its sheet."""
    moved = []
    for reference in page.get("/Annots", ()):
        note = reference.get_object()
        left, low, right, high = (float(edge) for edge in note["/Rect"])
        note[NameObject("/Rect")] = ArrayObject(map(FloatObject, (left + shift, low, right + shift, high)))
        corners: Any = note.get("/QuadPoints", ())
        if corners:
            points = [float(point) + (0 if at % 2 else shift) for at, point in enumerate([*corners])]
            note[NameObject("/QuadPoints")] = ArrayObject(map(FloatObject, points))
        note[NameObject("/P")] = sheet
        moved.append(reference)
    return moved


def _move_tags(element: Any, page: Any, places: dict[int, tuple[Any, float, Any]]) -> None:
    """Let an element of the tree of tags, and all below it, speak of the sheets."""
    waiting = [(element, page)]
    while waiting:
        element, page = waiting.pop()
        own = element.raw_get("/Pg") if "/Pg" in element else page
        place = places.get(_number(own))
        kids = element.get("/K")
        listed = [] if kids is None else list(kids) if isinstance(kids, ArrayObject) else [element.raw_get("/K")]
        made = ArrayObject()
        for kid in listed:
            target = kid.get_object()
            if isinstance(target, int):
                made.append(_content_of(place, target) if place else kid)
                continue
            if target.get("/Type") == "/MCR":
                there = places.get(_number(target.raw_get("/Pg") if "/Pg" in target else own))
                made.append(_content_of(there, int(target["/MCID"])) if there else kid)
                continue
            if target.get("/Type") == "/OBJR":
                there = places.get(_number(target.raw_get("/Pg") if "/Pg" in target else own))
                if there:
                    target[NameObject("/Pg")] = there[0]
            else:
                waiting.append((target, own))
            made.append(kid)
        if listed:
            element[NameObject("/K")] = made
        if "/Pg" in element and place:
            element[NameObject("/Pg")] = place[0]
        _move_box(element, place)


def _move_box(element: Any, place: tuple[Any, float, Any] | None) -> None:
    """The frame of a picture is told in the page's own measure."""
    told = element.get("/A")
    listed: list[Any] = [] if told is None else [*told] if isinstance(told, ArrayObject) else [told]
    for attributes in (one.get_object() for one in listed):
        if place and isinstance(attributes, DictionaryObject) and "/BBox" in attributes:
            box: Any = attributes["/BBox"]
            left, low, right, high = map(float, box)
            attributes[NameObject("/BBox")] = ArrayObject(
                map(FloatObject, (left + place[1], low, right + place[1], high))
            )


def _content_of(place: tuple[Any, float, Any], number: int) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/MCR"),
            NameObject("/Pg"): place[0],
            NameObject("/Stm"): place[2],
            NameObject("/MCID"): NumberObject(number),
        }
    )


def _move_goals(writer: PdfWriter, places: dict[int, tuple[Any, float, Any]]) -> None:
    """Bookmarks and named places lead to the sheet and not to the page that is no more."""
    for held in writer._objects:
        for goal in _goals_in(held):
            place = places.get(_number(goal[0])) if len(goal) > 2 else None
            if place:
                goal[0] = place[0]
                if goal[1] == "/XYZ":
                    goal[2] = FloatObject(float(goal[2]) + place[1])


def _goals_in(held: Any) -> list[ArrayObject]:
    found = []
    if isinstance(held, DictionaryObject):
        found = [held.get(name) for name in ("/Dest", "/D")]
    elif isinstance(held, ArrayObject) and len(held) > 1 and isinstance(held[0], IndirectObject):
        found = [held]
    return [goal for goal in found if isinstance(goal, ArrayObject) and len(goal) > 1 and str(goal[1])[:1] == "/"]


def _say_how_to_print(root: Any, sheets: int) -> None:
    wishes = root.get("/ViewerPreferences", DictionaryObject()).get_object()
    wishes[NameObject("/Duplex")] = NameObject("/DuplexFlipShortEdge")
    wishes[NameObject("/PrintScaling")] = NameObject("/None")
    root[NameObject("/ViewerPreferences")] = wishes
    if "/PageLabels" in root:
        del root["/PageLabels"]
    if "/Metadata" in root:
        told = root["/Metadata"].get_data()
        root["/Metadata"].set_data(re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % sheets, told))


def _number(reference: Any) -> int:
    return reference.idnum if isinstance(reference, IndirectObject) else 0


if __name__ == "__main__":
    sys.stdout.buffer.write(folded(sys.stdin.buffer.read()))
