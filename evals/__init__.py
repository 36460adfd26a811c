"""Cases in, figures out: how well the product answers, measured on the function that users call.

This package imports the other rooms and no room imports it.
"""
