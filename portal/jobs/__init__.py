"""What is done by the clock: a module for each job, the table of when each runs, and the process that runs them."""
