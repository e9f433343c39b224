"""The errors that a person can act on. The command line prints their message and ends with exit code 1.

TratawatchError
    ConfigurationError    a wrong key or value, with file, key and what is allowed
    InputError            lines of a file of documents that cannot be read
"""

from __future__ import annotations


class TratawatchError(Exception):
    """Something that the one who runs the command can mend; the message says what, where and how."""


class ConfigurationError(TratawatchError):
    """The configuration cannot be used: it names file, key and what is allowed."""


class InputError(TratawatchError):
    """A line of input cannot be used: it names file, line and field."""
