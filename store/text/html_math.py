"""Formulas in MathML on their way to text: ``x^2``, ``a/b``, ``√(x)``, each once."""

from __future__ import annotations

SEPARATORS = {"msup": ("^",), "msub": ("_",), "msubsup": ("_", "^"), "mfrac": ("/",), "mroot": ("^1/",)}
"""What stands between the children of an element."""
ELEMENTS = frozenset(
    (
        *SEPARATORS,
        *("mi", "mn", "mo", "ms", "mtext", "mrow", "mstyle", "mpadded", "msqrt", "mfenced", "merror", "semantics"),
        *("mover", "munder", "munderover", "mtable", "mtr", "mtd", "menclose"),
    )
)


class MathStack:
    """The open elements of a formula."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []

    def start(self, tag: str) -> str:
        """An element begins; returns the text that stands before it."""
        before = ""
        if self._open:
            parent, children = self._open[-1]
            self._open[-1] = parent, children + 1
            separators = SEPARATORS.get(parent, ())
            if 0 < children <= len(separators):
                before = separators[children - 1]
            elif parent == "mtr" and children:
                before = " "
        self._open.append((tag, 0))
        grouped = bool(before) and tag in ("mrow", "mfrac")
        return before + ("√(" if tag == "msqrt" else "(" if grouped else "")

    def end(self, tag: str) -> str:
        """The innermost element ends; returns the text that stands after it."""
        if not self._open or self._open[-1][0] != tag:
            return ""
        self._open.pop()
        if tag == "msqrt":
            return ")"
        if self._open and tag in ("mrow", "mfrac"):
            parent, children = self._open[-1]
            if 1 < children <= len(SEPARATORS.get(parent, ())) + 1:
                return ")"
        return ""
