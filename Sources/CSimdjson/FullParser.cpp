#include "FullParser.hpp"

#include <limits>

namespace csj {

using simdjson::error_code;

error_code FullParser::index(const uint8_t *bytes, size_t count) {
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

bool FullParser::takeNull() {
    if (peek() != 'n') { return false; }
    const uint8_t *begin = at(token);
    if (tokenEnd(token) - begin != 4 || std::memcmp(begin, "null", 4) != 0) { return false; }
    token++;
    return true;
}

bool FullParser::takeRaw(Raw &raw) {
    if (peek() != '"') { return false; }
    const uint8_t *begin = at(token);
    const uint8_t *end = tokenEnd(token);
    if (end - begin < 2 || end[-1] != '"') { return false; }
    raw = Raw{begin + 1, end - 1};
    token++;
    return true;
}

int FullParser::key(Raw &name) {
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

int FullParser::takeText(int which) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    Raw raw;
    if (!takeRaw(raw)) { return unexpected(which); }
    return unescape(raw, line.texts[which]) ? CSJ_OK : malformed("an escape is unknown");
}

// The description, with what stands between its quotes.
int FullParser::takeDescription() {
    const uint8_t *const begin = peek() == '"' ? at(token) + 1 : nullptr;
    const int problem = takeText(CSJ_DESCRIPTION);
    if (!problem && begin) { line.raw_description = csj_text{begin, uint32_t(tokenEnd(token - 1) - 1 - begin)}; }
    return problem;
}

int FullParser::takeTextOrNumber(int which) {
    const uint8_t sign = peek();
    if (sign == '"' || sign == 'n') { return takeText(which); }
    if (!mark(which)) { return unexpected(which); }
    if (sign != '-' && (sign < '0' || sign > '9')) { return unexpected(which); }
    const uint8_t *begin = at(token);
    const uint8_t *end = tokenEnd(token);
    if (endOfNumber(begin, end) != end) { return malformed("a number is unsound"); }
    line.texts[which] = csj_text{begin, uint32_t(end - begin)};
    token++;
    return CSJ_OK;
}

int FullParser::takeFlag(int which, uint8_t &value) {
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

int FullParser::takeIdentity(int which, csj_id &id) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    Raw raw;
    if (!takeRaw(raw)) { return unexpected(which); }
    // Nearly every id is in one of the two forms whose number can be read where it stands.
    if (knownForm(raw, id)) { return CSJ_OK; }
    if (!unescape(raw, id.text)) { return malformed("an escape is unknown"); }
    readIdentity(id);
    return CSJ_OK;
}

int FullParser::takeWhole(int which, int64_t &value) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    const uint8_t sign = peek();
    if (sign != '-' && (sign < '0' || sign > '9')) { return unexpected(which); }
    const uint8_t *from = at(token);
    const uint8_t *end = tokenEnd(token);
    if (endOfNumber(from, end) != end) { return malformed("a number is unsound"); }
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

int FullParser::takeTags() {
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
int FullParser::scalar() {
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
    if (!is(raw, "true") && !is(raw, "false") && !is(raw, "null") && endOfNumber(raw.begin, raw.end) != raw.end) {
        return malformed("a value is unsound");
    }
    token++;
    return CSJ_OK;
}

// Passes over a value of any kind, checking its grammar and its depth.
int FullParser::pass() {
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

template <typename Member> int FullParser::members(int depth, Member member) {
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
template <typename Member> int FullParser::nested(int which, int depth, Member member) {
    if (!mark(which)) { return unexpected(which); }
    if (takeNull()) {
        setNull(which);
        return CSJ_OK;
    }
    if (peek() != '{') { return unexpected(which); }
    const size_t mine = notes.size();
    if (keepsNotes) { notes.push_back(Note{ValueKind::object, which, at(token), nullptr, 0}); }
    const int problem = members(depth, member);
    if (keepsNotes && !problem) {
        notes[mine].end = tokenEnd(token - 1);
        notes[mine].next = uint32_t(notes.size());
    }
    return problem;
}

// [{"name":"available","quantity":5}, …]: only the entry of that name counts.
int FullParser::quantities() {
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
        const size_t firstNote = notes.size();
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
        for (size_t place = firstNote; !isAvailable && place < notes.size(); place++) { notes[place].which = CSJ_FIELDS; }
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

int FullParser::seoMember(Raw name) {
    if (is(name, "title")) { return text(CSJ_SEO_TITLE); }
    if (is(name, "description")) { return text(CSJ_SEO_DESCRIPTION); }
    return skip();
}

int FullParser::costMember(Raw name) {
    if (is(name, "amount")) { return textOrNumber(CSJ_COST_AMOUNT); }
    if (is(name, "currencyCode")) { return text(CSJ_COST_CURRENCY); }
    return skip();
}

int FullParser::weightMember(Raw name) {
    if (is(name, "value")) { return textOrNumber(CSJ_WEIGHT_VALUE); }
    if (is(name, "unit")) { return text(CSJ_WEIGHT_UNIT); }
    return skip();
}

int FullParser::itemMember(Raw name) {
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
int FullParser::member(const uint8_t *begin, size_t size) {
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
            if (is(name, "descriptionHtml")) { return description(); }
            if (is(name, "inventoryPolicy")) { return text(CSJ_INVENTORY_POLICY); }
            break;
        default: break;
    }
    return skip();
}

int FullParser::object() {
    return members(1, [this](Raw name) { return member(name.begin, size_t(name.end - name.begin)); });
}
int FullParser::read(const uint8_t *begin, size_t size, bool isIndexed, uint8_t *scratch) {
    lineEnd = begin + size;
    free = scratch;
    notes.clear();
    line.length = size;
    line.seen = 0;
    line.nulls = 0;
    line.id = line.parent = line.item = line.location = csj_id{0, {nullptr, 0}, CSJ_KIND_NONE};
    std::memset(line.texts, 0, sizeof line.texts);
    line.raw_description = csj_text{nullptr, 0};
    line.tags = nullptr;
    line.tag_count = 0;
    line.taxable = line.tracked = line.requires_shipping = 0;
    line.available = 0;
    if (size > std::numeric_limits<uint32_t>::max() / 2) { return malformed("the line is too long"); }
    if (size == 0) { return malformed("the line is empty"); }
    if (!isIndexed) {
        const error_code error = index(begin, size);
        if (error == simdjson::MEMALLOC) { return CSJ_NO_MEMORY; }
        // Nothing but blanks: as a line of an indexed block.
        if (error == simdjson::EMPTY) { return malformed("the line is no object"); }
        if (error) { return malformed(simdjson::error_message(error)); }
    }
    if (token >= stage->n_structural_indexes || at(token) != begin) { return malformed("the line is no object"); }
    if (const int problem = object()) { return problem; }
    if (!isAtEnd()) { return malformed("something follows the object"); }
    return CSJ_OK;
}

}  // namespace csj
