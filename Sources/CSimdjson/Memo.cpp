#include "CSimdjsonMemo.h"

#include <atomic>
#include <cstdlib>
#include <new>

// An open table without locks: an entry is taken by its tag and never given up.
struct csj_memo {
    struct Entry {
        // The upper half of the hash; 0 is free.
        std::atomic<uint64_t> tag;
        // 0 until whoever took the entry has written it.
        std::atomic<uint64_t> value;
    };

    Entry *entries;
    size_t mask;
};

namespace {

// An entry is looked for in one or two cache lines only.
constexpr size_t reach = 8;

inline uint64_t tagOf(uint64_t high) { return high == 0 ? 1 : high; }

}  // namespace

csj_memo *csj_memo_create(size_t entries) {
    size_t count = 1024;
    while (count < entries) { count *= 2; }
    csj_memo *const memo = new (std::nothrow) csj_memo;
    if (!memo) { return nullptr; }
    // All zero is an empty table, and pages nobody touches cost nothing.
    memo->entries = static_cast<csj_memo::Entry *>(std::calloc(count, sizeof(csj_memo::Entry)));
    memo->mask = count - 1;
    if (!memo->entries) {
        delete memo;
        return nullptr;
    }
    return memo;
}

void csj_memo_destroy(csj_memo *memo) {
    std::free(memo->entries);
    delete memo;
}

void csj_memo_prefetch(const csj_memo *memo, uint64_t low) { __builtin_prefetch(&memo->entries[low & memo->mask]); }

uint64_t csj_memo_find(const csj_memo *memo, uint64_t high, uint64_t low) {
    const uint64_t wanted = tagOf(high);
    for (size_t step = 0; step < reach; step++) {
        const csj_memo::Entry &entry = memo->entries[(low + step) & memo->mask];
        const uint64_t tag = entry.tag.load(std::memory_order_acquire);
        if (tag == wanted) { return entry.value.load(std::memory_order_acquire); }
        if (tag == 0) { return 0; }
    }
    return 0;
}

void csj_memo_keep(csj_memo *memo, uint64_t high, uint64_t low, uint64_t value) {
    const uint64_t wanted = tagOf(high);
    for (size_t step = 0; step < reach; step++) {
        csj_memo::Entry &entry = memo->entries[(low + step) & memo->mask];
        uint64_t tag = 0;
        if (entry.tag.compare_exchange_strong(tag, wanted, std::memory_order_acq_rel)) {
            entry.value.store(value, std::memory_order_release);
            return;
        }
        if (tag == wanted) { return; }
    }
}
