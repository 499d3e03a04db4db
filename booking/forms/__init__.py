"""The shape of what is typed in; whether it fits is for the rules."""
