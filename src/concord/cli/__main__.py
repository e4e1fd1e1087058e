"""Lets `python -m concord.cli` run the command line."""

import sys

from concord.cli import main

sys.exit(main())
