"""Where prompts come from: the wheel, the checkout, or a folder of the user's own."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from summ.errors import PromptError
from summ.tasks.prompting import Prompt, PromptSet, parse_prompt

_CONTENT = {"article", "sentence", "statements"}
"""What the model is to read; a prompt of one's own may leave other variables out."""


def load_prompts(directory: Path | None = None) -> PromptSet:
    """All prompts; a file of the same name in `directory` replaces the one summ brings.

    Raises:
        PromptError: a file can't be read or used, or one in `directory` has the name
            of no prompt (a misspelt override would otherwise change nothing, silently)
            or leaves out the article.
    """
    prompts = {
        name: _read(name, entry)
        for entry in _own().iterdir()
        if (name := entry.name.removesuffix(".md")) != entry.name
    }
    if directory is not None:
        for name, entry in _overrides(directory, set(prompts)).items():
            prompt = _read(name, entry)
            for lost in _CONTENT & prompts[name].variables - prompt.variables:
                raise PromptError(
                    f"Prompt {name} in {directory} does not use ${lost}: "
                    "the model would answer without having read it."
                )
            _refuse_unknown(prompt, prompts[name].variables)
            prompts[name] = prompt
    return PromptSet([prompts[name] for name in sorted(prompts)])


def _refuse_unknown(prompt: Prompt, known: frozenset[str]) -> None:
    """Find a variable that won't be given, before calls are paid for that come earlier.

    What a system text is given depends on the prompt that takes it; that shows later.
    """
    for strange in sorted(prompt.variables - known) if known else ():
        raise PromptError(
            f"Prompt {prompt.name} uses ${strange}, which summ does not know.",
            f"It knows: {', '.join('$' + name for name in sorted(known))}; "
            "a dollar sign is written $$.",
        )


def _own() -> Traversable:
    """The prompts that summ brings: in the wheel beside the code, in a checkout above it."""
    packaged = files("summ") / "_prompts"
    if packaged.is_dir():
        return packaged
    return Path(__file__).resolve().parent.parent / "prompts"


def _overrides(directory: Path, known: set[str]) -> dict[str, Traversable]:
    """The user's own files."""
    try:
        # Not glob: it takes a folder that may not be read for an empty one.
        paths = sorted(directory.iterdir())
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or error
        raise PromptError(f"The prompt folder {directory} can't be read: {what}.") from error
    found: dict[str, Traversable] = {path.stem: path for path in paths if path.suffix == ".md"}
    if not found:
        raise PromptError(f"The prompt folder {directory} has no prompt in it, no *.md file.")
    strange = sorted(set(found) - known)
    if strange:
        raise PromptError(
            f"{directory} has a prompt named {strange[0]}, which summ does not use.",
            f"Prompts are: {', '.join(sorted(known))}.",
        )
    return found


def _read(name: str, entry: Traversable) -> Prompt:
    """One file."""
    try:
        text = entry.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"Prompt {name} can't be read: {error}.") from error
    return parse_prompt(name, text)
