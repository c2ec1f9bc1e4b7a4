"""``newsdash man`` and ``newsdash completion``: both are made from the command line itself."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator, Mapping

from store import __version__

Parsers = Mapping[str, argparse.ArgumentParser]


def man(options: argparse.Namespace) -> int:
    """Print the manual page, in the language of man. ``options.parser`` is the whole command line."""
    print("\n".join(_page(options.parser)))
    return 0


def completion(options: argparse.Namespace) -> int:
    """Print the script that completes newsdash's command line in a shell."""
    script = {"bash": _bash, "zsh": _zsh, "fish": _fish}[options.shell]
    print("\n".join(script(options.parser)))
    return 0


def subcommands(parser: argparse.ArgumentParser) -> Parsers:
    """The parsers of a parser's commands, by name."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return action.choices
    return {}


def summaries(parser: argparse.ArgumentParser) -> Mapping[str, str]:
    """What each command does, in a few words."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return {choice.dest: choice.help or "" for choice in action._choices_actions}
    return {}


def flags(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.option_strings]


# --- the manual page ------------------------------------------------------------------------------------------


def _page(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield f'.TH NEWSDASH 1 "" "newsdash {__version__}" "User Commands"'
    yield from (".SH NAME", rf"newsdash \- {_roff(parser.description or '')}")
    yield from (".SH SYNOPSIS", r".B newsdash", r"[\fICOMMAND\fR [\fIARGUMENT\fR ...]]")
    yield ".SH DESCRIPTION"
    yield "Without a command it opens the dashboard; ? shows the keys there."
    yield from _options(parser)
    yield ".SH COMMANDS"
    for name, sub in subcommands(parser).items():
        usage = " ".join(sub.format_usage().removeprefix("usage: ").split())
        yield from (f".SS {_roff(name)}", rf".B {_roff(usage)}", ".PP", _roff(sub.description or ""))
        yield from _options(sub)
    yield from (
        ".SH EXIT STATUS",
        "0 when all went well, 1 when something could not be done, 2 for a wrong command line.",
    )
    yield from (".SH ENVIRONMENT", ".TP", ".B NEWSDASH_HOME", "A folder for configuration, data and cache together.")


def _options(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        names = ", ".join(action.option_strings) or str(action.metavar or action.dest)
        value = f" {action.metavar or action.dest.upper()}" if action.option_strings and action.nargs != 0 else ""
        yield from (".TP", rf"\fB{_roff(names + value)}\fR", _roff(action.help or ""))


def _roff(text: str) -> str:
    """Text that roff prints as it is; no line of it begins a request."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("%%", "%")
    return rf"\&{text}" if text[:1] in (".", "'") else text


# --- completion -----------------------------------------------------------------------------------------------


def _words(parser: argparse.ArgumentParser) -> str:
    """Everything that may stand behind a command: its options and the values to choose from."""
    words = [name for action in flags(parser) for name in action.option_strings]
    words += [str(choice) for action in parser._actions if not action.option_strings for choice in action.choices or ()]
    return " ".join(words)


def _bash(parser: argparse.ArgumentParser) -> Iterator[str]:
    names = subcommands(parser)
    top = f"{' '.join(names)} {' '.join(name for action in flags(parser) for name in action.option_strings)}"
    yield '# newsdash completion for bash: eval "$(newsdash completion bash)"'
    yield "_newsdash() {"
    yield '    local here="${COMP_WORDS[COMP_CWORD]}" words files='
    yield '    case "${COMP_CWORD}:${COMP_WORDS[1]}" in'
    yield f"        1:*) words={shlex.quote(top)} ;;"
    for name, sub in names.items():
        files = " files=-f" if _takes_files(sub) else ""
        yield f"        *:{name}) words={shlex.quote(_words(sub))}{files} ;;"
    yield "    esac"
    yield '    COMPREPLY=($(compgen $files -W "$words" -- "$here"))'
    yield "}"
    yield "complete -F _newsdash newsdash"


def _zsh(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield "#compdef newsdash"
    yield "_newsdash() {"
    yield "    local -a commands"
    yield "    commands=("
    for name, summary in summaries(parser).items():
        yield f"        {shlex.quote(f'{name}:{summary}')}"
    yield "    )"
    yield "    if (( CURRENT == 2 )); then _describe command commands; return; fi"
    yield '    case "$words[2]" in'
    for name, sub in subcommands(parser).items():
        files = "; _files" if _takes_files(sub) else ""
        yield f"        {name}) compadd -- {_words(sub)}{files} ;;"
    yield "    esac"
    yield "}"
    yield "compdef _newsdash newsdash"


def _fish(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield "complete -c newsdash -f"
    for name, summary in summaries(parser).items():
        yield f"complete -c newsdash -n __fish_use_subcommand -a {name} -d {shlex.quote(summary)}"
    for name, sub in subcommands(parser).items():
        here = f"complete -c newsdash -n '__fish_seen_subcommand_from {name}'"
        if _takes_files(sub):
            yield f"{here} -F"
        for action in sub._actions:
            for option in action.option_strings:
                kind = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
                yield f"{here} {kind} -d {shlex.quote(action.help or '')}"
            for choice in (action.choices or ()) if not action.option_strings else ():
                yield f"{here} -a {choice}"


def _takes_files(parser: argparse.ArgumentParser) -> bool:
    return any(action.metavar in ("PATH", "FILE") for action in parser._actions)
