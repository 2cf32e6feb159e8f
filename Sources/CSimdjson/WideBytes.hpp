// Digits multiplied together, and 32 bytes looked at at once: for files compiled for processors that can (see TemplateReading.hpp).

namespace csj {

namespace {

// 1 to 18 digits: up to fifteen are multiplied together pair by pair.
inline const uint8_t *takeDigitsTogether(const uint8_t *from, int64_t &value) {
    // From its n-th byte on: moves n bytes to the end of sixteen, and zeros before them.
    static constexpr int8_t moves[32] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
                                         0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15};
    const __m128i digits =
        _mm_sub_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i *>(from)), _mm_set1_epi8('0'));
    const __m128i isOther = _mm_cmpeq_epi8(_mm_max_epu8(digits, _mm_set1_epi8(10)), digits);
    const uint32_t others = uint32_t(_mm_movemask_epi8(isOther));
    if (others == 0) { return takeDigits(from, value); }
    const int count = __builtin_ctz(others);
    if (count == 0) { return nullptr; }
    const __m128i move = _mm_loadu_si128(reinterpret_cast<const __m128i *>(moves + count));
    const __m128i tens = _mm_set1_epi16(10 | 1 << 8);
    const __m128i hundreds = _mm_set1_epi32(100 | 1 << 16);
    const __m128i thousands = _mm_set1_epi32(10000 | 1 << 16);
    const __m128i pairs = _mm_maddubs_epi16(_mm_shuffle_epi8(digits, move), tens);
    const __m128i fours = _mm_madd_epi16(pairs, hundreds);
    const __m128i eights = _mm_madd_epi16(_mm_packus_epi32(fours, fours), thousands);
    const uint64_t both = uint64_t(_mm_cvtsi128_si64(eights));
    value = int64_t(uint32_t(both)) * 100000000 + int64_t(both >> 32);
    return from + count;
}

// As Signs64::of: signs are told by what two tables have in common for the two halves of a byte.
inline void addSigns(Signs64 &signs, __m256i bytes, int place) {
    // By the lower half: letters of the rows 2, 5, 6 and 7 of ASCII, the u, digits of row 3, of rows 4 and 6.
    const __m256i lower = _mm256_broadcastsi128_si256(_mm_setr_epi8(
        0x20, 0x60, 0x6D, 0x60, 0x68, 0x70, 0x64, 0x20, 0x20, 0x20, 0, 0, 0x02, 0, 0x04, 0x01));
    const __m256i upper =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 0, 0x01, 0x20, 0x40, 0x02, 0x44, 0x18, 0, 0, 0, 0, 0, 0, 0, 0));
    const __m256i half = _mm256_set1_epi8(0x0F);
    const __m256i kinds =
        _mm256_and_si256(_mm256_shuffle_epi8(lower, _mm256_and_si256(bytes, half)),
                         _mm256_shuffle_epi8(upper, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
    const auto mask = [place](__m256i found) { return uint64_t(uint32_t(_mm256_movemask_epi8(found))) << place; };
    const auto isAny = [kinds](int8_t of) {
        return _mm256_cmpgt_epi8(_mm256_and_si256(kinds, _mm256_set1_epi8(of)), _mm256_setzero_si256());
    };
    const auto equal = [bytes](char sign) { return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(sign)); };
    signs.quotes |= mask(equal('"'));
    signs.slashes |= mask(equal('\\'));
    signs.controls |= mask(_mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes));
    signs.beyondASCII |= mask(bytes);
    signs.letters |= mask(isAny(0x0F));
    signs.us |= mask(isAny(0x10));
    signs.digits |= mask(isAny(0x60));
    signs.ds |= mask(_mm256_cmpeq_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('d')));
}

inline Signs64 signsOf(const uint8_t *from) {
    Signs64 signs;
    for (int place = 0; place < 64; place += 32) {
        addSigns(signs, _mm256_loadu_si256(reinterpret_cast<const __m256i *>(from + place)), place);
    }
    return signs;
}

struct Bytes32AVX {
    static constexpr uint32_t width = 32;
    using Mask = uint32_t;
    __m256i bytes;

    explicit Bytes32AVX(const uint8_t *from) : bytes(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(from))) {}
    void store(uint8_t *to) const { _mm256_storeu_si256(reinterpret_cast<__m256i *>(to), bytes); }
    Mask equal(Bytes32AVX other) const { return Mask(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, other.bytes))); }
    bool equals(Bytes32AVX other) const { return equal(other) == 0xFFFFFFFF; }
    bool startsAs(Bytes32AVX other, uint32_t count) const {
        return (~equal(other) & uint32_t((uint64_t(1) << count) - 1)) == 0;
    }
    Mask stops() const {
        const __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
        const __m256i slash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
        const __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1F)), bytes);
        return Mask(_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(quote, slash), control)));
    }
    Mask beyondASCII() const { return Mask(_mm256_movemask_epi8(bytes)); }
};

}  // namespace

}  // namespace csj
