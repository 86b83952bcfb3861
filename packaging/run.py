"""Set mmsearch up and start it: ``python3 packaging/run.py [ARGUMENTS OF mmsearch]``.

The first run makes the virtual environment .venv and installs everything into it; later runs
start at once. Without arguments the window opens; where there is no display, the sample
collection is indexed and searched instead, to show that all is well.
"""

import os
import subprocess
import sys

import python_version

python_version.check("run.py")

import setup_environment  # noqa: E402  (it needs the Python just checked)

SAMPLES = setup_environment.ROOT / "resources" / "samples"
SAMPLE_FOLDERS = ("pictures", "videos", "sounds", "code")
SAMPLE_LIBRARY = setup_environment.ROOT / ".cache" / "sample-library"

# One for each kind of file, one for all kinds together, and one by an example instead of words.
SAMPLE_SEARCHES = (
    ("--type", "image", "snowy mountains"),
    ("--type", "video", "a bouncing ball"),
    ("--type", "audio", "heavy rain"),
    ("--type", "code", "find a value in a sorted list"),
    ("clock on the wall",),
    ("--like", str(SAMPLES / "pictures" / "football.jpg")),
)


def main(arguments: list[str]) -> int:
    """Set up, then hand over to mmsearch."""
    setup_environment.ensure(for_tests=False)
    program = setup_environment.program("mmsearch")
    if arguments or has_display(sys.platform, dict(os.environ)):
        return setup_environment.replace_process([*program, *arguments])
    return show_samples(program)


def has_display(platform: str, environment: dict[str, str]) -> bool:
    """Tell whether a window can open: on Linux only under X11 or Wayland."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def show_samples(program: list[str]) -> int:
    """Index the sample collection and print some searches with their results."""
    print("There is no display for the window, so here is the sample collection.\n", flush=True)
    folders = [str(SAMPLES / name) for name in SAMPLE_FOLDERS]
    code = run_shown(program, ["index", *folders])
    for words in SAMPLE_SEARCHES:
        code = code or run_shown(program, ["search", "--limit", "3", *words])
    if code == 0:
        print_next_steps()
    return code


def run_shown(program: list[str], arguments: list[str]) -> int:
    """Print a command as one would type it, and run it on the sample library."""
    shown = [argument if " " not in argument else f'"{argument}"' for argument in arguments]
    print("$ mmsearch", " ".join(shown), flush=True)
    library = ["--library", str(SAMPLE_LIBRARY)]
    code = subprocess.run([*program, *library, *arguments], check=False).returncode
    print(flush=True)
    return code


def print_next_steps() -> None:
    """Say how to go on with one's own files."""
    start = f"{os.path.basename(sys.executable)} {os.path.relpath(__file__)}"
    print("Now your own files (they are only read, never changed):")
    print(f"  {start} index FOLDER...")
    print(f'  {start} search "what you are looking for"')


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
