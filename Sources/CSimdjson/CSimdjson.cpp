#include "CSimdjson.h"

#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <vector>

namespace {

using simdjson::error_code;

// A view of the bytes between the quotes of a string, still escaped.
struct Raw {
    const uint8_t *begin;
    const uint8_t *end;
};

bool isBlank(uint8_t byte) { return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n'; }

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

}  // namespace

// Walks over what simdjson's first stage found: the places of brackets, colons, commas and the beginnings of values.
//
// The first stage also proves that the bytes are UTF-8, that strings end and that no control character stands in one.
// The walk itself checks the grammar of JSON, so that a line that was read is sound as a whole.
struct csj_reader {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    const uint8_t *block = nullptr;
    size_t length = 0;
    size_t place = 0;
    // The next beginning, an index into the first stage's list, which counts from `base`.
    uint32_t token = 0;
    const uint8_t *base = nullptr;
    bool isByLine = false;
    const char *reason = "";
    int field = CSJ_FIELDS;
    std::unique_ptr<uint8_t[]> scratch;
    size_t scratchSize = 0;
    uint8_t *free = nullptr;
    std::vector<csj_text> tags;
    const uint8_t *lineEnd = nullptr;
    csj_line line;

    csj_reader() { std::memset(&line, 0, sizeof line); }

    error_code index(const uint8_t *bytes, size_t count);
    int next();
    int object();
    int member(const uint8_t *name, size_t size);
    int malformed(const char *why) {
        reason = why;
        return CSJ_MALFORMED;
    }
    int unexpected(int which) {
        field = which;
        return CSJ_UNEXPECTED;
    }

    const uint8_t *at(uint32_t which) const { return base + stage->structural_indexes[which]; }
    // The sign that begins the next token; 0 behind the end of the line.
    uint8_t peek() const {
        if (token >= stage->n_structural_indexes) { return 0; }
        const uint8_t *found = at(token);
        return found < lineEnd ? *found : 0;
    }
    // The end of the token, without blanks, before the one that follows.
    const uint8_t *tokenEnd(uint32_t which) const {
        const uint8_t *end = which + 1 < stage->n_structural_indexes ? at(which + 1) : lineEnd;
        if (end > lineEnd) { end = lineEnd; }
        const uint8_t *begin = at(which);
        while (end > begin && isBlank(end[-1])) { end--; }
        return end;
    }

    bool mark(int which) {
        const uint64_t bit = uint64_t(1) << which;
        const bool isNew = (line.seen & bit) == 0;
        line.seen |= bit;
        return isNew;
    }
    void setNull(int which) { line.nulls |= uint64_t(1) << which; }

