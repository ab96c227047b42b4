"""Where results go, decided and checked before anything is read or paid for."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from summ.cli import streams
from summ.cli.files import found, is_folder
from summ.cli.naming import is_input, own_suffix
from summ.cli.output import LINES, Plan, Slot
from summ.errors import UsageError
from summ.render import SUFFIXES, TEXTS

if TYPE_CHECKING:
    from summ.config import Settings
    from summ.model import Item
    from summ.sources import Listing

_FORMAT_OF = {suffix: form for form, suffix in SUFFIXES.items()} | {".jsonl": LINES}
_FORESEEN = 1_000  # inputs whose files are looked at before the first is read


def plan(settings: Settings, inputs: Listing, *, texts: bool = False) -> Plan:
    """Decide where the results of `inputs` go.

    Args:
        settings: of the run.
        inputs: what is read.
        texts: translations alone are wanted, unless the format is JSON.

    Raises:
        UsageError: the flags contradict each other.
    """
    output = settings.output
    if output is None:
        return _to_stdout(settings, inputs, texts)
    path = Path(output).expanduser()
    as_folder = output.endswith(("/", os.sep)) or is_folder(path)
    of_suffix = _FORMAT_OF.get(path.suffix.lower())
    counts = not as_folder and (not inputs.several or of_suffix == LINES)
    slots = _slots(settings, of_suffix if counts else None, texts)
    lines = inputs.several and [form for form, _ in slots] == [LINES]
    lines = lines and not as_folder and (of_suffix == LINES or found(path) is not None)
    if not as_folder and not lines and (inputs.several or len(slots) > 1):
        if found(path) or of_suffix or (texts and _is_suffix(path.suffix, inputs)):
            raise _too_many(inputs, slots)
        as_folder = True
    if as_folder:
        return _to_folder(settings, inputs, path, slots)
    if is_input(path, inputs.files()):
        raise UsageError("The result would be written over the article itself.")
    if is_input(path, _glossary(settings)):
        raise UsageError("The result would be written over the glossary.", "Name another file.")
    return Plan(slots, path, lines=lines, inputs=inputs.files, foreseen=(path,))


def _to_stdout(settings: Settings, inputs: Listing, texts: bool) -> Plan:
    """The plan where nothing is said of an output.

    Raises:
        UsageError: it can't take what is wanted.
    """
    slots = _slots(settings, None, texts)
    forms = {form for form, _ in slots}
    if len(forms) > 1:
        raise UsageError(
            "Several formats don't go to standard output.", "Use -o DIR/ for a file of each."
        )
    if inputs.several and "json" in forms:
        raise UsageError(
            "Several inputs make several JSON documents.",
            "Use -f ndjson for one a line, or -o DIR/ for one file each.",
        )
    alone = "text" in forms and len(slots) == 1 and not inputs.several
    return Plan(slots, live=alone and streams.on_terminal(), inputs=inputs.files)


def _to_folder(settings: Settings, inputs: Listing, folder: Path, slots: tuple[Slot, ...]) -> Plan:
    """The plan with a file for each text, and the first of these files."""
    others = (settings.save_glossary, settings.errors, settings.events)
    kept = [*_glossary(settings), *(str(one) for one in others if one is not None)]
    plan = Plan(slots, folder=folder, inputs=inputs.files, kept=tuple(kept))
    namer = plan.namer()
    names = (plan.names(namer, item) for item in _first(inputs))
    return replace(plan, foreseen=tuple(folder / name for some in names for name in some))


def _first(inputs: Listing) -> Iterator[Item]:
    """The first inputs; none of a stream, which can be read only once."""
    return islice(inputs, _FORESEEN if inputs.total is not None else 0)


def _is_suffix(suffix: str, inputs: Listing) -> bool:
    """Whether it is one of an input: a file with it is meant, not a folder."""
    return suffix.lower() in {own_suffix(one.place).lower() for one in _first(inputs)}


def _glossary(settings: Settings) -> list[str]:
    """The glossary's file, if there is one: it is read, and is not to be written over."""
    return [str(settings.glossary)] if settings.glossary is not None else []


def _slots(settings: Settings, of_suffix: str | None, texts: bool) -> tuple[Slot, ...]:
    """The texts that there may be of an input.

    Args:
        settings: of the run.
        of_suffix: the format where none is said.
        texts: translations alone are wanted.

    Raises:
        UsageError: a report as JSON can't have two columns.
    """
    wanted = settings.formats or (of_suffix or "md",)
    forms = [_form(settings, form, texts) for form in wanted]
    return tuple(
        (form, language)
        for form in forms
        for language in (settings.to if form in TEXTS else (None,))
    )


def _form(settings: Settings, form: str, texts: bool) -> str:
    """Name of the format, of `TEXTS` where translations alone are wanted.

    Raises:
        UsageError: a report as JSON can't have two columns.
    """
    if not texts:
        return form
    if form == "md":
        return settings.bilingual or "text"
    if settings.bilingual:
        raise UsageError(
            f"--bilingual is for people to read, not for {form}, which has both texts.",
            "Leave one of them out, or use -f md.",
        )
    return form


def _too_many(inputs: Listing, slots: Sequence[Slot]) -> UsageError:
    """What to say about several texts for one file."""
    if inputs.several:
        return UsageError(
            "Several inputs don't go into one file.",
            "Use -o DIR/ for one file each, or -f ndjson -o FILE.ndjson for one line each.",
        )
    if len({form for form, _ in slots}) > 1:
        return UsageError(
            "Several formats don't go into one file.", "Use -o DIR/ for a file of each."
        )
    return UsageError(
        "Translations into several languages don't go into one file.",
        "Use -o DIR/ for one file each, or -f json.",
    )
