SELECT number, name, checksum, shape FROM synctec.schema_versions ORDER BY number
