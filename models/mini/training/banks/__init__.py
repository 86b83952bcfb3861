"""The banks of queries that hubness is measured with."""
