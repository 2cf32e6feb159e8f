import Testing

@testable import Snapshots

/// Rows outside Swift's arrays, few and many.
struct RowStorageTests {
    private struct Row {
        var number: Int
        var other: (Int, Int, UInt8) = (0, 0, 0)
    }

    @Test(arguments: [0, 1, 1023, 1025, 131_072, 131_073, 700_000])
    func `rows stay what they are while their block grows and is trimmed`(count: Int) {
        let storage = RowStorage<Row>()
        for number in 0..<count { storage.append(Row(number: number, other: (number, -number, 7))) }
        #expect(storage.count == count)
        storage.trim()
        #expect(storage.buffer.enumerated().allSatisfy { $0.offset == $0.element.number && $0.element.other.2 == 7 })
        // What was trimmed may go on.
        for number in count..<count + 3000 { storage.append(Row(number: number, other: (0, 0, 7))) }
        #expect(storage.buffer.enumerated().allSatisfy { $0.offset == $0.element.number && $0.element.other.2 == 7 })
        let copy = RowStorage(filledWith: storage.buffer)
        let empty = RowStorage<Row>(capacity: 1)
        copy.exchange(with: empty)
        #expect(copy.isEmpty && empty.count == count + 3000 && empty.rows[count].number == count)
    }
}
