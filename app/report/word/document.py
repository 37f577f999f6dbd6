"""A report as a Word document."""

from app.api.report_bodies import RunBody
from app.report.contents_of import contents_of
from app.report.word.appendix import appendix
from app.report.word.file import word_file
from app.report.word.front import front
from app.report.word.matrix import summary
from app.report.word.topic import parts


def word(run: RunBody) -> bytes:
    """The document (.docx): contents, matrix, the comparison per topic with a footnote for every source, appendix.

    A quote is a paragraph, or the text of a cell, that reads exactly as it is in the document; of signs that XML
    cannot hold each is a replacement character. The same run gives the same bytes.
    """
    contents = contents_of(run)
    blocks = (
        *front(contents, run),
        *summary(contents.matrix, contents.since),
        *parts(contents.parts),
        *appendix(contents),
    )
    return word_file(contents.title, run.made_at, blocks)