    bool takeNull();
    bool takeRaw(Raw &raw);
    bool unescape(Raw raw, csj_text &text);
    int key(Raw &name);
    int text(int which);
    int textOrNumber(int which);
    int flag(int which, uint8_t &value);
    int identity(int which, csj_id &id);
    int whole(int which, int64_t &value);
    int tagList();
    int scalar();
    int skip();
    template <typename Member> int members(int depth, Member member);
    int quantities();
    int seoMember(Raw name);
    int itemMember(Raw name);
    int costMember(Raw name);
    int weightMember(Raw name);
    template <typename Member> int nested(int which, int depth, Member member);
};

namespace {

bool is(const Raw &name, const char *literal, size_t size) {
    return size_t(name.end - name.begin) == size && std::memcmp(name.begin, literal, size) == 0;
}

template <size_t N> bool is(const Raw &name, const char (&literal)[N]) { return is(name, literal, N - 1); }

int hexDigit(uint8_t byte) {
    if (byte >= '0' && byte <= '9') { return byte - '0'; }
    const uint8_t lower = byte | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Four hex digits, or -1.
int32_t hexUnit(const uint8_t *from, const uint8_t *end) {
    if (end - from < 4) { return -1; }
    int32_t value = 0;
    for (int place = 0; place < 4; place++) {
        const int digit = hexDigit(from[place]);
        if (digit < 0) { return -1; }
        value = value << 4 | digit;
    }
    return value;
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

// Reads an id that is plain or only has its slashes escaped, which then are two bytes; false for any other.
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

// A number of JSON's grammar, to its end.
bool isNumber(const uint8_t *from, const uint8_t *end) {
    if (from < end && *from == '-') { from++; }
    if (from == end || *from < '0' || *from > '9') { return false; }
    if (*from == '0') {
        from++;
    } else {
        while (from < end && *from >= '0' && *from <= '9') { from++; }
    }
    if (from < end && *from == '.') {
        from++;
        if (from == end || *from < '0' || *from > '9') { return false; }
        while (from < end && *from >= '0' && *from <= '9') { from++; }
    }
    if (from < end && (*from | 0x20) == 'e') {
        from++;
        if (from < end && (*from == '+' || *from == '-')) { from++; }
        if (from == end || *from < '0' || *from > '9') { return false; }
        while (from < end && *from >= '0' && *from <= '9') { from++; }
    }
    return from == end;
}

}  // namespace

error_code csj_reader::index(const uint8_t *bytes, size_t count) {
    if (!stage || stage->capacity() < count) {
        // In powers of two, so that a long line doesn't make every longer one allocate again.
        size_t capacity = 1 << 16;
        while (capacity < count) { capacity *= 2; }
        if (!stage) {
            const error_code error =
                simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, CSJ_DEEPEST, stage);
            if (error) { return error; }
        } else {
            const error_code error = stage->set_capacity(capacity);
            if (error) { return error; }
        }
    }
    token = 0;
    base = bytes;
    return stage->stage1(bytes, count, simdjson::stage1_mode::regular);
}

bool csj_reader::takeNull() {
    if (peek() != 'n') { return false; }
    const uint8_t *begin = at(token);
    if (tokenEnd(token) - begin != 4 || std::memcmp(begin, "null", 4) != 0) { return false; }
    token++;
    return true;
}

bool csj_reader::takeRaw(Raw &raw) {
    if (peek() != '"') { return false; }
    const uint8_t *begin = at(token);
    const uint8_t *end = tokenEnd(token);
    if (end - begin < 2 || end[-1] != '"') { return false; }
    raw = Raw{begin + 1, end - 1};
    token++;
    return true;
}

bool csj_reader::unescape(Raw raw, csj_text &text) {
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
            if (raw.end - from < 2) { return false; }
            const uint8_t sign = from[1];
            from += 2;
            switch (sign) {
                case '"': case '\\': case '/': *to++ = sign; break;
                case 'b': *to++ = '\b'; break;
                case 'f': *to++ = '\f'; break;
                case 'n': *to++ = '\n'; break;
                case 'r': *to++ = '\r'; break;
                case 't': *to++ = '\t'; break;
                case 'u': {
                    const int32_t unit = hexUnit(from, raw.end);
                    if (unit < 0) { return false; }
                    from += 4;
                    uint32_t scalar = uint32_t(unit);
                    if (scalar >= 0xDC00 && scalar < 0xE000) { return false; }
                    if (scalar >= 0xD800 && scalar < 0xDC00) {
                        if (raw.end - from < 6 || from[0] != '\\' || from[1] != 'u') { return false; }
                        const int32_t low = hexUnit(from + 2, raw.end);
                        if (low < 0xDC00 || low > 0xDFFF) { return false; }
                        from += 6;
                        scalar = 0x10000 + ((scalar - 0xD800) << 10) + (uint32_t(low) - 0xDC00);
                    }
                    to = encode(scalar, to);
                    break;
                }
                default: return false;
            }
        }
        slash = findBackslash(from, raw.end);
    }
    std::memcpy(to, from, size_t(raw.end - from));
    to += raw.end - from;
    free = to;
    text = csj_text{start, uint32_t(to - start)};
    return true;
}

int csj_reader::key(Raw &name) {
    if (!takeRaw(name)) { return malformed("a key is missing"); }
    if (peek() != ':') { return malformed("a colon is missing"); }
    token++;
    if (findBackslash(name.begin, name.end)) {
        csj_text text;
        if (!unescape(name, text)) { return malformed("an escape is unknown"); }
        name = Raw{text.bytes, text.bytes + text.length};
    }
    return CSJ_OK;
}

int csj_reader::text(int which) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    Raw raw;
    if (!takeRaw(raw)) { return unexpected(which); }
    return unescape(raw, line.texts[which]) ? CSJ_OK : malformed("an escape is unknown");
}

