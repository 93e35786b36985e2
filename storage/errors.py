"""What keeps the house from starting, each with one sentence for the operator."""


class CannotOpen(Exception):
    """The database cannot be opened; the text says why."""


class SchemaTooNew(CannotOpen):
    """The database was written by a newer version of the program."""


class WrongKey(Exception):
    """Private data was sealed with a key that is not given."""


class BadBackup(Exception):
    """A backup cannot be taken or given back; the text says why and what to do."""
