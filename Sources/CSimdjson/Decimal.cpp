#include "CSimdjsonText.h"
#include "Values.hpp"

namespace csj {

namespace {

constexpr int64_t powers[7] = {1, 10, 100, 1000, 10'000, 100'000, 1'000'000};

// At most eight signs: the point is taken out from between the digits, which are then read at once.
bool readShort(const uint8_t *text, int length, int decimals, int64_t &value) {
    uint64_t digits;
    const int whole = digitsOf(loadWord(text), digits);
    if (whole == 0) { return false; }
    if (whole >= length) {
        value = int64_t(eightDigits(digits << (64 - 8 * length))) * powers[decimals];
        return true;
    }
    const int fraction = length - whole - 1;
    if (text[whole] != '.' || fraction == 0 || fraction > decimals) { return false; }
    // whole + fraction is at most 7.
    const uint64_t behind = digits >> (8 * (whole + 1));
    uint64_t ignored;
    if (digitsOf(behind ^ 0x3030303030303030u, ignored) < fraction) { return false; }
    const uint64_t before = digits & ((uint64_t(1) << (8 * whole)) - 1);
    const uint64_t all = before | behind << (8 * whole);
    value = int64_t(eightDigits(all << (64 - 8 * (whole + fraction)))) * powers[decimals - fraction];
    return true;
}

}  // namespace

bool readDecimal(const uint8_t *text, size_t length, int decimals, int64_t &value) {
    if (length == 0 || length > 16 || decimals < 0 || decimals > 6) { return false; }
    if (length <= 8) { return readShort(text, int(length), decimals, value); }
    int64_t number = 0;
    size_t point = length;
    for (size_t place = 0; place < length; place++) {
        const uint8_t digit = uint8_t(text[place] - '0');
        if (digit < 10) {
            number = number * 10 + digit;
        } else if (text[place] == '.' && place > 0 && point == length) {
            point = place;
        } else {
            return false;
        }
    }
    const int fraction = point == length ? 0 : int(length - point - 1);
    if ((point < length && fraction == 0) || fraction > decimals) { return false; }
    // Sixteen digits and six more may be too many.
    return !__builtin_mul_overflow(number, powers[decimals - fraction], &value);
}

}  // namespace csj

bool csj_decimal(const uint8_t *text, size_t length, int decimals, int64_t *value) {
    return csj::readDecimal(text, length, decimals, *value);
}
