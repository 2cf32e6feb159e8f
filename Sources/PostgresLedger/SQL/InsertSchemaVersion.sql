INSERT INTO synctec.schema_versions (number, name, checksum, shape) VALUES ($1, $2, $3, $4)
