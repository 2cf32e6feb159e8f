#include "Template.hpp"

#include "LineText.hpp"

namespace csj {

namespace {

// A template is not worth its steps beyond this, nor its literals.
constexpr size_t mostSteps = 256;
constexpr size_t longestLiterals = 1 << 16;

// An object that a step's literal opens, and where that literal begins in the line.
struct Opening {
    const Note *object;
    const uint8_t *literal;
    size_t step;
};

// How long an id is from behind its quote to its number; 0 where it is of no known form.
size_t prefixOf(const Note &note) {
    csj_id id;
    if (note.isNull() || !knownForm(Raw{note.begin + 1, note.end - 1}, id)) { return 0; }
    const uint8_t *digits = note.begin + 1;
    while (*digits < '0' || *digits > '9') { digits++; }
    return size_t(digits - note.begin - 1);
}

// Whether an object has no values but texts: no other is ever null, and the full parser says so.
bool hasOnlyTexts(const Note &object, const std::vector<Note> &notes) {
    for (const Note *inside = &object + 1; inside != notes.data() + object.next; inside++) {
        const ValueKind kind = inside->kind;
        if (kind == ValueKind::flag || kind == ValueKind::identity || kind == ValueKind::whole || kind == ValueKind::tags) {
            return false;
        }
    }
    return true;
}

// The place behind a string of a sound line, or null where it has an escape.
const uint8_t *endOfPlainString(const uint8_t *quote) {
    const uint8_t *at = quote + 1;
    while (*at != '"' && *at != '\\') { at++; }
    return *at == '"' ? at + 1 : nullptr;
}

}  // namespace

Template::Template() { std::memset(&line, 0, sizeof line); }

Template::Literal Template::addLiteral(const uint8_t *begin, const uint8_t *end) {
    Literal literal{uint32_t(literals.size()), 0};
    appendLiteral(literal, begin, end);
    return literal;
}

// Makes the literal that was added last longer.
void Template::appendLiteral(Literal &literal, const uint8_t *begin, const uint8_t *end) {
    literals.resize(literal.begin + literal.length);
    literals.insert(literals.end(), begin, end);
    literal.length += uint32_t(end - begin);
    literals.resize((literals.size() + 63) & ~size_t(31));
}

void *Template::target(const Note &note) {
    switch (note.which) {
        case CSJ_FIELDS: case CSJ_TAGS: return nullptr;
        case CSJ_ID: return &line.id;
        case CSJ_PARENT: return &line.parent;
        case CSJ_ITEM_ID: return &line.item;
        case CSJ_LOCATION_ID: return &line.location;
        case CSJ_TAXABLE: return &line.taxable;
        case CSJ_TRACKED: return &line.tracked;
        case CSJ_REQUIRES_SHIPPING: return &line.requires_shipping;
        case CSJ_AVAILABLE: return &line.available;
        default: return &line.texts[note.which];
    }
}

// Takes apart the first object of a list, {"name":"Size","value":"S"}: parts are {"name":" and ,"value":" and }. No part where an
// object has anything but texts without escapes.
void Template::addParts(Step &step, const Note &note) {
    step.firstPart = step.lastPart = uint32_t(parts.size());
    const uint8_t *at = note.begin;
    if (note.end - at < 2 || at[0] != '[' || at[1] != '{') { return; }
    std::vector<Literal> found;
    const uint8_t *from = at + 1;
    for (at += 2;;) {
        // The line is sound: a key follows, its colon, and a value.
        const uint8_t *const key = at;
        if (*key != '"' || !(at = endOfPlainString(key)) || at[0] != ':' || at[1] != '"') { return; }
        const uint8_t *const value = at + 1;
        found.push_back(addLiteral(from, value + 1));
        if (!(at = endOfPlainString(value))) { return; }
        from = at;
        if (*at == '}') { break; }
        if (*at != ',') { return; }
        at++;
    }
    found.push_back(addLiteral(from, at + 1));
    parts.insert(parts.end(), found.begin(), found.end());
    step.lastPart = uint32_t(parts.size());
}

std::unique_ptr<Template> Template::of(const uint8_t *begin, const csj_line &parsed, const std::vector<Note> &notes) {
    if (notes.empty() || notes.size() > mostSteps) { return nullptr; }
    std::unique_ptr<Template> made(new Template());
    const uint8_t *const lineEnd = begin + parsed.length;
    // The steps of the values, which objects stand around them, and which step a note became.
    std::vector<uint32_t> stepOf(notes.size() + 1);
    std::vector<size_t> opened;
    std::vector<Opening> openings;
    const uint8_t *last = begin;
    made->seen = parsed.seen;
    for (size_t place = 0; place <= notes.size(); place++) {
        stepOf[place] = uint32_t(made->steps.size());
        Step step{};
        step.isLast = place == notes.size();
        const uint8_t *valueBegin = lineEnd + 1;
        if (!step.isLast) {
            const Note &note = notes[place];
            if (note.kind == ValueKind::object) {
                // One without members is a literal, and so is null in place of one.
                if (note.next > place + 1) { opened.push_back(place); }
                continue;
            }
            if (note.kind == ValueKind::whole && note.isNull()) { return nullptr; }
            valueBegin = note.begin;
            if (note.kind == ValueKind::identity) {
                const size_t prefix = prefixOf(note);
                if (prefix == 0) { return nullptr; }
                step.prefix = uint16_t(prefix);
                valueBegin += prefix + 1;
            }
            const bool isDescription = note.which == CSJ_DESCRIPTION && note.kind == ValueKind::text;
            step.kind = isDescription && parsed.id.kind == CSJ_KIND_PRODUCT ? ValueKind::description : note.kind;
            step.which = uint8_t(note.which);
            step.target = made->target(note);
        }
        step.literal = made->addLiteral(last, valueBegin);
        for (const size_t object : opened) { openings.push_back(Opening{&notes[object], last, made->steps.size()}); }
        opened.clear();
        if (!step.isLast && step.kind == ValueKind::skipped) { made->addParts(step, notes[place]); }
        made->steps.push_back(step);
        if (!step.isLast) { last = notes[place].end; }
        if (made->literals.size() > longestLiterals) { return nullptr; }
    }
    // Objects that are null are part of literals; what else is null is so in some lines only.
    made->nulls = parsed.nulls;
    for (const Note &note : notes) {
        if (note.which != CSJ_FIELDS) { made->nulls &= ~(uint64_t(1) << note.which); }
    }
    for (const Opening &opening : openings) {
        const Note &object = *opening.object;
        if (!hasOnlyTexts(object, notes)) { continue; }
        Absence absence{made->addLiteral(opening.literal, object.begin), stepOf[object.next], object.which, 0};
        static constexpr uint8_t null[] = {'n', 'u', 'l', 'l'};
        made->appendLiteral(absence.literal, null, null + 4);
        // The literal of the step behind begins within the object: here only the part behind it follows.
        const Note *behind = notes.data() + object.next;
        while (behind != notes.data() + notes.size() && behind->kind == ValueKind::object) { behind++; }
        const uint8_t *end = lineEnd + 1;
        if (behind != notes.data() + notes.size()) {
            const Step &step = made->steps[absence.step];
            end = behind->begin + (behind->kind == ValueKind::identity ? step.prefix + 1 : 0);
        }
        made->appendLiteral(absence.literal, object.end, end);
        for (const Note *inside = &object + 1; inside != notes.data() + object.next; inside++) {
            if (inside->which != CSJ_FIELDS) { absence.inside |= uint64_t(1) << inside->which; }
        }
        Step &step = made->steps[opening.step];
        if (step.lastAbsence == 0) { step.firstAbsence = uint32_t(made->absences.size()); }
        made->absences.push_back(absence);
        step.lastAbsence = uint32_t(made->absences.size());
    }
    made->line.id.kind = parsed.id.kind;
    made->line.parent.kind = parsed.parent.kind;
    made->line.item.kind = parsed.item.kind;
    made->line.location.kind = parsed.location.kind;
    return made;
}

bool Template::isOfSameForm(const Template &other) const {
    if (literals != other.literals || steps.size() != other.steps.size() || nulls != other.nulls) { return false; }
    for (size_t place = 0; place < steps.size(); place++) {
        if (steps[place].kind != other.steps[place].kind || steps[place].which != other.steps[place].which) { return false; }
    }
    return true;
}

}  // namespace csj
