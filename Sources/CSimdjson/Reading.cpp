#include "Template.hpp"
#include "Values.hpp"

#include <simdjson.h>

#include "Strings.hpp"
#include "TemplateReading.hpp"

namespace csj {

namespace {

struct Scan16 {
    using Short = Bytes16;
    using Long = Bytes32;
    static Signs64 block(const uint8_t *from) { return Signs64::of(from); }
    static const uint8_t *takeDigits(const uint8_t *from, int64_t &value) { return csj::takeDigits(from, value); }
};

const uint8_t *readBy16(Template &made, const uint8_t *begin, LineMemory &memory) {
    return LineReader<Scan16>{made, memory}.read(begin);
}

}  // namespace

const uint8_t *passInTurn(const uint8_t *from) {
    const uint8_t *const begin = from;
    while (*from != '"') {
        if (*from == '\\') {
            uint8_t ignored[4];
            uint8_t *to = ignored;
            // The newline at the end of the block ends every escape.
            if (!takeEscape(from, from + 12, to)) { return nullptr; }
        } else if (*from++ < 0x20) {
            return nullptr;
        }
    }
    return simdjson::validate_utf8(reinterpret_cast<const char *>(begin), size_t(from - begin)) ? from + 1 : nullptr;
}

#if defined(__x86_64__) && !defined(CSJ_PORTABLE)

// In a file of its own, compiled for processors that can.
const uint8_t *readBy32(Template &made, const uint8_t *begin, LineMemory &memory);

LineReading LineReading::of(unsigned widest) {
    const bool has32 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
    return widest >= 32 && has32 ? LineReading{32, readBy32} : LineReading{16, readBy16};
}

#else

LineReading LineReading::of(unsigned) { return {16, readBy16}; }

#endif

}  // namespace csj
