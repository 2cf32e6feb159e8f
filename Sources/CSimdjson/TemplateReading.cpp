#include "LineText.hpp"
#include "Template.hpp"
#include "Values.hpp"

namespace csj {

namespace {

// Longer ones are left to the full parser; the newline at the end of the block ends every number before.
constexpr ptrdiff_t longestNumber = CSJ_PADDING;

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

inline const uint8_t *takeTags(const uint8_t *at, LineMemory &memory, csj_line &line) {
    if (*at != '[') { return nullptr; }
    std::vector<csj_text> &tags = *memory.tags;
    tags.clear();
    at++;
    if (*at == ']') {
        at++;
    } else {
        for (;;) {
            csj_text tag;
            if (*at != '"' || tags.size() >= CSJ_MOST_ENTRIES) { return nullptr; }
            at = takeString(at + 1, memory.free, tag);
            if (!at) { return nullptr; }
            tags.push_back(tag);
            const uint8_t sign = *at++;
            if (sign == ']') { break; }
            if (sign != ',') { return nullptr; }
        }
    }
    line.tags = tags.data();
    line.tag_count = uint32_t(tags.size());
    return at;
}

inline const uint8_t *takeFlag(const uint8_t *at, uint8_t &flag) {
    if (std::memcmp(at, "true", 4) == 0) {
        flag = 1;
        return at + 4;
    }
    flag = 0;
    return std::memcmp(at, "false", 5) == 0 ? at + 5 : nullptr;
}

// From the number on to behind the closing quote.
inline const uint8_t *takeIdentity(const uint8_t *at, size_t prefix, csj_id &id) {
    const uint8_t *const begin = at - prefix;
    at = takeDigits(at, id.number);
    if (!at) { return nullptr; }
    if (*at == '?') {
        for (;;) {
            const Bytes16 bytes(at);
            const uint32_t stops = bytes.stops() | bytes.beyondASCII();
            if (stops == 0) {
                at += 16;
                continue;
            }
            at += lowest(stops);
            break;
        }
    }
    if (*at != '"') { return nullptr; }
    id.text = csj_text{begin, uint32_t(at - begin)};
    return at + 1;
}

}  // namespace

// The place behind the literal, or null where other bytes stand here.
inline const uint8_t *Template::match(Literal literal, const uint8_t *at) const {
    const uint8_t *wanted = literals.data() + literal.begin;
    uint32_t left = literal.length;
    for (; left > 16; left -= 16) {
        if (Bytes16(at).equal(Bytes16(wanted)) != 0xFFFF) { return nullptr; }
        at += 16;
        wanted += 16;
    }
    const uint32_t all = (1u << left) - 1;
    return (Bytes16(at).equal(Bytes16(wanted)) & all) == all ? at + left : nullptr;
}

// Where an object is null that the step's literal opens: the place behind what stands instead, and the step that follows.
const uint8_t *Template::matchAbsence(const Step *&step, const uint8_t *at) {
    for (uint32_t place = step->firstAbsence; place < step->lastAbsence; place++) {
        const Absence &absence = absences[place];
        if (const uint8_t *behind = match(absence.literal, at)) {
            line.nulls |= uint64_t(1) << absence.object;
            line.seen &= ~absence.inside;
            for (uint64_t inside = absence.inside; inside != 0; inside &= inside - 1) {
                line.texts[__builtin_ctzll(inside)] = csj_text{nullptr, 0};
            }
            step = steps.data() + absence.step;
            return behind;
        }
    }
    return nullptr;
}

// Passes over a list of objects of texts by what stands between the texts of its first, and over anything else as it comes.
inline const uint8_t *Template::pass(const Step &step, const uint8_t *at, uint8_t *free) const {
    if (step.firstPart == step.lastPart) { return passValue(at, free); }
    const uint8_t *const begin = at;
    for (;;) {
        // The first part stands with a bracket before it and, in later objects, with a comma.
        if (*at != (at == begin ? '[' : ',')) { return passValue(begin, free); }
        at++;
        for (uint32_t place = step.firstPart; place < step.lastPart; place++) {
            at = match(parts[place], at);
            if (!at) { return passValue(begin, free); }
            if (place + 1 == step.lastPart) { break; }
            csj_text ignored;
            at = takeString(at, free, ignored);
            if (!at) { return nullptr; }
        }
        if (*at == ']') { return at + 1; }
    }
}

const uint8_t *Template::read(const uint8_t *begin, LineMemory &memory) {
    line.seen = seen;
    line.nulls = nulls;
    const uint8_t *at = begin;
    for (const Step *step = steps.data();; step++) {
        if (const uint8_t *behind = match(step->literal, at)) {
            at = behind;
        } else if (!(at = matchAbsence(step, at))) {
            return nullptr;
        }
        if (step->isLast) { return at - 1; }
        const bool mayBeNull = *at == 'n' && isNullHere(at);
        switch (step->kind) {
            case ValueKind::description:
                if (*at == '"' && memory.defers) {
                    line.texts[CSJ_DESCRIPTION] = csj_text{nullptr, 0};
                    at = passRawString(at + 1, line.raw_description);
                    break;
                }
                line.raw_description = csj_text{nullptr, 0};
                [[fallthrough]];
            case ValueKind::text:
            case ValueKind::textOrNumber: {
                csj_text &text = *static_cast<csj_text *>(step->target);
                if (*at == '"') {
                    at = takeString(at + 1, memory.free, text);
                } else if (mayBeNull) {
                    text = csj_text{nullptr, 0};
                    line.nulls |= uint64_t(1) << step->which;
                    at += 4;
                } else if (step->kind == ValueKind::textOrNumber) {
                    const uint8_t *const number = at;
                    at = takeNumber(number);
                    if (at) { text = csj_text{number, uint32_t(at - number)}; }
                } else {
                    return nullptr;
                }
                break;
            }
            case ValueKind::flag: {
                uint8_t &flag = *static_cast<uint8_t *>(step->target);
                if (mayBeNull) {
                    flag = 0;
                    line.nulls |= uint64_t(1) << step->which;
                    at += 4;
                } else {
                    at = takeFlag(at, flag);
                }
                break;
            }
            case ValueKind::identity:
                at = takeIdentity(at, step->prefix, *static_cast<csj_id *>(step->target));
                break;
            case ValueKind::whole: {
                int64_t number;
                at = takeWhole(at, number);
                if (step->target) { *static_cast<int64_t *>(step->target) = number; }
                break;
            }
            case ValueKind::tags:
                if (mayBeNull) {
                    line.tags = nullptr;
                    line.tag_count = 0;
                    line.nulls |= uint64_t(1) << CSJ_TAGS;
                    at += 4;
                } else {
                    at = takeTags(at, memory, line);
                }
                break;
            case ValueKind::skipped: at = pass(*step, at, memory.free); break;
            case ValueKind::object: return nullptr;
        }
        if (!at) { return nullptr; }
    }
}

}  // namespace csj
