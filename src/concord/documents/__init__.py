"""Documents: one record into every partner's paper, and files from elsewhere into data."""
