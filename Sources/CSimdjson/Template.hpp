// What lines of one kind look like: the bytes between their values, in order, and how each value is read.
#ifndef TEMPLATE_HPP
#define TEMPLATE_HPP

#include "CSimdjson.h"
#include "Note.hpp"

#include <memory>
#include <vector>

namespace csj {

// Where a template's texts are put, and the tags of its lines; whether descriptions are left as they stand.
struct LineMemory {
    uint8_t *free;
    std::vector<csj_text> *tags;
    bool leavesDescriptions;
};

// Made of a line that the full parser found sound, and reads others that differ from it in their values only.
//
// A line made of the very bytes that stand between the values of a sound line, and of values of the same kinds, is as sound as
// that one and means the same. Any other line is left to the full parser.
class Template {
public:
    // A template of a line that ends in a newline, or null where the line is of a form that is not worth one.
    static std::unique_ptr<Template> of(const uint8_t *begin, const csj_line &line, const std::vector<Note> &notes);

    // The line read last; what the template doesn't read is always empty.
    csj_line line;

    // Whether the lines read by another template are read by this one as well.
    bool isOfSameForm(const Template &other) const;

private:
    template <class Scan> friend struct LineReader;

    struct Literal {
        uint32_t begin;
        uint32_t length;
    };

    // An object that may be null: then these bytes stand in place of a step's own, and another value follows.
    struct Absence {
        Literal literal;
        uint32_t step;
        int object;
        // The values in it, as bits.
        uint64_t inside;
    };

    struct Step {
        Literal literal;
        ValueKind kind;
        uint8_t which;
        bool isLast;
        // Of an id: the bytes from behind its quote to its number.
        uint16_t prefix;
        uint32_t firstAbsence;
        uint32_t lastAbsence;
        // Of a list of objects that have texts only: what stands before, between and behind the texts of each.
        uint32_t firstPart;
        uint32_t lastPart;
        // Where the value goes, in `line`.
        void *target;
    };

    std::vector<Step> steps;
    std::vector<Absence> absences;
    std::vector<Literal> parts;
    // All literals, each filled up so that it can be looked at 32 bytes at a time.
    std::vector<uint8_t> literals;
    uint64_t seen = 0;
    uint64_t nulls = 0;

    Template();
    Literal addLiteral(const uint8_t *begin, const uint8_t *end);
    void appendLiteral(Literal &literal, const uint8_t *begin, const uint8_t *end);
    void *target(const Note &note);
    void addParts(Step &step, const Note &note);
};

// Reads the line that begins at a place by a template; returns the place of its newline, or null where it isn't of that form. The
// block that the line is in must end in a newline and have CSJ_PADDING bytes behind it.
using ReadLine = const uint8_t *(*)(Template &made, const uint8_t *begin, LineMemory &memory);

// The same work done so many bytes at a time: 32 or 16, as this processor can and no more than asked for.
struct LineReading {
    unsigned width;
    ReadLine read;
    static LineReading of(unsigned widest);
};

}  // namespace csj

#endif
