// Reads any line, by a walk over what simdjson's first stage found. The judge: what it says of a line is what counts.
#ifndef FULL_PARSER_HPP
#define FULL_PARSER_HPP

#include "LineText.hpp"
#include "Note.hpp"

#include <simdjson.h>

#include <memory>
#include <vector>

namespace csj {

// Walks over the places of brackets, colons, commas and the beginnings of values.
//
// The first stage also proves that the bytes are UTF-8, that strings end and that no control character stands in one.
// The walk itself checks the grammar of JSON, so that a line that was read is sound as a whole.
class FullParser {
public:
    // The line read last.
    csj_line line;
    // What was wrong with it.
    const char *reason = "";
    int field = CSJ_FIELDS;
    // Where the values of the line read last stand; kept only where asked for.
    std::vector<Note> notes;
    bool keepsNotes = false;

    FullParser() { std::memset(&line, 0, sizeof line); }

    // Finds the tokens of a block of lines at once; false where it isn't sound.
    bool indexBlock(const uint8_t *block, size_t length) { return index(block, length) == simdjson::SUCCESS; }

    // Reads a line, the next one of the indexed block or one on its own. Texts with escapes are put to `scratch`, which has
    // room for the whole line.
    int read(const uint8_t *begin, size_t size, bool isIndexed, uint8_t *scratch);

private:
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;
    // The next beginning, an index into the first stage's list, which counts from `base`.
    uint32_t token = 0;
    const uint8_t *base = nullptr;
    uint8_t *free = nullptr;
    std::vector<csj_text> tags;
    const uint8_t *lineEnd = nullptr;

    simdjson::error_code index(const uint8_t *bytes, size_t count);
    int object();
    int member(const uint8_t *name, size_t size);
    int malformed(const char *why) {
        reason = why;
        return CSJ_MALFORMED;
    }
    int unexpected(int which) {
        field = which;
        return CSJ_UNEXPECTED;
    }

    const uint8_t *at(uint32_t which) const { return base + stage->structural_indexes[which]; }
    bool isAtEnd() const { return token >= stage->n_structural_indexes || at(token) >= lineEnd; }
    // The sign that begins the next token; 0 behind the end of the line, and no value begins with a byte of 0.
    uint8_t peek() const { return isAtEnd() ? 0 : *at(token); }
    // The end of the token, without blanks, before the one that follows.
    const uint8_t *tokenEnd(uint32_t which) const {
        const uint8_t *end = which + 1 < stage->n_structural_indexes ? at(which + 1) : lineEnd;
        if (end > lineEnd) { end = lineEnd; }
        const uint8_t *begin = at(which);
        while (end > begin && isBlank(end[-1])) { end--; }
        return end;
    }

    bool mark(int which) {
        const uint64_t bit = uint64_t(1) << which;
        const bool isNew = (line.seen & bit) == 0;
        line.seen |= bit;
        return isNew;
    }
    void setNull(int which) { line.nulls |= uint64_t(1) << which; }

    bool takeNull();
    bool takeRaw(Raw &raw);
    bool unescape(Raw raw, csj_text &text) { return csj::unescape(raw, free, text); }
    int key(Raw &name);
    int text(int which) { return noted(ValueKind::text, which, [&] { return takeText(which); }); }
    int description() { return noted(ValueKind::text, CSJ_DESCRIPTION, [&] { return takeDescription(); }); }
    int textOrNumber(int which) {
        return noted(ValueKind::textOrNumber, which, [&] { return takeTextOrNumber(which); });
    }
    int flag(int which, uint8_t &value) {
        return noted(ValueKind::flag, which, [&] { return takeFlag(which, value); });
    }
    int identity(int which, csj_id &id) {
        return noted(ValueKind::identity, which, [&] { return takeIdentity(which, id); });
    }
    int whole(int which, int64_t &value) {
        return noted(ValueKind::whole, which, [&] { return takeWhole(which, value); });
    }
    int tagList() { return noted(ValueKind::tags, CSJ_TAGS, [&] { return takeTags(); }); }
    int skip() { return noted(ValueKind::skipped, CSJ_FIELDS, [&] { return pass(); }); }

    // Takes a value and, where notes are kept, notes where it stood.
    template <typename Take> int noted(ValueKind kind, int which, Take take) {
        if (!keepsNotes || peek() == 0) { return take(); }
        const uint8_t *const begin = at(token);
        const int problem = take();
        if (!problem) { notes.push_back(Note{kind, which, begin, tokenEnd(token - 1), 0}); }
        return problem;
    }

    int takeText(int which);
    int takeDescription();
    int takeTextOrNumber(int which);
    int takeFlag(int which, uint8_t &value);
    int takeIdentity(int which, csj_id &id);
    int takeWhole(int which, int64_t &value);
    int takeTags();
    int scalar();
    int pass();
    template <typename Member> int members(int depth, Member member);
    int quantities();
    int seoMember(Raw name);
    int itemMember(Raw name);
    int costMember(Raw name);
    int weightMember(Raw name);
    template <typename Member> int nested(int which, int depth, Member member);
};

}  // namespace csj

#endif
