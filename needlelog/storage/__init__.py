"""Rows in, frozen values out: the encrypted database, its tables, and one repository for each area.

No SQL session, row or driver exception leaves this package; SQLite's own dialect stays in ``connection``,
``database``, ``guards`` and the migrations.
"""
