// Passes over texts, many bytes at a time.
#ifndef CSIMDJSON_TEXT_H
#define CSIMDJSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The place of the first byte of at least `least`, from a place on; `length` where there is none.
size_t csj_find_from(const uint8_t *text, size_t place, size_t length, uint8_t least);

// Whether line ends and composition leave the text as it is for certain: no carriage return, nothing from U+0300 on.
bool csj_is_plain(const uint8_t *text, size_t length);

// Reads digits, perhaps with a point and up to `decimals` digits behind it, as a whole number of the smallest unit: "12.5" with
// two decimals is 1250. False for anything else, and for more than 16 signs. Eight bytes must be readable.
bool csj_decimal(const uint8_t *text, size_t length, int decimals, int64_t *value);

// Where the canonical form of HTML is made, and how far.
typedef struct {
    const uint8_t *text;
    size_t length;
    size_t place;
    // Room for what is left of the text and 32 bytes more.
    uint8_t *output;
    size_t written;
    // Whether white space at this place is beside a block tag or at the beginning, where it isn't shown.
    bool is_at_boundary;
} csj_html;

// Writes the canonical form as far as it is the text itself without blanks that aren't shown: words, plain tags with plain
// attributes, &amp; &lt; &gt;. Stops at the end and at whatever needs a closer look. For text outside <pre> and the like.
void csj_html_advance(csj_html *html);

#ifdef __cplusplus
}
#endif

#endif
