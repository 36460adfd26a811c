"""Cases in, figures out: how well the product answers, measured on the function that users call.

This package imports the other rooms and no room imports it. Its parts:

- `cases`, `running`, `report`, `gate`: our own cases, a run of them, what people read, what may not drop.
- `datasets`, `tasks`, `public`, `claims`: other people's sets, the product on them, claims people judged.
- `measures`, `figures`: one measure a file; figures with the cases that they rest on and intervals.
- `fitting`: the weights that the product ships with. `bench`: timings. `commands`: the command line.
"""
