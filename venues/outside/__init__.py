"""Reading calendars that somebody keeps elsewhere. What comes in is not to be trusted.

`fetching` gets one over the net, `child` has it read by a process of its own with limits, in which
`busy` finds the times. Nothing here knows the database; `venues.clockwork` puts it together.
"""
