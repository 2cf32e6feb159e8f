SELECT
    set_config('timezone', 'UTC', false),
    set_config('statement_timeout', '15min', false),
    set_config('lock_timeout', '60s', false),
    set_config('idle_in_transaction_session_timeout', '15min', false),
    set_config('client_connection_check_interval', '10s', false),
    set_config('search_path', 'pg_catalog, pg_temp', false),
    CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END
