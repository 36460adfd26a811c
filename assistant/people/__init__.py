"""Who uses the assistant and what each person may do and read."""