int csj_reader::textOrNumber(int which) {
    const uint8_t sign = peek();
    if (sign == '"' || sign == 'n') { return text(which); }
    if (!mark(which)) { return unexpected(which); }
    if (sign != '-' && (sign < '0' || sign > '9')) { return unexpected(which); }
    const uint8_t *begin = at(token);
    const uint8_t *end = tokenEnd(token);
    if (!isNumber(begin, end)) { return malformed("a number is unsound"); }
    line.texts[which] = csj_text{begin, uint32_t(end - begin)};
    token++;
    return CSJ_OK;
}

int csj_reader::flag(int which, uint8_t &value) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    const uint8_t sign = peek();
    if (sign != 't' && sign != 'f') { return unexpected(which); }
    const uint8_t *begin = at(token);
    const Raw raw{begin, tokenEnd(token)};
    if (is(raw, "true")) {
        value = 1;
    } else if (is(raw, "false")) {
        value = 0;
    } else {
        return malformed("a word is unknown");
    }
    token++;
    return CSJ_OK;
}

int csj_reader::identity(int which, csj_id &id) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    Raw raw;
    if (!takeRaw(raw)) { return unexpected(which); }
    // Nearly every id is in one of these two forms, whose number can be read where it stands.
    if (knownForm(raw, "gid://shopify/", 14, 1, id) || knownForm(raw, "gid:\\/\\/shopify\\/", 17, 2, id)) { return CSJ_OK; }
    if (!unescape(raw, id.text)) { return malformed("an escape is unknown"); }
    // gid://shopify/<Type>/<number>, perhaps with a query string behind.
    id.kind = CSJ_KIND_OTHER;
    const uint8_t *from = id.text.bytes;
    const uint8_t *const end = from + id.text.length;
    if (end - from < 14 || std::memcmp(from, "gid://shopify/", 14) != 0) { return CSJ_OK; }
    from += 14;
    const uint8_t *slash = static_cast<const uint8_t *>(std::memchr(from, '/', size_t(end - from)));
    if (!slash) { return CSJ_OK; }
    int64_t number = 0;
    const uint8_t *digit = slash + 1;
    for (; digit < end && *digit >= '0' && *digit <= '9'; digit++) {
        if (digit - slash > 18) { return CSJ_OK; }
        number = number * 10 + (*digit - '0');
    }
    if (digit == slash + 1 || (digit < end && *digit != '?')) { return CSJ_OK; }
    id.kind = kindOf(from, size_t(slash - from));
    id.number = number;
    return CSJ_OK;
}

int csj_reader::whole(int which, int64_t &value) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    const uint8_t sign = peek();
    if (sign != '-' && (sign < '0' || sign > '9')) { return unexpected(which); }
    const uint8_t *from = at(token);
    const uint8_t *end = tokenEnd(token);
    if (!isNumber(from, end)) { return malformed("a number is unsound"); }
    token++;
    const bool isNegative = *from == '-';
    if (isNegative) { from++; }
    if (end - from > 18) { return unexpected(which); }
    int64_t number = 0;
    for (; from < end; from++) {
        if (*from < '0' || *from > '9') { return unexpected(which); }
        number = number * 10 + (*from - '0');
    }
    value = isNegative ? -number : number;
    return CSJ_OK;
}

int csj_reader::tagList() {
    if (!mark(CSJ_TAGS)) { return unexpected(CSJ_TAGS); }
    if (takeNull()) {
        setNull(CSJ_TAGS);
        return CSJ_OK;
    }
    if (peek() != '[') { return unexpected(CSJ_TAGS); }
    token++;
    tags.clear();
    if (peek() == ']') {
        token++;
    } else {
        for (;;) {
            Raw raw;
            if (!takeRaw(raw)) { return unexpected(CSJ_TAGS); }
            csj_text tag;
            if (!unescape(raw, tag)) { return malformed("an escape is unknown"); }
            if (tags.size() >= CSJ_MOST_ENTRIES) { return CSJ_TOO_MANY; }
            tags.push_back(tag);
            const uint8_t sign = peek();
            token++;
            if (sign == ']') { break; }
            if (sign != ',') { return malformed("a comma or bracket is missing"); }
        }
    }
    line.tags = tags.data();
    line.tag_count = uint32_t(tags.size());
    return CSJ_OK;
}

