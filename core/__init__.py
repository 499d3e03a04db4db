"""What every package needs and none owns.

The pure part (`period`, `findings`, `clock`, `geography`) uses the standard library only.
Read `period` and `db` first: the shape of time, and the one way to write.
"""
