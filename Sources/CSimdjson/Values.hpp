// Reads single values where they stand. Each returns the place behind the value, or null for anything unusual, which is then left
// to the full parser; what is accepted is sound.
#ifndef VALUES_HPP
#define VALUES_HPP

#include "ByteMask.hpp"
#include "LineText.hpp"

namespace csj {

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

// A string that goes nowhere, sign by sign, as takeLongString.
const uint8_t *passInTurn(const uint8_t *from);

inline const uint8_t *passWord(const uint8_t *from, const char *word, size_t size) {
    return std::memcmp(from, word, size) == 0 ? from + size : nullptr;
}

inline const uint8_t *takeFlag(const uint8_t *at, uint8_t &flag) {
    if (std::memcmp(at, "true", 4) == 0) {
        flag = 1;
        return at + 4;
    }
    flag = 0;
    return std::memcmp(at, "false", 5) == 0 ? at + 5 : nullptr;
}

// Longer ones are left to the full parser; the newline at the end of the block ends every number before.
inline constexpr ptrdiff_t longestNumber = CSJ_PADDING;

// The end of a number: of one like 2850.0 by its digits, of any other by the whole grammar.
inline const uint8_t *takeNumber(const uint8_t *number) {
    uint64_t digits;
    const int whole = digitsOf(loadWord(number), digits);
    if (whole > 0 && whole < 8 && (*number != '0' || whole == 1)) {
        const uint8_t *const behind = number + whole;
        if (*behind == ',' || *behind == '}') { return behind; }
        if (*behind == '.') {
            const int fraction = digitsOf(loadWord(behind + 1), digits);
            if (fraction > 0 && (behind[1 + fraction] == ',' || behind[1 + fraction] == '}')) { return behind + 1 + fraction; }
        }
    }
    return endOfNumber(number, number + longestNumber);
}

// Up to sixteen signs: digits, and perhaps a point with digits behind it.
bool readDecimal(const uint8_t *text, size_t length, int decimals, int64_t &value);

}  // namespace csj

#endif
