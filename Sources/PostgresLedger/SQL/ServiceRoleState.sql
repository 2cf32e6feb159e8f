SELECT
    r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb AS is_too_strong,
    EXISTS (SELECT FROM pg_class AS c WHERE c.relowner = r.oid) AS owns_something,
    pg_has_role(current_user, r.oid, 'MEMBER') AS may_be_taken_on
FROM pg_roles AS r
WHERE r.rolname = 'synctec_service'
