import Glibc

/// What is piped into the process.
enum StandardInput {
    /// A pipe that says nothing for so long is not waited for.
    private static let patienceMilliseconds: Int32 = 10_000
    private static let mostBytes = 16 << 20

    /// The end of what comes, at most so many bytes of it; nothing where standard input is a terminal.
    static func text(atMost limit: Int) -> String {
        guard isatty(STDIN_FILENO) == 0 else { return "" }
        var bytes: [UInt8] = []
        var total = 0
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)
        defer { space.deallocate() }
        while total < mostBytes {
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard poll(&waiting, 1, patienceMilliseconds) > 0 else { break }
            let count = read(STDIN_FILENO, space.baseAddress, space.count)
            guard count > 0 else { break }
            total += count
            bytes += space.prefix(count)
            if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
        }
        return String(decoding: bytes.suffix(limit), as: UTF8.self)
    }
}
