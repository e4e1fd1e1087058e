"""The command line: `concord check`, `authority`, `clocks`, `matter`, `route`, `serve` and more."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from concord.cli.arguments import parser
from concord.cli.printing import Failed, say_failed


def main(words: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code.

    0 all is well (or the answer is *stands*); 1 something must be mended, or *refused*; 2 the
    command was not understood; 3 *not stated*; 4 *needs*.
    """
    asked = parser().parse_args(words)
    try:
        code: int = asked.run(asked)
    except Failed as failure:
        return say_failed(failure)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
