// How a template reads a line, as wide as a processor can: Scan says by which bytes.
//
// Nothing but templates, with nothing included: each file that includes it has all of it compiled for one kind of processor, and no
// other kind may ever be given that. Include Template.hpp, Values.hpp and simdjson.h before.

namespace csj {

template <class Scan> inline const uint8_t *takeTags(const uint8_t *at, LineMemory &memory, csj_line &line) {
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
            at = takeString<Scan>(at + 1, memory.free, tag);
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

// From the number on to behind the closing quote.
template <class Scan> inline const uint8_t *takeIdentity(const uint8_t *at, size_t prefix, csj_id &id) {
    const uint8_t *const begin = at - prefix;
    at = Scan::takeDigits(at, id.number);
    if (!at) { return nullptr; }
    if (*at == '?') {
        for (;;) {
            const typename Scan::Short bytes(at);
            const auto stops = bytes.stops() | bytes.beyondASCII();
            if (stops == 0) {
                at += Scan::Short::width;
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

// A whole number of JSON.
template <class Scan> inline const uint8_t *takeWhole(const uint8_t *from, int64_t &value) {
    const bool isNegative = *from == '-';
    if (isNegative) { from++; }
    const uint8_t *const end = Scan::takeDigits(from, value);
    if (!end || (*from == '0' && end - from > 1)) { return nullptr; }
    if (isNegative) { value = -value; }
    return end;
}

// Reads lines by a template.
template <class Scan> struct LineReader {
    Template &made;
    LineMemory &memory;

    const uint8_t *read(const uint8_t *begin);

private:
    using Step = Template::Step;

    const uint8_t *match(Template::Literal literal, const uint8_t *at) const;
    const uint8_t *pass(const Step &step, const uint8_t *at) const;
    const uint8_t *matchAbsence(const Step *&step, const uint8_t *at);
};

// The place behind the literal, or null where other bytes stand here.
template <class Scan> inline const uint8_t *LineReader<Scan>::match(Template::Literal literal, const uint8_t *at) const {
    using Bytes = typename Scan::Short;
    const uint8_t *wanted = made.literals.data() + literal.begin;
    uint32_t left = literal.length;
    for (; left > Bytes::width; left -= Bytes::width) {
        if (!Bytes(at).equals(Bytes(wanted))) { return nullptr; }
        at += Bytes::width;
        wanted += Bytes::width;
    }
    return Bytes(at).startsAs(Bytes(wanted), left) ? at + left : nullptr;
}

// Where an object is null that the step's literal opens: the place behind what stands instead, and the step that follows.
template <class Scan> const uint8_t *LineReader<Scan>::matchAbsence(const Step *&step, const uint8_t *at) {
    for (uint32_t place = step->firstAbsence; place < step->lastAbsence; place++) {
        const Template::Absence &absence = made.absences[place];
        if (const uint8_t *behind = match(absence.literal, at)) {
            csj_line &line = made.line;
            line.nulls |= uint64_t(1) << absence.object;
            line.seen &= ~absence.inside;
            for (uint64_t inside = absence.inside; inside != 0; inside &= inside - 1) {
                line.texts[__builtin_ctzll(inside)] = csj_text{nullptr, 0};
            }
            step = made.steps.data() + absence.step;
            return behind;
        }
    }
    return nullptr;
}

// Passes over a list of objects of texts by what stands between the texts of its first, and over anything else as it comes.
template <class Scan> inline const uint8_t *LineReader<Scan>::pass(const Step &step, const uint8_t *at) const {
    if (step.firstPart == step.lastPart) { return passValue<Scan>(at); }
    const uint8_t *const begin = at;
    for (;;) {
        // The first part stands with a bracket before it and, in later objects, with a comma.
        if (*at != (at == begin ? '[' : ',')) { return passValue<Scan>(begin); }
        at++;
        for (uint32_t place = step.firstPart; place < step.lastPart; place++) {
            at = match(made.parts[place], at);
            if (!at) { return passValue<Scan>(begin); }
            if (place + 1 == step.lastPart) { break; }
            at = passString<Scan>(at);
            if (!at) { return nullptr; }
        }
        if (*at == ']') { return at + 1; }
    }
}

template <class Scan> const uint8_t *LineReader<Scan>::read(const uint8_t *begin) {
    csj_line &line = made.line;
    line.seen = made.seen;
    line.nulls = made.nulls;
    const uint8_t *at = begin;
    for (const Step *step = made.steps.data();; step++) {
        if (const uint8_t *behind = match(step->literal, at)) {
            at = behind;
        } else if (!(at = matchAbsence(step, at))) {
            return nullptr;
        }
        if (step->isLast) { return at - 1; }
        const bool mayBeNull = *at == 'n' && isNullHere(at);
        switch (step->kind) {
            case ValueKind::description:
                line.raw_description = csj_text{nullptr, 0};
                if (*at == '"') {
                    csj_text &text = line.texts[CSJ_DESCRIPTION];
                    const uint8_t *const begin = at + 1;
                    if (memory.leavesDescriptions) {
                        text = csj_text{nullptr, 0};
                        at = passString<Scan>(begin);
                    } else {
                        at = takeString<Scan>(begin, memory.free, text);
                    }
                    if (at) { line.raw_description = csj_text{begin, uint32_t(at - 1 - begin)}; }
                    break;
                }
                [[fallthrough]];
            case ValueKind::text:
            case ValueKind::textOrNumber: {
                csj_text &text = *static_cast<csj_text *>(step->target);
                if (*at == '"') {
                    at = takeString<Scan>(at + 1, memory.free, text);
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
                at = takeIdentity<Scan>(at, step->prefix, *static_cast<csj_id *>(step->target));
                break;
            case ValueKind::whole: {
                int64_t number;
                at = takeWhole<Scan>(at, number);
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
                    at = takeTags<Scan>(at, memory, line);
                }
                break;
            case ValueKind::skipped: at = pass(*step, at); break;
            case ValueKind::object: return nullptr;
        }
        if (!at) { return nullptr; }
    }
}

}  // namespace csj
