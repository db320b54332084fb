"""The font that pictures are lettered in: the only module that imports its package."""

from pathlib import Path

import pylopdf_fonts_zh_cn


def font_file() -> Path:
    """Return the file of the Chinese font."""
    return Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
