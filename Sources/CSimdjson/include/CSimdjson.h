// Reads lines of Shopify bulk files with simdjson: one flat struct a line, texts as views.
//
// The border only: what a value means, canonical forms and rows are the caller's. No exception leaves it; no function
// but csj_create and csj_destroy allocates while lines stay within the sizes seen before. One reader belongs to one thread at a time.
#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include "CSimdjsonText.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Bytes that must be readable behind a block handed to csj_begin; their content doesn't matter.
#define CSJ_PADDING 64

// Bytes of a value, unescaped; valid until the next call of csj_next. Null where absent or null: see seen and nulls.
typedef struct {
    const uint8_t *bytes;
    uint32_t length;
} csj_text;

// The kind of an object, told by the type in its id only.
enum {
    CSJ_KIND_NONE = 0,
    CSJ_KIND_PRODUCT = 1,
    CSJ_KIND_VARIANT = 2,
    CSJ_KIND_LEVEL = 3,
    CSJ_KIND_COLLECTION = 4,
    CSJ_KIND_ITEM = 5,
    CSJ_KIND_LOCATION = 6,
    CSJ_KIND_OTHER = 7,
};

// The values of a line, as positions of bits in seen and nulls.
enum {
    CSJ_ID = 0,
    CSJ_PARENT = 1,
    CSJ_HANDLE = 2,
    CSJ_TITLE = 3,
    CSJ_DESCRIPTION = 4,
    CSJ_VENDOR = 5,
    CSJ_PRODUCT_TYPE = 6,
    CSJ_TAGS = 7,
    CSJ_STATUS = 8,
    CSJ_SEO = 9,
    CSJ_SEO_TITLE = 10,
    CSJ_SEO_DESCRIPTION = 11,
    CSJ_SKU = 12,
    CSJ_BARCODE = 13,
    CSJ_PRICE = 14,
    CSJ_COMPARE_AT_PRICE = 15,
    CSJ_TAXABLE = 16,
    CSJ_INVENTORY_POLICY = 17,
    CSJ_ITEM = 18,
    CSJ_ITEM_ID = 19,
    CSJ_TRACKED = 20,
    CSJ_REQUIRES_SHIPPING = 21,
    CSJ_COUNTRY = 22,
    CSJ_HS_CODE = 23,
    CSJ_COST = 24,
    CSJ_COST_AMOUNT = 25,
    CSJ_COST_CURRENCY = 26,
    CSJ_MEASUREMENT = 27,
    CSJ_WEIGHT = 28,
    CSJ_WEIGHT_VALUE = 29,
    CSJ_WEIGHT_UNIT = 30,
    CSJ_LOCATION = 31,
    CSJ_LOCATION_ID = 32,
    CSJ_QUANTITIES = 33,
    CSJ_AVAILABLE = 34,
    CSJ_FIELDS = 35,
};

// An id: its kind, its number, and its text for messages, in which slashes may still be escaped.
typedef struct {
    int64_t number;
    csj_text text;
    uint32_t kind;
} csj_id;

// One line. A bit of seen is set where the key stands in the line, and of nulls where its value is null.
typedef struct {
    // Where the line begins in the block, and its length without the newline.
    size_t begin;
    size_t length;
    uint64_t seen;
    uint64_t nulls;
    csj_id id;
    csj_id parent;
    csj_id item;
    csj_id location;
    csj_text texts[CSJ_FIELDS];
    // The description as it stands between its quotes, found sound. No bytes where it is absent or null.
    csj_text raw_description;
    const csj_text *tags;
    uint32_t tag_count;
    uint8_t taxable;
    uint8_t tracked;
    uint8_t requires_shipping;
    int64_t available;
} csj_line;

// What csj_next came to.
enum {
    CSJ_OK = 0,
    CSJ_END = 1,
    // No JSON object, or no sound UTF-8; csj_reason says more.
    CSJ_MALFORMED = 2,
    CSJ_TOO_DEEP = 3,
    CSJ_TOO_MANY = 4,
    // A value of another type than expected, or a key that stands twice; csj_field names it.
    CSJ_UNEXPECTED = 5,
    CSJ_NO_MEMORY = 6,
};

// Limits on one line.
enum {
    CSJ_DEEPEST = 32,
    CSJ_MOST_ENTRIES = 100000,
};

typedef struct csj_reader csj_reader;

// A new reader, or null where there is no memory.
csj_reader *csj_create(void);
void csj_destroy(csj_reader *reader);

// Whether lines are first read by templates made of earlier ones, as they are unless this says no. What comes out is the same.
void csj_predict(csj_reader *reader, int predicts);

// Has lines looked at so many bytes at a time, 16 or 32, or as near as this processor can, which is then returned. As wide as it can
// unless this says otherwise; what comes out is the same.
unsigned csj_read_wide(csj_reader *reader, unsigned widest);

// Whether the descriptions of products are left as they stand: found sound as ever, but not unescaped, so that texts may have none.
void csj_leave_descriptions(csj_reader *reader, int leaves);

// How many lines were read by a template so far.
size_t csj_predicted(const csj_reader *reader);

// Starts on a block of whole lines, each ended by a newline but perhaps the last. The block must stay until the last line was read.
void csj_begin(csj_reader *reader, const uint8_t *block, size_t length);

// Reads the next line of the block into csj_current.
int csj_next(csj_reader *reader);

// The line read last; on a failure begin and length are those of the line that failed.
const csj_line *csj_current(const csj_reader *reader);

// After CSJ_UNEXPECTED: which value. After CSJ_MALFORMED: what simdjson said.
int csj_field(const csj_reader *reader);
const char *csj_reason(const csj_reader *reader);

// Starts to bring the cache line of an address nearer; any address may be given.
static inline void csj_prefetch(const void *address) { __builtin_prefetch(address); }

#ifdef __cplusplus
}
#endif

#endif
