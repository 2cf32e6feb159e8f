#include "LineText.hpp"

namespace csj {

namespace {

// Four hex digits, or -1.
inline int32_t hexUnit(const uint8_t *from, const uint8_t *end) {
    if (end - from < 4) { return -1; }
    const uint32_t a = hexDigits.values[from[0]], b = hexDigits.values[from[1]];
    const uint32_t c = hexDigits.values[from[2]], d = hexDigits.values[from[3]];
    return (a | b | c | d) > 15 ? -1 : int32_t(a << 12 | b << 8 | c << 4 | d);
}

uint8_t *encode(uint32_t scalar, uint8_t *to) {
    if (scalar < 0x80) {
        *to++ = uint8_t(scalar);
    } else if (scalar < 0x800) {
        *to++ = uint8_t(0xC0 | scalar >> 6);
        *to++ = uint8_t(0x80 | (scalar & 0x3F));
    } else if (scalar < 0x10000) {
        *to++ = uint8_t(0xE0 | scalar >> 12);
        *to++ = uint8_t(0x80 | (scalar >> 6 & 0x3F));
        *to++ = uint8_t(0x80 | (scalar & 0x3F));
    } else {
        *to++ = uint8_t(0xF0 | scalar >> 18);
        *to++ = uint8_t(0x80 | (scalar >> 12 & 0x3F));
        *to++ = uint8_t(0x80 | (scalar >> 6 & 0x3F));
        *to++ = uint8_t(0x80 | (scalar & 0x3F));
    }
    return to;
}

uint32_t kindOf(const uint8_t *name, size_t size) {
    const Raw raw{name, name + size};
    if (is(raw, "InventoryLevel")) { return CSJ_KIND_LEVEL; }
    if (is(raw, "ProductVariant")) { return CSJ_KIND_VARIANT; }
    if (is(raw, "InventoryItem")) { return CSJ_KIND_ITEM; }
    if (is(raw, "Location")) { return CSJ_KIND_LOCATION; }
    if (is(raw, "Product")) { return CSJ_KIND_PRODUCT; }
    if (is(raw, "Collection")) { return CSJ_KIND_COLLECTION; }
    return CSJ_KIND_OTHER;
}

// As knownForm, of one way to write slashes.
bool knownForm(Raw raw, const char *prefix, ptrdiff_t length, ptrdiff_t slash, csj_id &id) {
    if (raw.end - raw.begin <= length || std::memcmp(raw.begin, prefix, size_t(length)) != 0) { return false; }
    const uint8_t *const type = raw.begin + length;
    const uint8_t *from = type;
    while (from < raw.end && ((*from | 0x20) >= 'a' && (*from | 0x20) <= 'z')) { from++; }
    const ptrdiff_t size = from - type;
    if (raw.end - from <= slash || (slash == 1 ? *from != '/' : (from[0] != '\\' || from[1] != '/'))) { return false; }
    from += slash;
    const uint8_t *const digits = from;
    int64_t number = 0;
    for (; from < raw.end && *from >= '0' && *from <= '9'; from++) { number = int64_t(uint64_t(number) * 10 + uint64_t(*from - '0')); }
    if (from == digits || from - digits > 18) { return false; }
    if (from < raw.end && (*from != '?' || findBackslash(from, raw.end))) { return false; }
    id.kind = kindOf(type, size_t(size));
    id.number = number;
    id.text = csj_text{raw.begin, uint32_t(raw.end - raw.begin)};
    return true;
}

}  // namespace

bool knownForm(Raw raw, csj_id &id) {
    return knownForm(raw, "gid://shopify/", 14, 1, id) || knownForm(raw, "gid:\\/\\/shopify\\/", 17, 2, id);
}

bool takeEscape(const uint8_t *&from, const uint8_t *end, uint8_t *&to) {
    if (end - from < 2) { return false; }
    if (const uint8_t sign = escapes.signs[from[1]]) {
        *to++ = sign;
        from += 2;
        return true;
    }
    if (from[1] != 'u') { return false; }
    const int32_t unit = hexUnit(from + 2, end);
    if (unit < 0) { return false; }
    from += 6;
    uint32_t scalar = uint32_t(unit);
    if (scalar >= 0xDC00 && scalar < 0xE000) { return false; }
    if (scalar >= 0xD800 && scalar < 0xDC00) {
        if (end - from < 6 || from[0] != '\\' || from[1] != 'u') { return false; }
        const int32_t low = hexUnit(from + 2, end);
        if (low < 0xDC00 || low > 0xDFFF) { return false; }
        from += 6;
        scalar = 0x10000 + ((scalar - 0xD800) << 10) + (uint32_t(low) - 0xDC00);
    }
    to = encode(scalar, to);
    return true;
}

bool unescape(Raw raw, uint8_t *&free, csj_text &text) {
    const uint8_t *from = raw.begin;
    const uint8_t *slash = findBackslash(from, raw.end);
    if (!slash) {
        text = csj_text{from, uint32_t(raw.end - from)};
        return true;
    }
    uint8_t *const start = free;
    uint8_t *to = start;
    while (slash) {
        std::memcpy(to, from, size_t(slash - from));
        to += slash - from;
        from = slash;
        // Escapes come in clusters: go from one straight to the next.
        while (from < raw.end && *from == '\\') {
            if (!takeEscape(from, raw.end, to)) { return false; }
        }
        slash = findBackslash(from, raw.end);
    }
    std::memcpy(to, from, size_t(raw.end - from));
    to += raw.end - from;
    free = to;
    text = csj_text{start, uint32_t(to - start)};
    return true;
}

void readIdentity(csj_id &id) {
    // gid://shopify/<Type>/<number>, perhaps with a query string behind.
    id.kind = CSJ_KIND_OTHER;
    const uint8_t *from = id.text.bytes;
    const uint8_t *const end = from + id.text.length;
    if (end - from < 14 || std::memcmp(from, "gid://shopify/", 14) != 0) { return; }
    from += 14;
    const uint8_t *slash = static_cast<const uint8_t *>(std::memchr(from, '/', size_t(end - from)));
    if (!slash) { return; }
    int64_t number = 0;
    const uint8_t *digit = slash + 1;
    for (; digit < end && *digit >= '0' && *digit <= '9'; digit++) {
        if (digit - slash > 18) { return; }
        number = number * 10 + (*digit - '0');
    }
    if (digit == slash + 1 || (digit < end && *digit != '?')) { return; }
    id.kind = kindOf(from, size_t(slash - from));
    id.number = number;
}

const uint8_t *endOfNumber(const uint8_t *from, const uint8_t *end) {
    if (from < end && *from == '-') { from++; }
    if (from == end || *from < '0' || *from > '9') { return nullptr; }
    if (*from == '0') {
        from++;
    } else {
        while (from < end && *from >= '0' && *from <= '9') { from++; }
    }
    if (from < end && *from == '.') {
        from++;
        if (from == end || *from < '0' || *from > '9') { return nullptr; }
        while (from < end && *from >= '0' && *from <= '9') { from++; }
    }
    if (from < end && (*from | 0x20) == 'e') {
        from++;
        if (from < end && (*from == '+' || *from == '-')) { from++; }
        if (from == end || *from < '0' || *from > '9') { return nullptr; }
        while (from < end && *from >= '0' && *from <= '9') { from++; }
    }
    return from;
}

}  // namespace csj
