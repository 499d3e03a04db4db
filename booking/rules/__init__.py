"""Pure: no database, no clock, no web.

Read `tour` (the values) and `placement` (the check) first.
"""
