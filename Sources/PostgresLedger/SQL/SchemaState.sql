SELECT
    to_regnamespace('synctec') IS NOT NULL AS schema_exists,
    to_regclass('synctec.schema_versions') IS NOT NULL AS versions_exist,
    current_user::text AS connecting_user,
    current_database()::text AS database
