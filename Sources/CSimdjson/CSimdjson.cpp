#include "CSimdjson.h"

#include "FullParser.hpp"
#include "LinePredictor.hpp"
#include "Values.hpp"

#include <new>

// Goes through the lines of a block: each by a template where one fits, else by the full parser.
struct csj_reader {
    csj::FullParser full;
    csj::LinePredictor predictor;
    bool predicts = true;
    bool leavesDescriptions = false;

    const uint8_t *block = nullptr;
    size_t length = 0;
    size_t place = 0;
    const csj_line *current = &full.line;
    enum { predicted, indexed, byLine } mode = byLine;
    // Where texts with escapes are put, large enough for those of the longest line.
    std::unique_ptr<uint8_t[]> scratch;
    size_t scratchSize = 0;
    std::vector<csj_text> tags;

    void begin(const uint8_t *bytes, size_t count);
    int next();
    int nextInFull();
};

void csj_reader::begin(const uint8_t *bytes, size_t count) {
    block = bytes;
    length = count;
    place = 0;
    const size_t wanted = count + CSJ_PADDING;
    if (wanted > scratchSize) {
        scratchSize = 0;
        scratch.reset();
        scratch.reset(new uint8_t[wanted]);
        scratchSize = wanted;
    }
    mode = byLine;
    if (predicts && count > 0 && bytes[count - 1] == '\n' && predictor.beginBlock()) {
        mode = predicted;
    } else if (full.indexBlock(bytes, count)) {
        // One pass over the whole block is cheaper than one a line. Where it finds a fault, the lines are taken one by one,
        // so that the sound ones before it count and the fault is found in its line.
        mode = indexed;
    }
}

int csj_reader::next() {
    if (place >= length) { return CSJ_END; }
    if (mode != predicted) { return nextInFull(); }
    const uint8_t *newline;
    csj::LineMemory memory{scratch.get(), &tags, leavesDescriptions};
    csj::Template *const found = predictor.read(block + place, memory, newline);
    if (!found) { return nextInFull(); }
    found->line.begin = place;
    place = size_t(newline - block) + 1;
    found->line.length = place - 1 - found->line.begin;
    current = &found->line;
    return CSJ_OK;
}

int csj_reader::nextInFull() {
    const uint8_t *const start = block + place;
    const void *const newline = std::memchr(start, '\n', length - place);
    const size_t size = newline ? size_t(static_cast<const uint8_t *>(newline) - start) : length - place;
    current = &full.line;
    full.line.begin = place;
    full.keepsNotes = mode == predicted;
    place += size + 1;
    if (!scratch) { return CSJ_NO_MEMORY; }
    const int result = full.read(start, size, mode == indexed, scratch.get());
    if (result == CSJ_OK && mode == predicted) { predictor.learn(start, full.line, full.notes); }
    return result;
}

csj_reader *csj_create(void) {
    try {
        return new csj_reader();
    } catch (...) {
        return nullptr;
    }
}

void csj_destroy(csj_reader *reader) { delete reader; }

void csj_predict(csj_reader *reader, int predicts) { reader->predicts = predicts != 0; }

unsigned csj_read_wide(csj_reader *reader, unsigned widest) {
    reader->predictor.reading = csj::LineReading::of(widest);
    return reader->predictor.reading.width;
}

void csj_leave_descriptions(csj_reader *reader, int leaves) { reader->leavesDescriptions = leaves != 0; }

size_t csj_predicted(const csj_reader *reader) { return reader->predictor.hits; }

void csj_begin(csj_reader *reader, const uint8_t *block, size_t length) {
    try {
        reader->begin(block, length);
    } catch (...) {
        // The first line says so, if there is still no memory then.
        reader->mode = csj_reader::byLine;
    }
}

int csj_next(csj_reader *reader) {
    try {
        return reader->next();
    } catch (const std::bad_alloc &) {
        return CSJ_NO_MEMORY;
    } catch (...) {
        reader->full.reason = "the parser failed";
        return CSJ_MALFORMED;
    }
}

const csj_line *csj_current(const csj_reader *reader) { return reader->current; }

int csj_field(const csj_reader *reader) { return reader->full.field; }

const char *csj_reason(const csj_reader *reader) { return reader->full.reason; }
