#include "Values.hpp"

#include "LineText.hpp"

#include <simdjson.h>

namespace csj {

namespace {

// A string that goes nowhere still has to be sound.
inline const uint8_t *passString(const uint8_t *from, uint8_t *free) {
    csj_text ignored;
    return takeString(from, free, ignored);
}

inline const uint8_t *passWord(const uint8_t *from, const char *word, size_t size) {
    return std::memcmp(from, word, size) == 0 ? from + size : nullptr;
}

inline const uint8_t *passScalar(const uint8_t *from, uint8_t *free) {
    switch (*from) {
        case '"': return passString(from + 1, free);
        case 't': return passWord(from, "true", 4);
        case 'f': return passWord(from, "false", 5);
        case 'n': return passWord(from, "null", 4);
        // The newline at the end of the block ends every number.
        default: return endOfNumber(from, from + (size_t(1) << 40));
    }
}

// A key and its colon, from the quote on.
inline const uint8_t *passKey(const uint8_t *from, uint8_t *free) {
    if (*from != '"') { return nullptr; }
    from = passString(from + 1, free);
    return from && *from == ':' ? from + 1 : nullptr;
}

}  // namespace

const uint8_t *takeLongString(const uint8_t *from, uint8_t *&free, csj_text &text) {
    const uint8_t *const begin = from;
    uint8_t *to = free;
    uint32_t beyond = 0;
    // Copying costs nearly nothing beside looking; where no escape comes the copy isn't used.
    for (;;) {
        const Bytes32 bytes(from);
        bytes.store(to);
        beyond |= bytes.beyondASCII();
        const uint32_t stops = bytes.stops();
        if (stops == 0) {
            from += 32;
            to += 32;
            continue;
        }
        from += lowest(stops);
        to += lowest(stops);
        if (*from != '\\') { break; }
        do {
            // The newline at the end of the block ends every escape.
            if (!takeCommonEscape(from, from + 12, to)) { return nullptr; }
        } while (*from == '\\');
    }
    if (*from != '"') { return nullptr; }
    if (beyond != 0 && !simdjson::validate_utf8(reinterpret_cast<const char *>(begin), size_t(from - begin))) {
        return nullptr;
    }
    if (to - free < from - begin) {
        text = csj_text{free, uint32_t(to - free)};
        free = to;
    } else {
        text = csj_text{begin, uint32_t(from - begin)};
    }
    return from + 1;
}

const uint8_t *passRawString(const uint8_t *from, csj_text &raw) {
    const uint8_t *const begin = from;
    for (;;) {
        const Bytes32 bytes(from);
        const uint32_t ends = bytes.equal('"') | bytes.equal('\n');
        if (ends == 0) {
            from += 32;
            continue;
        }
        from += lowest(ends);
        if (*from != '"') { return nullptr; }
        // A quote behind an odd number of backslashes is part of the text.
        const uint8_t *slash = from;
        while (slash > begin && slash[-1] == '\\') { slash--; }
        if (((from - slash) & 1) == 0) { break; }
        from++;
    }
    raw = csj_text{begin, uint32_t(from - begin)};
    return from + 1;
}

const uint8_t *passValue(const uint8_t *from, uint8_t *free) {
    uint32_t isObject = 0;
    int depth = 0;
    for (;;) {
        const uint8_t sign = *from;
        if (sign == '{' || sign == '[') {
            // What is deeper is left to the full parser, which knows the limit.
            if (depth == CSJ_DEEPEST / 2) { return nullptr; }
            from++;
            if (*from == (sign == '{' ? '}' : ']')) {
                from++;
            } else {
                depth++;
                isObject = isObject << 1 | (sign == '{' ? 1 : 0);
                if (sign == '{' && !(from = passKey(from, free))) { return nullptr; }
                continue;
            }
        } else if (!(from = passScalar(from, free))) {
            return nullptr;
        }
        // A value has ended: what closes, closes.
        for (;;) {
            if (depth == 0) { return from; }
            const uint8_t end = *from++;
            if (end == ',') {
                if ((isObject & 1) && !(from = passKey(from, free))) { return nullptr; }
                break;
            }
            if (end != (isObject & 1 ? '}' : ']')) { return nullptr; }
            depth--;
            isObject >>= 1;
        }
    }
}

}  // namespace csj
