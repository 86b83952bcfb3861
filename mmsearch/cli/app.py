"""The command ``mmsearch``: its options, its commands, and how errors reach the user."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path
from typing import Any

import click

from mmsearch import __version__
from mmsearch.errors import QueryError, UserError

EXIT_ERROR = 1
EXIT_SOME_UNREADABLE = 3
EXIT_INTERRUPTED = 130

library_option = click.option(
    "--library",
    "library_path",
    type=click.Path(path_type=Path, file_okay=False),
    help="The library's folder (default: MMSEARCH_LIBRARY, or your default library).",
)

_SUMMARIES = {
    "index": "Add folders to the library and index them.",
    "search": "Search by text, by example, or both.",
    "status": "Show what the library holds.",
    "errors": "List the files that could not be read.",
    "adapt": "Learn from what your files are called.",
    "models": "List, add, get, choose and remove models.",
    "eval": "Measure how well queries with known answers are answered.",
    "doctor": "Check the installation and the library, and repair it.",
    "backup": "Save the library to one file.",
    "restore": "Make a library of such a file.",
    "export": "Write the index as Parquet.",
}


class _Commands(click.Group):
    """Loads each command only when it is called, so that search and --help start quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_SUMMARIES)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_SUMMARIES.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _SUMMARIES:
            return None
        import importlib

        module = importlib.import_module(f"mmsearch.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command


@click.group(
    cls=_Commands, invoke_without_command=True, context_settings={"max_content_width": 100}
)
@library_option
@click.version_option(__version__, prog_name="mmsearch")
@click.pass_context
def commands(context: click.Context, library_path: Path | None) -> None:
    """Search your own pictures, video, sound and source code by meaning, offline.

    Without a command, the window opens.

    Exit codes: 0 all went well, 1 an error, 2 wrong usage, 3 indexed, but some files could not be
    read (see: mmsearch errors), 130 interrupted.
    """
    context.obj = library_path
    if context.invoked_subcommand is None:
        from mmsearch.gui.app import run_window

        context.exit(run_window(library_path))


def chosen_library(context: click.Context, library_path: Path | None) -> Path | None:
    """The library named behind the command, or else before it."""
    before: Path | None = context.obj
    return library_path or before


def main(arguments: list[str] | None = None) -> int:
    """Run the program and return its exit code; errors of the world become one line or two."""
    try:
        result: Any = commands.main(arguments, prog_name="mmsearch", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except UserError as error:
        say_error(error)
        return EXIT_ERROR
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        # The reader has gone, e.g. `| head`; keep Python from complaining about it at exit.
        sys.stderr.close()
        return 0


def say_error(error: UserError) -> None:
    """Print an error and its hint to standard error; of a query also where it is wrong."""
    click.echo(f"Error: {error.message}", err=True)
    if isinstance(error, QueryError) and error.place is not None:
        click.echo(f"  {error.pointer()}".replace("\n", "\n  "), err=True)
    if error.hint:
        click.echo(f"Hint: {error.hint}", err=True)


def run() -> None:
    """Entry point of the installed command."""
    multiprocessing.freeze_support()  # a frozen program starts its decoding processes through here
    sys.exit(main())


if __name__ == "__main__":
    run()
