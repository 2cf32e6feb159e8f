#include "LinePredictor.hpp"

namespace csj {

bool LinePredictor::beginBlock() {
    if (pause > 0) {
        pause--;
        return false;
    }
    const size_t hitsInBlock = hits - hitsBeforeBlock;
    const bool isWorthIt = missedInBlock < 16 || missedInBlock * 4 < hitsInBlock;
    hitsBeforeBlock = hits;
    missedInBlock = 0;
    if (isWorthIt) {
        if (hitsInBlock > 0) { nextPause = 1; }
        return true;
    }
    // Lines have changed, or are of too many forms: begin anew, and the later the oftener that helped nothing.
    templates.clear();
    pause = nextPause - 1;
    if (nextPause < 64) { nextPause *= 2; }
    return false;
}

void LinePredictor::learn(const uint8_t *begin, const csj_line &line, const std::vector<Note> &notes) {
    if (templates.size() >= most) { return; }
    std::unique_ptr<Template> made = Template::of(begin, line, notes);
    if (!made) { return; }
    for (const auto &known : templates) {
        if (known->isOfSameForm(*made)) { return; }
    }
    templates.push_back(std::move(made));
}

}  // namespace csj
