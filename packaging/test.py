"""Set mmsearch up for its tests and run them all: ``python3 packaging/test.py [pytest args]``.

Style, types and the rules between the packages are tests, too (tests/test_gates.py).
"""

import os
import sys

import python_version

python_version.check("test.py")

import setup_environment  # noqa: E402  (it needs the Python just checked)


def main(arguments: list[str]) -> int:
    """Set up, then hand over to pytest: its summary comes last and its exit code is ours."""
    setup_environment.ensure(for_tests=True)
    os.chdir(setup_environment.ROOT)
    python = str(setup_environment.venv_python())
    return setup_environment.replace_process([python, "-m", "pytest", "-q", *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
