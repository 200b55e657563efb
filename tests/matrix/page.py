"""compat_matrix.md, its Chinese twin and the data of ``python -m dsadapter matrix``, from
tests/matrix/results.

page.py                    print the page
page.py --write            write the three files
page.py --check            exit code 1 where one of them does not follow from the results; says
                           whether the code here is what was measured
page.py --check --current  exit code 1 as well where it is not
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # this clone's dsadapter
    from compat_matrix.command import main

    sys.exit(main(sys.argv[1:]))