// Passes over a string, number or word.
int csj_reader::scalar() {
    const uint8_t sign = peek();
    if (sign == '"') {
        Raw raw;
        if (!takeRaw(raw)) { return malformed("a string is unsound"); }
        csj_text ignored;
        uint8_t *const kept = free;
        const bool isSound = unescape(raw, ignored);
        free = kept;
        return isSound ? CSJ_OK : malformed("an escape is unknown");
    }
    if (sign == 0) { return malformed("a value is missing"); }
    const uint8_t *begin = at(token);
    const Raw raw{begin, tokenEnd(token)};
    if (!is(raw, "true") && !is(raw, "false") && !is(raw, "null") && !isNumber(raw.begin, raw.end)) {
        return malformed("a value is unsound");
    }
    token++;
    return CSJ_OK;
}

// Passes over a value of any kind, checking its grammar and its depth.
int csj_reader::skip() {
    uint64_t isObject = 0;
    int depth = 0;
    for (;;) {
        const uint8_t sign = peek();
        if (sign == '{' || sign == '[') {
            // Two levels are around any value that is passed over.
            if (depth + 2 >= CSJ_DEEPEST) { return CSJ_TOO_DEEP; }
            depth++;
            isObject = isObject << 1 | (sign == '{' ? 1 : 0);
            token++;
            if (peek() == (sign == '{' ? '}' : ']')) {
                token++;
                depth--;
                isObject >>= 1;
            } else {
                if (sign == '{') {
                    Raw name;
                    if (const int problem = key(name)) { return problem; }
                }
                continue;
            }
        } else if (const int problem = scalar()) {
            return problem;
        }
        // A value has ended: what closes, closes.
        for (;;) {
            if (depth == 0) { return CSJ_OK; }
            const uint8_t end = peek();
            token++;
            if (end == ',') {
                if (isObject & 1) {
                    Raw name;
                    if (const int problem = key(name)) { return problem; }
                }
                break;
            }
            if (end != (isObject & 1 ? '}' : ']')) { return malformed("a comma or bracket is missing"); }
            depth--;
            isObject >>= 1;
        }
    }
}

template <typename Member> int csj_reader::members(int depth, Member member) {
    if (depth > CSJ_DEEPEST) { return CSJ_TOO_DEEP; }
    if (peek() != '{') { return malformed("an object is missing"); }
    token++;
    if (peek() == '}') {
        token++;
        return CSJ_OK;
    }
    for (;;) {
        Raw name;
        if (const int problem = key(name)) { return problem; }
        if (const int problem = member(name)) { return problem; }
        const uint8_t sign = peek();
        token++;
        if (sign == '}') { return CSJ_OK; }
        if (sign != ',') { return malformed("a comma or brace is missing"); }
    }
}

// The members of an object that may be null.
template <typename Member> int csj_reader::nested(int which, int depth, Member member) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    if (peek() != '{') { return unexpected(which); }
    return members(depth, member);
}

// [{"name":"available","quantity":5}, …]: only the entry of that name counts.
int csj_reader::quantities() {
    if (!mark(CSJ_QUANTITIES)) { return unexpected(CSJ_QUANTITIES); }
    if (takeNull()) {
        setNull(CSJ_QUANTITIES);
        return CSJ_OK;
    }
    if (peek() != '[') { return unexpected(CSJ_QUANTITIES); }
    token++;
    if (peek() == ']') {
        token++;
        return CSJ_OK;
    }
    for (int entries = 0;; entries++) {
        if (entries >= CSJ_MOST_ENTRIES) { return CSJ_TOO_MANY; }
        bool isAvailable = false;
        bool hasQuantity = false;
        bool isNull = false;
        int64_t quantity = 0;
        const uint64_t seen = line.seen;
        const uint64_t nulls = line.nulls;
        if (peek() != '{') { return unexpected(CSJ_QUANTITIES); }
        const int problem = members(3, [&](Raw name) -> int {
            if (is(name, "name")) {
                Raw raw;
                if (!takeRaw(raw)) { return unexpected(CSJ_QUANTITIES); }
                csj_text text;
                if (!unescape(raw, text)) { return malformed("an escape is unknown"); }
                isAvailable = is(Raw{text.bytes, text.bytes + text.length}, "available");
                return CSJ_OK;
            }
            if (is(name, "quantity")) {
                if (hasQuantity) { return unexpected(CSJ_AVAILABLE); }
                hasQuantity = true;
                line.seen &= ~(uint64_t(1) << CSJ_AVAILABLE);
                const int result = whole(CSJ_AVAILABLE, quantity);
                isNull = (line.nulls & ~nulls) != 0;
                return result;
            }
            return skip();
        });
        if (problem) { return problem; }
        line.seen = seen;
        line.nulls = nulls;
        if (isAvailable && hasQuantity) {
            if (!mark(CSJ_AVAILABLE)) { return unexpected(CSJ_AVAILABLE); }
            if (isNull) { setNull(CSJ_AVAILABLE); }
            line.available = quantity;
        }
        const uint8_t sign = peek();
        token++;
        if (sign == ']') { return CSJ_OK; }
        if (sign != ',') { return malformed("a comma or bracket is missing"); }
    }
}

