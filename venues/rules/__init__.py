"""Pure: opening hours and whether the cube fits."""
