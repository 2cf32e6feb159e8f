GRANT synctec_service TO CURRENT_USER
