// Macros of zlib, which Swift does not import.
#ifndef SYNCTEC_CZLIB_SHIM_H
#define SYNCTEC_CZLIB_SHIM_H

#include <zlib.h>

/// Begins a gzip file (RFC 1952) without a time in it, so that equal bytes become equal files.
static inline int synctec_gzip_begin(z_stream *stream) {
    return deflateInit2(stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/// Begins to read the gzip format (RFC 1952) and no other.
static inline int synctec_gunzip_begin(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}

#endif
