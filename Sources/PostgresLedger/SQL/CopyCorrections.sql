COPY pg_temp.staged_corrections FROM STDIN (FORMAT binary)
