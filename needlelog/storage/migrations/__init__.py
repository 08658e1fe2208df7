"""Schema changes, one file each under ``versions``, run by ``migrate`` only when one is due.

The file for schema 12 is ``v0012_what_it_does.py`` with ``revision = "0012"``; ``SCHEMA`` in ``connection`` names the
newest. A new database is made from the tables directly; a test proves that both ways end in the same schema.
"""
