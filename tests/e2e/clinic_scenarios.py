"""First run, locking, faults of the folder: what a person does around the visits."""
