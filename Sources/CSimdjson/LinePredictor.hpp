// Keeps the templates of the kinds of lines seen, and finds the one that reads a line.
#ifndef LINE_PREDICTOR_HPP
#define LINE_PREDICTOR_HPP

#include "Template.hpp"

namespace csj {

class LinePredictor {
public:
    // Lines read by a template so far.
    size_t hits = 0;
    // How they are read.
    LineReading reading = LineReading::of(32);

    // Whether the next block is worth trying: not where lines of the last ones were of no form known.
    bool beginBlock();

    // The template that has read the line that begins here, or null; `newline` is then the place of its end. The one that
    // read the last line is tried first: the lines of one kind mostly follow one another.
    inline Template *read(const uint8_t *begin, LineMemory &memory, const uint8_t *&newline);

    // Makes a template of a line that was missed and then found sound by the full parser.
    void learn(const uint8_t *begin, const csj_line &line, const std::vector<Note> &notes);

private:
    // So many forms are enough for all kinds of lines of a file, with what is null in some and not in others.
    static constexpr size_t most = 12;

    std::vector<std::unique_ptr<Template>> templates;
    size_t missedInBlock = 0;
    size_t hitsBeforeBlock = 0;
    // Blocks left to the full parser, and how many it will be next time.
    unsigned pause = 0;
    unsigned nextPause = 1;
};

inline Template *LinePredictor::read(const uint8_t *begin, LineMemory &memory, const uint8_t *&newline) {
    uint8_t *const free = memory.free;
    for (size_t place = 0; place < templates.size(); place++) {
        memory.free = free;
        newline = reading.read(*templates[place], begin, memory);
        if (newline) {
            if (place != 0) { std::swap(templates[0], templates[place]); }
            hits++;
            return templates[0].get();
        }
    }
    missedInBlock++;
    return nullptr;
}

}  // namespace csj

#endif
