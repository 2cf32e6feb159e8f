// Strings and values that go nowhere, read as wide as a processor can: Scan says by which bytes. Each returns the place behind the
// value, or null for anything unusual, which is then left to the full parser; what is accepted is sound. As TemplateReading.hpp,
// nothing but templates.

namespace csj {

// A string with escapes or signs beyond ASCII, or a long one; `from` is behind its quote. The text is put to `free` where it
// had escapes.
template <class Scan> const uint8_t *takeLongString(const uint8_t *from, uint8_t *&free, csj_text &text) {
    const uint8_t *const begin = from;
    uint8_t *to = free;
    typename Scan::Long::Mask beyond = 0;
    // Copying costs nearly nothing beside looking; where no escape comes the copy isn't used.
    for (;;) {
        const typename Scan::Long bytes(from);
        bytes.store(to);
        beyond |= bytes.beyondASCII();
        const auto stops = bytes.stops();
        if (stops == 0) {
            from += Scan::Long::width;
            to += Scan::Long::width;
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

// As takeLongString, of a string that goes nowhere and still has to be sound. Without a jump for each escape: which come where is
// beyond foretelling.
template <class Scan> const uint8_t *passLongString(const uint8_t *from) {
    const uint8_t *const begin = from;
    uint64_t beyond = 0;
    // What the escapes of one block ask of the next: its first byte is escaped, its first ones have to be digits of \u, or the
    // first of them.
    uint64_t isEscaped = 0, digitsWanted = 0, firstDigit = 0;
    for (;; from += 64) {
        const auto block = Scan::block(from);
        beyond |= block.beyondASCII;
        // Behind a backslash that is not escaped itself: those of a run are told apart by where it begins (as simdjson does).
        const uint64_t evens = 0x5555555555555555u;
        const uint64_t slashes = block.slashes & ~isEscaped;
        const uint64_t behind = slashes << 1 | isEscaped;
        uint64_t flips;
        isEscaped = __builtin_add_overflow(slashes & ~evens & ~behind, slashes, &flips) ? 1 : 0;
        uint64_t escaped = (evens ^ flips << 1) & behind;
        const uint64_t ends = (block.quotes & ~escaped) | block.controls;
        // All below the first end; all where there is none.
        const uint64_t within = (ends & (0 - ends)) - 1;
        escaped &= within;
        const uint64_t units = escaped & block.us;
        const uint64_t digits = units << 1 | units << 2 | units << 3 | units << 4 | digitsWanted;
        digitsWanted = units >> 63 | units >> 62 | units >> 61 | units >> 60;
        if (((escaped & ~(block.letters | block.us)) | (digits & ~(block.digits & within))) != 0) { return nullptr; }
        // Halves of pairs have to be looked at in turn.
        if (((units << 1 | firstDigit) & block.ds) != 0) { return passInTurn(begin); }
        firstDigit = units >> 63;
        if (ends != 0) {
            const uint8_t *const end = from + lowest(ends);
            if (*end != '"') { return nullptr; }
            const bool isSound =
                beyond == 0 || simdjson::validate_utf8(reinterpret_cast<const char *>(begin), size_t(end - begin));
            return isSound ? end + 1 : nullptr;
        }
    }
}

// A string from behind its quote. Most are short and plain.
template <class Scan> inline const uint8_t *takeString(const uint8_t *from, uint8_t *&free, csj_text &text) {
    const typename Scan::Short bytes(from);
    const auto ends = bytes.stops() | bytes.beyondASCII();
    if (ends != 0) {
        const int length = lowest(ends);
        if (from[length] == '"') {
            text = csj_text{from, uint32_t(length)};
            return from + length + 1;
        }
    }
    return takeLongString<Scan>(from, free, text);
}

// A string that goes nowhere, from behind its quote.
template <class Scan> inline const uint8_t *passString(const uint8_t *from) {
    const typename Scan::Short bytes(from);
    const auto ends = bytes.stops() | bytes.beyondASCII();
    if (ends != 0 && from[lowest(ends)] == '"') { return from + lowest(ends) + 1; }
    return passLongString<Scan>(from);
}

template <class Scan> inline const uint8_t *passScalar(const uint8_t *from) {
    switch (*from) {
        case '"': return passString<Scan>(from + 1);
        case 't': return passWord(from, "true", 4);
        case 'f': return passWord(from, "false", 5);
        case 'n': return passWord(from, "null", 4);
        // The newline at the end of the block ends every number.
        default: return endOfNumber(from, from + (size_t(1) << 40));
    }
}

// A key and its colon, from the quote on.
template <class Scan> inline const uint8_t *passKey(const uint8_t *from) {
    if (*from != '"') { return nullptr; }
    from = passString<Scan>(from + 1);
    return from && *from == ':' ? from + 1 : nullptr;
}

// A value of any kind, without blanks in it, that goes nowhere.
template <class Scan> const uint8_t *passValue(const uint8_t *from) {
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
                if (sign == '{' && !(from = passKey<Scan>(from))) { return nullptr; }
                continue;
            }
        } else if (!(from = passScalar<Scan>(from))) {
            return nullptr;
        }
        // A value has ended: what closes, closes.
        for (;;) {
            if (depth == 0) { return from; }
            const uint8_t end = *from++;
            if (end == ',') {
                if ((isObject & 1) && !(from = passKey<Scan>(from))) { return nullptr; }
                break;
            }
            if (end != (isObject & 1 ? '}' : ']')) { return nullptr; }
            depth--;
            isObject >>= 1;
        }
    }
}

}  // namespace csj
