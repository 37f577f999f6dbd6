"""The names of WordprocessingML, and how its on/off values and measures are read."""

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICE, FALLBACK, ALTERNATE = f"{_MC}Choice", f"{_MC}Fallback", f"{_MC}AlternateContent"
_VALUE = f"{_W}val"
_OFF = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return _W + name


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element at the end of a path of names, None where the path breaks off."""
    for name in path:
        if element is None:
            return None
        element = element.find(_W + name)
    return element


def value(element: etree._Element | None, *path: str) -> str | None:
    """The `val` of the element at the end of a path, None where there is none."""
    found = child(element, *path)
    return None if found is None else found.get(_VALUE)


def number(element: etree._Element | None, *path: str) -> int | None:
    """The `val` at the end of a path as a whole number, None where there is none."""
    return whole(value(element, *path))


def whole(text: str | None) -> int | None:
    """A text of at most nine digits as a number, None for another one."""
    digits = (text or "").removeprefix("-")
    return int(text or "") if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None


def switch(element: etree._Element | None, name: str) -> bool | None:
    """Whether a property such as `b` is on; None where it is not there."""
    found = child(element, name)
    return None if found is None else is_on(found.get(_VALUE))


def is_on(text: str | None) -> bool:
    """Whether the `val` of an on/off property says on, as it does where there is none."""
    return (text or "1").lower() not in _OFF
