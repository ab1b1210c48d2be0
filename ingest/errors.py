"""Every error the project raises on purpose, in one tree.

    ReportQAError
    ├── InputError             what was given cannot be used as it is
    │   ├── DocumentError      a report or passage file that cannot be read
    │   ├── QuestionError      a question (or its options) that cannot be asked
    │   └── QuestionFileError  a question file that cannot be read as a whole
    ├── NotFoundError          a document, paragraph or batch job that is not there
    ├── LibraryError           a library that is missing, damaged, read-only or of another kind
    └── ModelError             a model that cannot be loaded or prepared

A message is one line: what was found, what was expected, what to do. The doors translate: the
command line prints the line and exits with 1 (`QuestionFileError`: 2), the REST API answers 400
(`NotFoundError`: 404, `LibraryError` and `ModelError`: 503).
"""


class ReportQAError(Exception):
    """Root of the tree; never raised itself."""


class InputError(ReportQAError):
    """What was given cannot be used as it is."""


class DocumentError(InputError):
    """A report or passage file that cannot be read."""


class QuestionError(InputError):
    """A question, or an option given with it, that cannot be asked."""


class QuestionFileError(InputError):
    """A question file that cannot be read as a whole."""


class NotFoundError(ReportQAError):
    """A document, paragraph or batch job that is not there."""


class LibraryError(ReportQAError):
    """A library that is missing, damaged, read-only, or made by another version or model."""


class ModelError(ReportQAError):
    """A model that cannot be loaded or prepared."""
