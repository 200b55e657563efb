"""The known error texts, a file for each subject. Rows only: what reads them stands above."""