int csj_reader::seoMember(Raw name) {
    if (is(name, "title")) { return text(CSJ_SEO_TITLE); }
    if (is(name, "description")) { return text(CSJ_SEO_DESCRIPTION); }
    return skip();
}

int csj_reader::costMember(Raw name) {
    if (is(name, "amount")) { return textOrNumber(CSJ_COST_AMOUNT); }
    if (is(name, "currencyCode")) { return text(CSJ_COST_CURRENCY); }
    return skip();
}

int csj_reader::weightMember(Raw name) {
    if (is(name, "value")) { return textOrNumber(CSJ_WEIGHT_VALUE); }
    if (is(name, "unit")) { return text(CSJ_WEIGHT_UNIT); }
    return skip();
}

int csj_reader::itemMember(Raw name) {
    switch (name.end - name.begin) {
        case 2:
            if (is(name, "id")) { return identity(CSJ_ITEM_ID, line.item); }
            break;
        case 7:
            if (is(name, "tracked")) { return flag(CSJ_TRACKED, line.tracked); }
            break;
        case 8:
            if (is(name, "unitCost")) {
                return nested(CSJ_COST, 3, [this](Raw inner) { return costMember(inner); });
            }
            break;
        case 11:
            if (is(name, "measurement")) {
                return nested(CSJ_MEASUREMENT, 3, [this](Raw inner) -> int {
                    if (!is(inner, "weight")) { return skip(); }
                    return nested(CSJ_WEIGHT, 4, [this](Raw innermost) { return weightMember(innermost); });
                });
            }
            break;
        case 16:
            if (is(name, "requiresShipping")) { return flag(CSJ_REQUIRES_SHIPPING, line.requires_shipping); }
            break;
        case 19:
            if (is(name, "countryCodeOfOrigin")) { return text(CSJ_COUNTRY); }
            break;
        case 20:
            if (is(name, "harmonizedSystemCode")) { return text(CSJ_HS_CODE); }
            break;
        default: break;
    }
    return skip();
}

