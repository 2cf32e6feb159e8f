#include "build_info.h"

#ifndef SYNCTEC_COMMIT
#define SYNCTEC_COMMIT "unknown"
#endif

const char *synctec_commit(void) {
    return SYNCTEC_COMMIT;
}
