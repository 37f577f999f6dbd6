"""Damaged copies of files: bytes, PDF objects and streams, members of archives, and text."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[random.Random, bytes, bytes], bytes]
"""A damaged copy of the first file, perhaps with something of the second."""

_NUMBER = re.compile(rb"\d+")
_REFERENCE = re.compile(rb"(\d+) (\d+) R\b")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NAME = re.compile(rb"/[A-Za-z]{2,}")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_ODD_NUMBERS = (b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967295", b"99999999999999999999", b"1e308", b"0.0001")
_ODD_TEXT = (
    "\u202e\u2066",
    "\ufeff",
    "\0",
    "\x1b[31m",
    "e\u0301" * 50,
    "\u00ad" * 20,
    "|" * 300,
    "." * 500,
    "- " * 400,
    "1.1.1.1.1.1 ",
    "\u200b",
    "\f",
    "\r",
    "\u2028",
    "\U0001f600",
    "A" * 5000,
    "\n" * 400,
    "#" * 60,
    "> " * 300,
    "\t" * 200,
)


def mutated(choice: random.Random, data: bytes, other: bytes) -> tuple[bytes, str]:
    """A damaged copy, and how it was made: one to three mutations that suit the file."""
    suited = [*_ANY]
    if data.startswith(b"PK"):
        suited += _ARCHIVE * 2
    elif b"%PDF-" in data[:1024]:
        suited += _PDF * 2
    else:
        suited += _TEXT * 2
    names = []
    for _ in range(choice.choice((1, 1, 1, 2, 3))):
        mutation = choice.choice(suited)
        names.append(mutation.__name__)
        data = mutation(choice, data, other) if data else other
    return data, "+".join(names)


def flip_bytes(choice: random.Random, data: bytes, other: bytes) -> bytes:
    copy = bytearray(data)
    for _ in range(choice.choice((1, 2, 5, 20, 200))):
        copy[choice.randrange(len(copy))] = choice.randrange(256)
    return bytes(copy)


def cut_the_end(choice: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: choice.randrange(len(data))]


def cut_a_piece(choice: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = _piece(choice, data)
    return data[:start] + data[end:]


def repeat_a_piece(choice: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = _piece(choice, data)
    return data[:end] + data[start:end] * choice.choice((1, 2, 10)) + data[end:]


def swap_pieces(choice: random.Random, data: bytes, other: bytes) -> bytes:
    first, second, third = sorted(choice.randrange(len(data) + 1) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def splice(choice: random.Random, data: bytes, other: bytes) -> bytes:
    start, end = _piece(choice, other)
    place = choice.randrange(len(data) + 1)
    return data[:place] + other[start:end] + data[place:]


def prepend(choice: random.Random, data: bytes, other: bytes) -> bytes:
    return choice.randbytes(choice.choice((1, 10, 900, 2000))) + data


def change_numbers(choice: random.Random, data: bytes, other: bytes) -> bytes:
    return _replace_some(choice, _NUMBER, data, lambda _: choice.choice(_ODD_NUMBERS))


def change_references(choice: random.Random, data: bytes, other: bytes) -> bytes:
    targets = [match[1] for match in _REFERENCE.finditer(data)] or [b"1"]
    return _replace_some(choice, _REFERENCE, data, lambda _: choice.choice((*targets, b"0", b"999999")) + b" 0 R")


def change_names(choice: random.Random, data: bytes, other: bytes) -> bytes:
    names = _NAME.findall(data) or [b"/Kids"]
    return _replace_some(choice, _NAME, data, lambda _: choice.choice(names))


def change_a_stream(choice: random.Random, data: bytes, other: bytes) -> bytes:
    """What is in a packed stream, which bytes on the outside never reach."""
    streams = [match for match in _STREAM.finditer(data) if _unpacked(match[1]) is not None]
    if not streams:
        return flip_bytes(choice, data, other)
    match = choice.choice(streams)
    inside = _unpacked(match[1])
    if not inside:
        return flip_bytes(choice, data, other)
    change = choice.choice((flip_bytes, cut_the_end, cut_a_piece, repeat_a_piece, change_numbers, change_names))
    return data[: match.start(1)] + zlib.compress(change(choice, inside, other)) + b"\n" + data[match.end(1) :]


def change_a_member(choice: random.Random, data: bytes, other: bytes) -> bytes:
    """What is in one part of an archive, written anew."""
    return _rewritten(choice, data, other, _changed_member)


def change_members(choice: random.Random, data: bytes, other: bytes) -> bytes:
    """Parts left out, doubled or under the name of another."""
    return _rewritten(choice, data, other, _changed_members)


def odd_text(choice: random.Random, data: bytes, other: bytes) -> bytes:
    for _ in range(choice.choice((1, 3, 10))):
        place = choice.randrange(len(data) + 1)
        data = data[:place] + choice.choice(_ODD_TEXT).encode() + data[place:]
    return data


def change_tags(choice: random.Random, data: bytes, other: bytes) -> bytes:
    tags = _TAG.findall(data) or [b"<table>", b"<td>", b"</p>", b"<li>"]
    return _replace_some(choice, _TAG, data, lambda _: choice.choice((b"", b"<", *tags)))


def nest(choice: random.Random, data: bytes, other: bytes) -> bytes:
    tag = choice.choice((b"<div>", b"<table><tr><td>", b"<ul><li>", b"<b>", b"[[", b"<< /A "))
    place = choice.randrange(len(data) + 1)
    return data[:place] + tag * choice.choice((30, 3000)) + data[place:]


_ANY: list[Mutation] = [flip_bytes, cut_the_end, cut_a_piece, repeat_a_piece, swap_pieces, splice, prepend]
_PDF: list[Mutation] = [change_numbers, change_references, change_names, change_a_stream, change_a_stream, nest]
_ARCHIVE: list[Mutation] = [change_a_member, change_a_member, change_a_member, change_members]
_TEXT: list[Mutation] = [odd_text, change_tags, nest, change_numbers]


def _piece(choice: random.Random, data: bytes) -> tuple[int, int]:
    start = choice.randrange(len(data) + 1)
    return start, min(len(data), start + choice.choice((1, 8, 100, 2000, 50_000)))


def _replace_some(
    choice: random.Random, pattern: re.Pattern[bytes], data: bytes, new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    chosen = sorted(choice.sample(found, min(len(found), choice.choice((1, 2, 10)))), key=lambda match: match.start())
    parts, at = [], 0
    for match in chosen:
        parts += [data[at : match.start()], new(match)]
        at = match.end()
    return b"".join([*parts, data[at:]])


def _unpacked(content: bytes) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(content, 1 << 20)
    except zlib.error:
        return None


def _changed_member(choice: random.Random, members: list[tuple[str, bytes]], other: bytes) -> None:
    place = choice.randrange(len(members))
    name, content = members[place]
    change = choice.choice((change_tags, change_numbers, odd_text, nest, *_ANY))
    members[place] = (name, change(choice, content or b"x", other))


def _changed_members(choice: random.Random, members: list[tuple[str, bytes]], other: bytes) -> None:
    place = choice.randrange(len(members))
    match choice.randrange(4):
        case 0:
            del members[place]
        case 1:
            members[place] = (choice.choice(members)[0], members[place][1])
        case 2:
            members[place] = ("../../" + members[place][0], members[place][1])
        case 3:
            members.insert(place, (f"word/{place}.xml", other))


def _rewritten(
    choice: random.Random,
    data: bytes,
    other: bytes,
    change: Callable[[random.Random, list[tuple[str, bytes]], bytes], None],
) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return flip_bytes(choice, data, other)
    if not members:
        return data
    change(choice, members, other)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", choice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as archive:
        written = set()
        for name, content in members:
            if name not in written:  # zipfile warns of doubles
                archive.writestr(zipfile.ZipInfo(name), content, archive.compression)  # which holds no time of now
                written.add(name)
    return out.getvalue()