// A member of the line's own object. Switching by length leaves one comparison for nearly every key.
int csj_reader::member(const uint8_t *begin, size_t size) {
    const Raw name{begin, begin + size};
    switch (size) {
        case 2:
            if (is(name, "id")) { return identity(CSJ_ID, line.id); }
            break;
        case 3:
            if (is(name, "sku")) { return text(CSJ_SKU); }
            if (is(name, "seo")) {
                return nested(CSJ_SEO, 2, [this](Raw inner) { return seoMember(inner); });
            }
            break;
        case 4:
            if (is(name, "tags")) { return tagList(); }
            break;
        case 5:
            if (is(name, "title")) { return text(CSJ_TITLE); }
            if (is(name, "price")) { return textOrNumber(CSJ_PRICE); }
            break;
        case 6:
            if (is(name, "handle")) { return text(CSJ_HANDLE); }
            if (is(name, "vendor")) { return text(CSJ_VENDOR); }
            if (is(name, "status")) { return text(CSJ_STATUS); }
            break;
        case 7:
            if (is(name, "barcode")) { return text(CSJ_BARCODE); }
            if (is(name, "taxable")) { return flag(CSJ_TAXABLE, line.taxable); }
            break;
        case 8:
            if (is(name, "location")) {
                return nested(CSJ_LOCATION, 2, [this](Raw inner) -> int {
                    return is(inner, "id") ? identity(CSJ_LOCATION_ID, line.location) : skip();
                });
            }
            break;
        case 10:
            if (is(name, "__parentId")) { return identity(CSJ_PARENT, line.parent); }
            if (is(name, "quantities")) { return quantities(); }
            break;
        case 11:
            if (is(name, "productType")) { return text(CSJ_PRODUCT_TYPE); }
            break;
        case 13:
            if (is(name, "inventoryItem")) {
                return nested(CSJ_ITEM, 2, [this](Raw inner) { return itemMember(inner); });
            }
            break;
        case 14:
            if (is(name, "compareAtPrice")) { return textOrNumber(CSJ_COMPARE_AT_PRICE); }
            break;
        case 15:
            if (is(name, "descriptionHtml")) { return text(CSJ_DESCRIPTION); }
            if (is(name, "inventoryPolicy")) { return text(CSJ_INVENTORY_POLICY); }
            break;
        default: break;
    }
    return skip();
}

int csj_reader::object() {
    return members(1, [this](Raw name) { return member(name.begin, size_t(name.end - name.begin)); });
}

int csj_reader::next() {
    if (place >= length) { return CSJ_END; }
    const uint8_t *begin = block + place;
    const size_t rest = length - place;
    const uint8_t *newline = static_cast<const uint8_t *>(std::memchr(begin, '\n', rest));
    lineEnd = newline ? newline : block + length;
    const size_t size = size_t(lineEnd - begin);
    line.begin = place;
    line.length = size;
    line.seen = 0;
    line.nulls = 0;
    line.id = line.parent = line.item = line.location = csj_id{0, {nullptr, 0}, CSJ_KIND_NONE};
    std::memset(line.texts, 0, sizeof line.texts);
    line.tags = nullptr;
    line.tag_count = 0;
    line.taxable = line.tracked = line.requires_shipping = 0;
    line.available = 0;
    place += size + 1;
    if (size > std::numeric_limits<uint32_t>::max() / 2) { return malformed("the line is too long"); }
    if (size > scratchSize) {
        size_t wanted = 1 << 14;
        while (wanted < size) { wanted *= 2; }
        scratch.reset(new (std::nothrow) uint8_t[wanted]);
        scratchSize = scratch ? wanted : 0;
        if (!scratch) { return CSJ_NO_MEMORY; }
    }
    free = scratch.get();
    if (size == 0) { return malformed("the line is empty"); }
    if (isByLine) {
        const error_code error = index(begin, size);
        if (error == simdjson::MEMALLOC) { return CSJ_NO_MEMORY; }
        if (error) { return malformed(simdjson::error_message(error)); }
    }
    if (token >= stage->n_structural_indexes || at(token) != begin) { return malformed("the line is no object"); }
    if (const int problem = object()) { return problem; }
    if (peek() != 0) { return malformed("something follows the object"); }
    return CSJ_OK;
}

csj_reader *csj_create(void) {
    try {
        return new csj_reader();
    } catch (...) {
        return nullptr;
    }
}

void csj_destroy(csj_reader *reader) { delete reader; }

void csj_begin(csj_reader *reader, const uint8_t *block, size_t length) {
    reader->block = block;
    reader->length = length;
    reader->place = 0;
    // One pass over the whole block is cheaper than one a line. Where it finds a fault, the lines are taken one by one,
    // so that the sound ones before it count and the fault is found in its line.
    try {
        reader->isByLine = reader->index(block, length) != simdjson::SUCCESS;
    } catch (...) {
        reader->isByLine = true;
    }
}

int csj_next(csj_reader *reader) {
    try {
        return reader->next();
    } catch (const std::bad_alloc &) {
        return CSJ_NO_MEMORY;
    } catch (...) {
        reader->reason = "the parser failed";
        return CSJ_MALFORMED;
    }
}

const csj_line *csj_current(const csj_reader *reader) { return &reader->line; }

int csj_field(const csj_reader *reader) { return reader->field; }

const char *csj_reason(const csj_reader *reader) { return reader->reason; }
