"""How pictures look: the sizes of texts, and colours for light paper and for dark."""

from __future__ import annotations

from enum import Enum

from wicgraph.publishing.drawing.measuring import measure


class Style(Enum):
    """How a text looks: the size of its letters, its line, and whether it is bold."""

    TITLE = (16, 22, True)
    HEADING = (12, 20, True)
    NAME = (13, 18, False)
    NOTE = (11, 15, False)

    @property
    def size(self) -> int:
        """The size of the letters."""
        return self.value[0]

    @property
    def leading(self) -> int:
        """The height of a line."""
        return self.value[1]

    @property
    def is_bold(self) -> bool:
        """Whether the letters are bold."""
        return self.value[2]

    def measure(self, text: str) -> float:
        """Return how wide a text is at most."""
        return measure(text, self.size, bold=self.is_bold)


# A kind's colour on light paper, then on dark; both stand out from the paper by 3 to 1.
_KINDS = {
    "event": ("#1f6feb", "#6cb0ff"),
    "person": ("#1a7f5a", "#4fcb96"),
    "organization": ("#b35900", "#f0a04b"),
    "post": ("#b3306b", "#f283b5"),
    "group": ("#8a5a2b", "#cfa070"),
    "place": ("#7a3fd0", "#b794f6"),
    "topic": ("#57707a", "#9fb6c0"),
    "report": ("#57707a", "#9fb6c0"),
}
_FONTS = (
    'system-ui,-apple-system,"Segoe UI","Noto Sans","PingFang SC","Microsoft YaHei",'
    '"Noto Sans CJK SC",sans-serif'
)
_LIGHT = """\
.paper{fill:#ffffff}
.box{fill:#f6f8fa;stroke:#d0d7de}
.bar{fill:#8c959f}
.edge{fill:none;stroke:#8c959f;stroke-width:1.5}
.inferred{stroke-dasharray:5 4}
text{fill:#1f2328}
.note{fill:#57606a}
"""
_DARK = """\
.paper{fill:#0d1117}
.box{fill:#161b22;stroke:#3d444d}
.bar{fill:#8b949e}
.edge{stroke:#8b949e}
text{fill:#e6edf3}
.note{fill:#a5b0bb}
"""


def _scoped(rules: str) -> str:
    """Keep rules from reaching out of the picture into a page around it."""
    return "".join(
        ",".join(f".wicgraph {part}" for part in names.split(",")) + "{" + body + "\n"
        for names, _, body in (line.partition("{") for line in rules.splitlines())
    )


def _kinds(place: int) -> str:
    return "".join(
        f".bar.{kind}{{fill:{colours[place]}}}\n.edge.{kind}{{stroke:{colours[place]}}}\n"
        f".heading.{kind}{{fill:{colours[place]}}}\n"
        for kind, colours in _KINDS.items()
    )


def _sizes() -> str:
    return "".join(
        f".{style.name.lower()}{{font-size:{style.size}px"
        f"{';font-weight:700' if style.is_bold else ''}}}\n"
        for style in Style
    )


SHEET = (
    f".wicgraph{{font-family:{_FONTS}}}\n"
    + _scoped(_sizes() + _LIGHT + _kinds(0))
    + "@media screen and (prefers-color-scheme:dark){\n"
    + _scoped(_DARK + _kinds(1))
    + "}\n"
)
