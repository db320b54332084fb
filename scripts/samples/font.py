"""A small TrueType font with the characters of one document, cut from Noto Sans SC.

The package's font has PostScript outlines, which reportlab does not embed.
"""

from io import BytesIO

from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-untyped]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-untyped]
from pylopdf_fonts_zh_cn import sans_path

TRUETYPE = "\0\1\0\0"
KEPT_TABLES = ("head", "hhea", "maxp", "OS/2", "name", "cmap", "post", "hmtx")
NAME_IDS = frozenset({1, 4, 6})  # family, full name, PostScript name
COARSEST = 1.0  # units of 1/1000 em that a curve may move by when it becomes quadratic


def characters_to_font(characters: str, *, name: str) -> bytes:
    """Return a TrueType font of this name that holds these characters."""
    font = TTFont(sans_path(), recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False, glyph_names=False)
    subsetter = Subsetter(options=options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    to_truetype(font)
    for record in font["name"].names:
        if record.nameID in NAME_IDS:
            record.string = name
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def to_truetype(font: TTFont) -> None:
    """Change a font's cubic outlines into quadratic ones."""
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(None)
        outlines[name].draw(Cu2QuPen(pen, COARSEST, reverse_direction=True))
        table.glyphs[name] = pen.glyph()
        table.glyphs[name].recalcBounds(table)
    font["loca"], font["glyf"] = newTable("loca"), table
    for tag in set(font.keys()) - {*KEPT_TABLES, "GlyphOrder", "loca", "glyf"}:
        del font[tag]
    font["hmtx"].metrics = {
        name: (width, table[name].xMin) for name, (width, _) in font["hmtx"].metrics.items()
    }
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    profile.maxZones = 1
    for field in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
    ):  # fmt: skip
        setattr(profile, field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = TRUETYPE
