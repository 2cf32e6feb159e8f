COPY pg_temp.staged_findings FROM STDIN (FORMAT binary)
