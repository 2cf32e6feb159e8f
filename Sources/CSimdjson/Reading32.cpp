#include "Template.hpp"
#include "Values.hpp"

#include <simdjson.h>

#if defined(__x86_64__) && !defined(CSJ_PORTABLE)

#include <immintrin.h>

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2"))), apply_to = function)

#include "WideBytes.hpp"

#include "Strings.hpp"
#include "TemplateReading.hpp"

namespace csj {

namespace {

struct Scan32 {
    using Short = Bytes32AVX;
    using Long = Bytes32AVX;
    static Signs64 block(const uint8_t *from) { return signsOf(from); }
    static const uint8_t *takeDigits(const uint8_t *from, int64_t &value) { return takeDigitsTogether(from, value); }
};

}  // namespace

const uint8_t *readBy32(Template &made, const uint8_t *begin, LineMemory &memory) {
    return LineReader<Scan32>{made, memory}.read(begin);
}

}  // namespace csj

#pragma clang attribute pop

#endif
