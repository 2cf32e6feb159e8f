// What the full parser notes of a line, for a template to be made of it.
#ifndef NOTE_HPP
#define NOTE_HPP

#include <cstdint>

namespace csj {

// How a value is read.
enum class ValueKind : uint8_t { text, description, textOrNumber, flag, identity, whole, tags, skipped, object };

// Where a value stands in its line, and what the full parser took it for.
struct Note {
    ValueKind kind;
    // Which value of csj_line; CSJ_FIELDS where it goes nowhere.
    int which;
    const uint8_t *begin;
    const uint8_t *end;
    // Of an object: the first note behind those of its members.
    uint32_t next;

    bool isNull() const { return *begin == 'n'; }
};

}  // namespace csj

#endif
