// Reads single values where they stand. Each returns the place behind the value, or null for anything unusual, which is then left
// to the full parser; what is accepted is sound.
#ifndef VALUES_HPP
#define VALUES_HPP

#include "ByteMask.hpp"
#include "CSimdjson.h"

namespace csj {

// A string with escapes or signs beyond ASCII, or a long one; `from` is behind its quote. The text is put to `free` where it
// had escapes.
const uint8_t *takeLongString(const uint8_t *from, uint8_t *&free, csj_text &text);

// The bytes of a string up to its closing quote, without a look at what they are; it may not be sound. Null where the line ends
// before.
const uint8_t *passRawString(const uint8_t *from, csj_text &raw);

// A value of any kind, without blanks in it, that goes nowhere.
const uint8_t *passValue(const uint8_t *from, uint8_t *free);

// A string from behind its quote. Most are short and plain.
inline const uint8_t *takeString(const uint8_t *from, uint8_t *&free, csj_text &text) {
    const Bytes16 bytes(from);
    const uint32_t ends = bytes.stops() | bytes.beyondASCII();
    if (ends != 0) {
        const int length = lowest(ends);
        if (from[length] == '"') {
            text = csj_text{from, uint32_t(length)};
            return from + length + 1;
        }
    }
    return takeLongString(from, free, text);
}

inline bool isNullHere(const uint8_t *from) {
    uint32_t word;
    std::memcpy(&word, from, 4);
    return word == 0x6C6C756E;
}

// How many of eight bytes are digits from the first on, and their values in `digits`.
inline int digitsOf(uint64_t word, uint64_t &digits) {
    digits = word ^ 0x3030303030303030u;
    const uint64_t others = (((digits & 0x7F7F7F7F7F7F7F7Fu) + 0x7676767676767676u) | digits) & 0x8080808080808080u;
    return others == 0 ? 8 : __builtin_ctzll(others) >> 3;
}

// The number of eight digits, the first in the lowest byte.
inline uint64_t eightDigits(uint64_t digits) {
    digits = digits * 10 + (digits >> 8);
    return (((digits & 0x000000FF000000FFu) * 0x000F424000000064u) +
            (((digits >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u)) >> 32;
}

// 1 to 18 digits.
inline const uint8_t *takeDigits(const uint8_t *from, int64_t &value) {
    static constexpr uint64_t powers[9] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    uint64_t digits;
    int count = digitsOf(loadWord(from), digits);
    if (count == 0) { return nullptr; }
    uint64_t number = eightDigits(count == 8 ? digits : digits << (64 - 8 * count));
    const uint8_t *at = from + count;
    if (count == 8) {
        do {
            count = digitsOf(loadWord(at), digits);
            if (count > 0) {
                number = number * powers[count] + eightDigits(count == 8 ? digits : digits << (64 - 8 * count));
                at += count;
            }
        } while (count == 8 && at - from <= 18);
    }
    value = int64_t(number);
    return at - from <= 18 ? at : nullptr;
}

// Up to sixteen signs: digits, and perhaps a point with digits behind it.
bool readDecimal(const uint8_t *text, size_t length, int decimals, int64_t &value);

// A whole number of JSON.
inline const uint8_t *takeWhole(const uint8_t *from, int64_t &value) {
    const bool isNegative = *from == '-';
    if (isNegative) { from++; }
    const uint8_t *const end = takeDigits(from, value);
    if (!end || (*from == '0' && end - from > 1)) { return nullptr; }
    if (isNegative) { value = -value; }
    return end;
}

}  // namespace csj

#endif
