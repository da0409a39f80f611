"""Measuring the house against a floor, in one run on one machine. Prints ratios; tests nothing."""
