"""The errors of the project: every one holds a Chinese sentence that says what to do.

- WenshuError
  - BadReport: a file that cannot be read as a report
  - BadIndex: an index that cannot be used (another encoder, another version, damaged)
  - BadSettings: a setting that is missing or makes no sense
  - BadData: a data file of the project that is written wrongly
"""


class WenshuError(Exception):
    """An error whose message is meant for the person who asked: one clear sentence in Chinese."""


class BadReport(WenshuError):
    """A file that cannot be read as a report."""


class BadIndex(WenshuError):
    """An index that cannot be used as it is."""


class BadSettings(WenshuError):
    """A setting that is missing or makes no sense."""


class BadData(WenshuError):
    """A data file of the project that is written wrongly; it names the file and the line."""
