#include "ByteMask.hpp"
#include "CSimdjsonText.h"

namespace csj {

namespace {

inline bool isBlank(uint8_t byte) { return byte == 0x20 || (byte <= 0x0D && byte >= 0x09 && byte != 0x0B); }
inline bool isPlain(uint8_t byte) { return byte != '<' && byte != '>' && byte != '&' && !isBlank(byte); }
inline bool isNameByte(uint8_t byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'); }

// A name of at most eight signs as a number.
constexpr uint64_t named(const char *name) {
    uint64_t value = 0;
    while (*name) { value = value << 8 | uint8_t(*name++); }
    return value;
}

enum class TagKind { inlined, block, unsure };

TagKind kindOf(uint64_t name) {
    switch (name) {
        case named("p"): case named("ul"): case named("ol"): case named("li"): case named("br"): case named("hr"):
        case named("h1"): case named("h2"): case named("h3"): case named("h4"): case named("h5"): case named("h6"):
        case named("tr"): case named("td"): case named("th"): case named("dl"): case named("dt"): case named("dd"):
        case named("div"): case named("table"): case named("thead"): case named("tbody"): case named("tfoot"):
        case named("caption"): case named("colgroup"): case named("fieldset"): case named("form"): case named("section"):
        case named("article"): case named("header"): case named("footer"): case named("main"): case named("nav"):
        case named("aside"): case named("figure"): case named("address"):
            return TagKind::block;
        case named("pre"): case named("textarea"): case named("script"): case named("style"):
            return TagKind::unsure;
        default: return TagKind::inlined;
    }
}

// A walk over text that is canonical already but for blanks.
struct Walk {
    const uint8_t *at;
    const uint8_t *const end;
    uint8_t *to;
    bool isAtBoundary;

    // The tag at a place: what its name says, and where the name ends. Unsure unless it is short, in lower case, and ended
    // by > or a space.
    TagKind tag(const uint8_t *from, const uint8_t *&nameEnd) const {
        from++;
        if (from < end && *from == '/') { from++; }
        const uint8_t *const begin = from;
        uint64_t name = 0;
        while (from < end && isNameByte(*from)) { name = name << 8 | *from++; }
        nameEnd = from;
        if (from == begin || from - begin > 8 || *begin < 'a' || from == end || (*from != '>' && *from != ' ')) {
            return TagKind::unsure;
        }
        return kindOf(name);
    }

    // Copies a run of plain bytes with single spaces in it; there is at least one.
    void words() {
        isAtBoundary = false;
        while (end - at >= 33) {
            const Bytes32 bytes(at);
            const Bytes32 following(at + 1);
            bytes.store(to);
            const uint32_t markup = bytes.angles() | bytes.equal('&') | bytes.atMost(0x1F);
            const uint32_t stops = markup | (bytes.equal(' ') & (following.atMost(0x20) | following.equal('<')));
            if (stops == 0) {
                at += 32;
                to += 32;
                continue;
            }
            at += lowest(stops);
            to += lowest(stops);
            // Other control characters are plain as well.
            if (at < end && isPlain(*at)) {
                *to++ = *at++;
                continue;
            }
            return;
        }
        while (at < end && isPlain(*at)) { *to++ = *at++; }
    }

    // Passes over blanks; false where it depends on something unusual whether they are shown.
    bool blanks() {
        const uint8_t *behind = at;
        bool hasReturn = false;
        while (behind < end && isBlank(*behind)) { hasReturn |= *behind++ == 0x0D; }
        if (!isAtBoundary && behind < end) {
            TagKind kind = TagKind::inlined;
            const uint8_t *nameEnd;
            if (*behind == '<') { kind = tag(behind, nameEnd); }
            if (kind == TagKind::unsure) { return false; }
            if (kind == TagKind::inlined) {
                if (hasReturn) { return false; }
                copy(behind);
            }
        }
        at = behind;
        return true;
    }

    // Copies a tag; false where it isn't in canonical form or says more than that it is there.
    bool tag() {
        const uint8_t *from;
        const TagKind kind = tag(at, from);
        if (kind == TagKind::unsure) { return false; }
        while (*from == ' ') {
            from++;
            const uint8_t *const name = from;
            while (from < end && (isNameByte(*from) || *from == '-')) { from++; }
            if (from == name || end - from < 2 || from[0] != '=' || from[1] != '"') { return false; }
            from += 2;
            for (;; from++) {
                if (from == end || *from == '&') { return false; }
                if (*from == '"') { break; }
                // It may speak of white-space.
                if ((*from | 0x20) == 'w' && end - from > 1 && (from[1] | 0x20) == 'h') { return false; }
            }
            from++;
            if (from == end) { return false; }
        }
        if (*from != '>') { return false; }
        from++;
        copy(from);
        isAtBoundary = kind == TagKind::block;
        return true;
    }

    bool reference() {
        size_t length = 0;
        if (end - at >= 4 && (std::memcmp(at, "&lt;", 4) == 0 || std::memcmp(at, "&gt;", 4) == 0)) { length = 4; }
        if (end - at >= 5 && std::memcmp(at, "&amp;", 5) == 0) { length = 5; }
        if (length == 0) { return false; }
        copy(at + length);
        isAtBoundary = false;
        return true;
    }

    // Copies up to a place.
    void copy(const uint8_t *behind) {
        // Sixteen bytes at once where the text has them: what is too much is written over.
        while (at < behind && end - at >= 16) {
            Bytes16(at).store(to);
            const ptrdiff_t count = behind - at < 16 ? behind - at : 16;
            at += count;
            to += count;
        }
        while (at < behind) { *to++ = *at++; }
    }
};

}  // namespace

}  // namespace csj

void csj_html_advance(csj_html *html) {
    csj::Walk walk{html->text + html->place, html->text + html->length, html->output + html->written, html->is_at_boundary};
    while (walk.at < walk.end) {
        const uint8_t sign = *walk.at;
        if (csj::isPlain(sign)) {
            walk.words();
        } else if (!(sign == '<' ? walk.tag() : sign == '&' ? walk.reference() : sign != '>' && walk.blanks())) {
            break;
        }
    }
    html->place = size_t(walk.at - html->text);
    html->written = size_t(walk.to - html->output);
    html->is_at_boundary = walk.isAtBoundary;
}

size_t csj_find_from(const uint8_t *text, size_t place, size_t length, uint8_t least) {
    while (length - place >= 16) {
        if (const uint32_t found = csj::Bytes16(text + place).atLeast(least)) { return place + size_t(csj::lowest(found)); }
        place += 16;
    }
    while (place < length && text[place] < least) { place++; }
    return place;
}

bool csj_is_plain(const uint8_t *text, size_t length) {
    if (length < 16) {
        bool isPlain = true;
        for (size_t place = 0; place < length; place++) { isPlain &= text[place] != 0x0D && text[place] < 0xCC; }
        return isPlain;
    }
    const auto isPlainAt = [text](size_t place) {
        const csj::Bytes16 bytes(text + place);
        return (bytes.equal(0x0D) | bytes.atLeast(0xCC)) == 0;
    };
    for (size_t place = 0; place + 16 <= length; place += 16) {
        if (!isPlainAt(place)) { return false; }
    }
    return isPlainAt(length - 16);
}
