// Looks at sixteen bytes at once: SSE2 where it is part of the architecture, else two words of eight.
#ifndef BYTE_MASK_HPP
#define BYTE_MASK_HPP

#include <cstdint>
#include <cstring>

#if defined(__SSE2__) && !defined(CSJ_PORTABLE)
#include <emmintrin.h>
#define CSJ_SSE2 1
#endif

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the first byte of a word is its lowest");

namespace csj {

inline uint64_t loadWord(const uint8_t *from) {
    uint64_t word;
    std::memcpy(&word, from, 8);
    return word;
}

#if CSJ_SSE2

// Sixteen bytes; a mask has one bit for each.
struct Bytes16 {
    static constexpr uint32_t width = 16;
    __m128i bytes;
    using Mask = uint32_t;

    explicit Bytes16(const uint8_t *from) : bytes(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from))) {}
    void store(uint8_t *to) const { _mm_storeu_si128(reinterpret_cast<__m128i *>(to), bytes); }
    Mask equal(char sign) const { return Mask(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(sign)))); }
    Mask equal(Bytes16 other) const { return Mask(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, other.bytes))); }
    bool equals(Bytes16 other) const { return equal(other) == 0xFFFF; }
    // Whether the first ones are those of another; at most sixteen.
    bool startsAs(Bytes16 other, uint32_t count) const { return (~equal(other) & ((1u << count) - 1)) == 0; }
    // A quote, backslash or control character: where a run of plain bytes in a string ends.
    Mask stops() const {
        const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
        const __m128i slash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
        return Mask(_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(quote, slash), control)));
    }
    // A byte that is no ASCII.
    Mask beyondASCII() const { return Mask(_mm_movemask_epi8(bytes)); }
    Mask atLeast(uint8_t least) const {
        return Mask(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(bytes, _mm_set1_epi8(char(least))), bytes)));
    }
    Mask atMost(uint8_t most) const {
        return Mask(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(char(most))), bytes)));
    }
    // < or >, which differ in one bit.
    Mask angles() const {
        return Mask(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_or_si128(bytes, _mm_set1_epi8(2)), _mm_set1_epi8('>'))));
    }
};

#else

// Sixteen bytes as two words; a mask has one bit for each.
struct Bytes16 {
    static constexpr uint32_t width = 16;
    uint64_t words[2];
    using Mask = uint32_t;

    explicit Bytes16(const uint8_t *from) { std::memcpy(words, from, 16); }
    void store(uint8_t *to) const { std::memcpy(to, words, 16); }
    Mask equal(Bytes16 other) const { return Bytes16(words[0] ^ other.words[0], words[1] ^ other.words[1]).equal(0); }
    bool equals(Bytes16 other) const { return ((words[0] ^ other.words[0]) | (words[1] ^ other.words[1])) == 0; }
    bool startsAs(Bytes16 other, uint32_t count) const { return (~equal(other) & ((1u << count) - 1)) == 0; }
    Mask equal(char sign) const {
        return gather([sign](uint64_t word) { return zeros(word ^ (ones * uint8_t(sign))); });
    }
    Mask stops() const {
        return gather([](uint64_t word) {
            // A byte below 0x20 has none of its three top bits.
            return zeros(word ^ (ones * '"')) | zeros(word ^ (ones * '\\')) | zeros(word & (ones * 0xE0));
        });
    }
    Mask beyondASCII() const {
        return gather([](uint64_t word) { return word & tops; });
    }
    Mask atLeast(uint8_t least) const { return ~atMost(uint8_t(least - 1)) & 0xFFFF; }
    Mask atMost(uint8_t most) const {
        return gather([most](uint64_t word) {
            // The lower seven bits are compared by a subtraction that borrows from each byte's own top bit only.
            const uint64_t limit = ones * (most & 0x7F);
            const uint64_t isLowerAtMost = ((limit | tops) - (word & ~tops)) & tops;
            return most < 0x80 ? isLowerAtMost & ~word : isLowerAtMost | (~word & tops);
        });
    }
    Mask angles() const {
        return gather([](uint64_t word) { return zeros((word | ones * 2) ^ (ones * '>')); });
    }

private:
    Bytes16(uint64_t low, uint64_t high) : words{low, high} {}

    static constexpr uint64_t ones = 0x0101010101010101u;
    static constexpr uint64_t tops = 0x8080808080808080u;

    // The top bit of each byte that is zero, and of no other.
    static uint64_t zeros(uint64_t word) { return ~(((word & ~tops) + ~tops) | word) & tops; }
    template <typename Test> Mask gather(Test test) const {
        // Brings the top bits of eight bytes together in the highest byte.
        const uint64_t low = (test(words[0]) >> 7) * 0x0102040810204080u >> 56;
        const uint64_t high = (test(words[1]) >> 7) * 0x0102040810204080u >> 56;
        return Mask(low | high << 8);
    }
};

#endif

// Thirty-two bytes as two of sixteen: fewer turns where runs are long.
struct Bytes32 {
    static constexpr uint32_t width = 32;
    using Mask = uint32_t;
    Bytes16 low;
    Bytes16 high;

    explicit Bytes32(const uint8_t *from) : low(from), high(from + 16) {}
    void store(uint8_t *to) const {
        low.store(to);
        high.store(to + 16);
    }
    uint32_t equal(char sign) const { return low.equal(sign) | high.equal(sign) << 16; }
    uint32_t stops() const { return low.stops() | high.stops() << 16; }
    uint32_t beyondASCII() const { return low.beyondASCII() | high.beyondASCII() << 16; }
    uint32_t atMost(uint8_t most) const { return low.atMost(most) | high.atMost(most) << 16; }
    uint32_t angles() const { return low.angles() | high.angles() << 16; }
};

// Where signs of some kinds stand among 64 bytes.
struct Signs64 {
    uint64_t quotes = 0;
    uint64_t slashes = 0;
    uint64_t controls = 0;
    uint64_t beyondASCII = 0;
    // What may follow a backslash, but for the u; the u; hex digits; the first of those of a half of a pair.
    uint64_t letters = 0;
    uint64_t us = 0;
    uint64_t digits = 0;
    uint64_t ds = 0;

    static Signs64 of(const uint8_t *from) {
        Signs64 signs;
        for (int place = 0; place < 64; place += 16) { signs.add(Bytes16(from + place), place); }
        return signs;
    }

private:
    void add(Bytes16 bytes, int place) {
        const uint64_t slash = bytes.equal('\\'), quote = bytes.equal('"');
        quotes |= quote << place;
        slashes |= slash << place;
        controls |= uint64_t(bytes.atMost(0x1F)) << place;
        beyondASCII |= uint64_t(bytes.beyondASCII()) << place;
        const uint64_t letter = slash | quote | bytes.equal('/') | bytes.equal('b') | bytes.equal('f') | bytes.equal('n') |
                                bytes.equal('r') | bytes.equal('t');
        letters |= letter << place;
        us |= uint64_t(bytes.equal('u')) << place;
        const uint64_t digit = (bytes.atLeast('0') & bytes.atMost('9')) | (bytes.atLeast('a') & bytes.atMost('f')) |
                               (bytes.atLeast('A') & bytes.atMost('F'));
        digits |= digit << place;
        ds |= uint64_t(bytes.equal('d') | bytes.equal('D')) << place;
    }
};

inline int lowest(uint32_t mask) { return __builtin_ctz(mask); }
inline int lowest(uint64_t mask) { return __builtin_ctzll(mask); }

}  // namespace csj

#endif
