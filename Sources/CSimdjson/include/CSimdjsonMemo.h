// What texts came to, by their keyed hashes, for readers of several files at once.
#ifndef CSIMDJSON_MEMO_H
#define CSIMDJSON_MEMO_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csj_memo csj_memo;

// A table of so many entries, rounded up to a power of two, 16 bytes each; null where there is no memory. May be used by any
// number of threads at once; what finds no room is not kept.
csj_memo *csj_memo_create(size_t entries);
void csj_memo_destroy(csj_memo *memo);

// Starts to bring nearer what is kept for a hash.
void csj_memo_prefetch(const csj_memo *memo, uint64_t low);

// What was kept for a hash, or 0.
uint64_t csj_memo_find(const csj_memo *memo, uint64_t high, uint64_t low);

// Keeps a value other than 0 for a hash.
void csj_memo_keep(csj_memo *memo, uint64_t high, uint64_t low, uint64_t value);

#ifdef __cplusplus
}
#endif

#endif
