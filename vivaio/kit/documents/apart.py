"""A program of its own, run by `press`: what to set comes in as JSON, the document goes out.

It ends with 1, and the compiler's words, where the compiler refuses.
"""

import json
import sys

import typst


def run() -> int:
    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=asked["faces"])
    compiler = typst.Compiler(
        input=asked["input"], root=asked["root"], font_paths=fonts, ignore_system_fonts=True
    )
    try:
        document = compiler.compile(**asked["how"])
    except typst.TypstError as error:
        sys.stderr.write(error.diagnostic)
        return 1
    sys.stdout.buffer.write(document)
    return 0


if __name__ == "__main__":
    sys.exit(run())
