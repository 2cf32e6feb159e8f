SET ROLE synctec_service
