"""One file per step. They name tables and columns themselves: a step must do the same whatever the models become."""
