"""Cuts a Noto Sans SC face to the characters of GB 2312.

    python3 cut_han.py NotoSansSC_400Regular.ttf NotoSansSC-Regular-GB2312.ttf

Needs fontTools (any 4.x). Running it again on the same input gives the same bytes: the time stamp is the input's.
"""

import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Marks that the code table holds under other code points than text uses, and a few characters of common
# given names that GB 2312 lacks.
EXTRA = "—–·“”‘’…￥¥ 喆镕玥翀堃昇珺"


def characters():
    """Rows 1 to 3 (marks, numerals, full-width forms) and rows 16 to 87 (the hanzi) of GB 2312."""
    found = set(EXTRA)
    for row in [1, 2, 3, *range(16, 88)]:
        for cell in range(1, 95):
            try:
                found.add(bytes([0xA0 + row, 0xA0 + cell]).decode("gb2312"))
            except UnicodeDecodeError:
                pass  # not assigned
    hanzi = sum("\u4e00" <= ch <= "\u9fff" for ch in found - set(EXTRA))
    assert hanzi == 6763, hanzi
    return found


def main():
    source, target = sys.argv[1:]
    options = Options()
    options.hinting = False
    options.layout_features = []  # shaping is then a look-up in cmap and hmtx
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG", "DSIG", "meta"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.name_languages = [0x409]
    options.notdef_outline = True
    options.glyph_names = False
    options.canonical_order = True
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord(ch) for ch in characters()])
    subsetter.subset(font)
    font.save(target)


if __name__ == "__main__":
    main()
