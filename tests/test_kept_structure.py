"""What each segment keeps may still come apart beside its neighbours: then it is taken back."""

from __future__ import annotations

from summ.model import Source
from summ.tasks.glossary import Glossary
from summ.tasks.translation_job import Rendering
from summ.text.document import annotate
from summ.whole_text import WholeText

ARTICLE = "# The mill\n\nIt opens again.\n\n- Bread\n- Flour\n"


def test_a_text_whose_markup_has_changed_is_taken_back_there_and_nowhere_else() -> None:
    source = Source("a.md", "text/markdown", ARTICLE)
    whole = WholeText(annotate(source, "en"), "de", ())
    job = whole.job("en", Glossary((), ("en", "de")))
    for at, text in enumerate(["Die Mühle", "Sie öffnet wieder.", "Brot", "Mehl"]):
        job.done(at, Rendering(text))
    # As if putting its markup back had let a list through.
    broken = whole._done[1]
    whole._done[1] = type(broken)(
        broken.kind, broken.start, broken.end, broken.source, "Sie\n\n- öffnet", "translated"
    )
    made = whole.translation()
    assert made.text == "# Die Mühle\n\nIt opens again.\n\n- Brot\n- Mehl\n"
    assert [one.state for one in made.segments][1] == "kept"
    assert "placeholder-lost" in {finding.code for finding in made.segments[1].findings}
