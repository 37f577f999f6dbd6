"""Pictures as PNG (ISO/IEC 15948), written with zlib alone."""

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOUR = 0, 2
_CHANNELS = 3
_LEVEL = 6
_FEWER_SHADES = bytes(value & 0xF0 | value >> 4 for value in range(256))


def png(width: int, height: int, pixels: bytes | bytearray) -> bytes:
    """A picture of three bytes (red, green, blue) a pixel, row by row from the top left.

    In 16 shades of each, which a page of text and drawings does not show and which makes it a few times smaller; in
    grey where it has no colour.
    """
    shades = bytes(pixels).translate(_FEWER_SHADES)
    red = shades[::_CHANNELS]
    grey = red == shades[1::_CHANNELS] == shades[2::_CHANNELS]
    if grey:
        return _written(width, height, _GREY, 1, red)
    return _written(width, height, _COLOUR, _CHANNELS, shades)


def size_of(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG that `png` wrote."""
    width, height = struct.unpack_from(">II", picture, len(_SIGNATURE) + 8)
    return width, height


def _written(width: int, height: int, kind: int, channels: int, pixels: bytes) -> bytes:
    row = width * channels
    rows = b"".join(b"\0" + pixels[start : start + row] for start in range(0, row * height, row))
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, _LEVEL)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
