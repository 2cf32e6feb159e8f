/// How many stores one process serves at once.
///
/// Every served store keeps one of Dispatch's threads, of which a process gets about 255; beyond that nothing goes on. Many
/// tests that serve stores side by side wait here instead. Shared by the process because the threads are.
actor ServerSlots {
    static let ofProcess = ServerSlots(48)

    private var free: Int
    private var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

    init(_ count: Int) {
        free = count
    }

    /// Takes slots for all stores of one server, in the order of asking; more than there are take all.
    func take(_ count: Int) async {
        if waiting.isEmpty, free >= count {
            free -= count
            return
        }
        await withCheckedContinuation { waiting.append((count, $0)) }
    }

    /// Gives slots back.
    func giveBack(_ count: Int) {
        free += count
        while let next = waiting.first, free >= next.count {
            free -= next.count
            waiting.removeFirst()
            next.continuation.resume()
        }
    }
}
