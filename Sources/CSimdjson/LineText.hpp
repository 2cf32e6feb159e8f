// What the full parser and the scanner share: texts, escapes, ids and numbers of a line.
#ifndef LINE_TEXT_HPP
#define LINE_TEXT_HPP

#include "CSimdjson.h"

#include <cstdlib>
#include <cstring>

namespace csj {

// A view of the bytes between the quotes of a string, still escaped.
struct Raw {
    const uint8_t *begin;
    const uint8_t *end;
};

inline bool isBlank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

// The first backslash, or null. Most keys and values are shorter than a call is worth; eight bytes are tested at once,
// which may look at bytes behind the end but not behind the block's padding.
inline const uint8_t *findBackslash(const uint8_t *from, const uint8_t *end) {
    if (end - from > 64) { return static_cast<const uint8_t *>(std::memchr(from, '\\', size_t(end - from))); }
    for (; from < end; from += 8) {
        uint64_t word;
        std::memcpy(&word, from, 8);
        word ^= 0x5C5C5C5C5C5C5C5Cu;
        // A bit in each byte that is zero now, and perhaps in bytes above one that is.
        if (((word - 0x0101010101010101u) & ~word & 0x8080808080808080u) != 0) {
            for (const uint8_t *byte = from; byte < end && byte < from + 8; byte++) {
                if (*byte == '\\') { return byte; }
            }
        }
    }
    return nullptr;
}

inline bool is(const Raw &name, const char *literal, size_t size) {
    return size_t(name.end - name.begin) == size && std::memcmp(name.begin, literal, size) == 0;
}

template <size_t N> bool is(const Raw &name, const char (&literal)[N]) { return is(name, literal, N - 1); }

// Writes what an escape stands for; false for one that JSON doesn't know. `from` is at the backslash, and then behind the
// escape, which is never shorter than what it stands for. Looks at no byte at or behind `end`.
bool takeEscape(const uint8_t *&from, const uint8_t *end, uint8_t *&to);

// As takeEscape, for the escapes that stores write: of one letter, and \u00XX of ASCII. Looks at six bytes from the backslash on.
inline bool takeCommonEscape(const uint8_t *&from, const uint8_t *end, uint8_t *&to);

// Writes a string without its escapes, where it has any, and moves `free` behind it; false for an unknown escape.
bool unescape(Raw raw, uint8_t *&free, csj_text &text);

// Reads an id that is plain or only has its slashes escaped, which then are two bytes; false for any other.
bool knownForm(Raw raw, csj_id &id);

// Reads any id from its text without escapes; its kind is OTHER where it is of no known form.
void readIdentity(csj_id &id);

// The end of a number of JSON's grammar that begins here, or null; stops at the first sign that can't continue it.
const uint8_t *endOfNumber(const uint8_t *from, const uint8_t *end);

// The value of a hex digit, 0xFF of any other byte.
struct HexDigits {
    uint8_t values[256];
    constexpr HexDigits() : values() {
        for (int byte = 0; byte < 256; byte++) {
            values[byte] = byte >= '0' && byte <= '9'   ? uint8_t(byte - '0')
                           : byte >= 'a' && byte <= 'f' ? uint8_t(byte - 'a' + 10)
                           : byte >= 'A' && byte <= 'F' ? uint8_t(byte - 'A' + 10)
                                                        : 0xFF;
        }
    }
};
inline constexpr HexDigits hexDigits;

// What a letter behind a backslash stands for; 0 where it is none of those.
struct Escapes {
    uint8_t signs[256];
    constexpr Escapes() : signs() {
        signs[int('"')] = '"';
        signs[int('\\')] = '\\';
        signs[int('/')] = '/';
        signs[int('b')] = '\b';
        signs[int('f')] = '\f';
        signs[int('n')] = '\n';
        signs[int('r')] = '\r';
        signs[int('t')] = '\t';
    }
};
inline constexpr Escapes escapes;

inline bool takeCommonEscape(const uint8_t *&from, const uint8_t *end, uint8_t *&to) {
    uint32_t opening;
    std::memcpy(&opening, from, 4);
    if (opening == 0x3030755C) {
        // \u00: the values are above 15 where they are no digits.
        const uint8_t high = hexDigits.values[from[4]];
        const uint8_t low = hexDigits.values[from[5]];
        if (high < 8 && low < 16) {
            *to++ = uint8_t(high << 4 | low);
            from += 6;
            return true;
        }
    } else if (const uint8_t sign = escapes.signs[from[1]]) {
        *to++ = sign;
        from += 2;
        return true;
    }
    return takeEscape(from, end, to);
}

}  // namespace csj

#endif
