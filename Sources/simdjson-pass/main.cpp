// Runs simdjson over catalogue files, one thread a file, and reads the fields that a comparison needs: nothing is kept,
// compared or written. What is left of a comparison's time beyond this is the comparison's own.
//
//   simdjson-pass SOURCE.jsonl DESTINATION.jsonl
//
// On-demand, in the order the benchmark's generator writes the keys, which is the fastest way simdjson offers: lines are
// taken from blocks of 1 MiB, which stay in the cache, and every text is unescaped. Prints what was read as JSON, so that it can be
// held against the oracle.
#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace simdjson;

namespace {

struct Sums {
    uint64_t products = 0;
    uint64_t variants = 0;
    uint64_t levels = 0;
    uint64_t blank_skus = 0;
    // Of all values read, so that no reading can be left out.
    uint64_t text_bytes = 0;
    int64_t available = 0;
    double weight = 0;
    std::string failure;
};

uint64_t text(simdjson_result<ondemand::value> value) {
    if (value.is_null()) return 0;
    return std::string_view(value.get_string()).size();
}

void read_product(ondemand::object &object, Sums &sums) {
    sums.products += 1;
    sums.text_bytes += text(object.find_field("title"));
    sums.text_bytes += text(object.find_field("descriptionHtml"));
    sums.text_bytes += text(object.find_field("vendor"));
    sums.text_bytes += text(object.find_field("productType"));
    for (auto tag : object.find_field("tags").get_array()) sums.text_bytes += std::string_view(tag.get_string()).size();
    sums.text_bytes += text(object.find_field("status"));
}

void read_variant(ondemand::object &object, Sums &sums) {
    sums.variants += 1;
    uint64_t sku = text(object.find_field("sku"));
    sums.blank_skus += sku == 0;
    sums.text_bytes += sku;
    sums.text_bytes += text(object.find_field("barcode"));
    sums.text_bytes += text(object.find_field("price"));
    sums.text_bytes += text(object.find_field("compareAtPrice"));
    ondemand::object item = object.find_field("inventoryItem");
    ondemand::value cost = item.find_field("unitCost");
    if (!cost.is_null()) sums.text_bytes += text(cost.get_object().find_field("amount"));
    ondemand::object weight = item.find_field("measurement").get_object().find_field("weight");
    sums.text_bytes += text(weight.find_field("unit"));
    sums.weight += double(weight.find_field("value"));
    sums.text_bytes += text(object.find_field("__parentId"));
}

void read_level(ondemand::object &object, Sums &sums) {
    sums.levels += 1;
    sums.text_bytes += text(object.find_field("location").get_object().find_field("id"));
    for (ondemand::object quantity : object.find_field("quantities").get_array()) {
        sums.text_bytes += text(quantity.find_field("name"));
        sums.available += int64_t(quantity.find_field("quantity"));
    }
    sums.text_bytes += text(object.find_field("__parentId"));
}

bool holds(std::string_view id, std::string_view kind) { return id.find(kind) != std::string_view::npos; }

void read_block(ondemand::parser &parser, const uint8_t *block, size_t length, Sums &sums) {
    ondemand::document_stream lines;
    // The block holds whole lines and is one batch, so simdjson finds the structure of all of it in one go.
    auto error = parser.iterate_many(block, length, length).get(lines);
    if (error) throw simdjson_error(error);
    for (auto line : lines) {
        ondemand::object object = line.get_object();
        std::string_view id = object.find_field("id");
        sums.text_bytes += id.size();
        if (holds(id, "/ProductVariant/")) {
            read_variant(object, sums);
        } else if (holds(id, "/InventoryLevel/")) {
            read_level(object, sums);
        } else if (holds(id, "/Product/")) {
            read_product(object, sums);
        }
    }
    if (lines.truncated_bytes() != 0) throw std::runtime_error("a line is cut off");
}

void read_file(const char *path, Sums &sums) {
    size_t capacity = 1 << 20;
    std::vector<uint8_t> buffer(capacity + SIMDJSON_PADDING);
    ondemand::parser parser;
#ifdef SIMDJSON_THREADS_ENABLED
    parser.threaded = false;  // the other core has the other file
#endif
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) throw std::runtime_error(std::strerror(errno));
    size_t filled = 0;
    for (bool ended = false; !ended;) {
        if (filled == capacity) {  // a line longer than the buffer
            capacity *= 2;
            buffer.resize(capacity + SIMDJSON_PADDING);
        }
        ssize_t count = read(file, buffer.data() + filled, capacity - filled);
        if (count < 0) throw std::runtime_error(std::strerror(errno));
        ended = count == 0;
        filled += size_t(count);
        const void *newline = ended ? nullptr : memrchr(buffer.data(), '\n', filled);
        size_t whole = ended ? filled : newline ? size_t(static_cast<const uint8_t *>(newline) - buffer.data()) + 1 : 0;
        if (whole == 0) continue;
        read_block(parser, buffer.data(), whole, sums);
        std::memmove(buffer.data(), buffer.data() + whole, filled - whole);
        filled -= whole;
    }
    close(file);
}

void print(const char *name, const Sums &sums) {
    std::printf(
        "\"%s\": {\"products\": %llu, \"variants\": %llu, \"inventory_levels\": %llu, \"blank_sku_rows\": %llu, "
        "\"text_bytes\": %llu, \"available\": %lld, \"weight\": %.3f}",
        name, (unsigned long long)sums.products, (unsigned long long)sums.variants, (unsigned long long)sums.levels,
        (unsigned long long)sums.blank_skus, (unsigned long long)sums.text_bytes, (long long)sums.available, sums.weight);
}

}  // namespace

int main(int count, char **words) {
    if (count != 3) {
        std::fprintf(stderr, "usage: simdjson-pass SOURCE.jsonl DESTINATION.jsonl\n");
        return 64;
    }
    Sums sums[2];
    auto read = [&](int index) {
        try {
            read_file(words[index + 1], sums[index]);
        } catch (const std::exception &error) {
            sums[index].failure = error.what();
        }
    };
    std::thread second(read, 1);
    read(0);
    second.join();
    for (int index = 0; index < 2; index++) {
        if (sums[index].failure.empty()) continue;
        std::fprintf(stderr, "simdjson-pass: %s: %s\n", words[index + 1], sums[index].failure.c_str());
        return 1;
    }
    std::printf("{");
    print("source", sums[0]);
    std::printf(", ");
    print("destination", sums[1]);
    std::printf("}\n");
    return 0;
}
