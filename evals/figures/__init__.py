"""Figures of a run or a data set, each with the number of cases it rests on and its interval."""
