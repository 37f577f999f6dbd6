"""Figures that municipalities give for the same thing, side by side as they stand in the texts."""
