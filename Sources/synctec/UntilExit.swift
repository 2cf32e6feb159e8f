import Synchronization

/// What is not given back before the process ends.
///
/// Releasing a hundred thousand small values one by one takes a while that a person would wait for; the kernel takes them back at once.
enum UntilExit {
    private static let kept = Mutex<[any Sendable]>([])

    /// Keeps a value: for the last large one that a command makes.
    static func keep(_ value: some Sendable) {
        kept.withLock { $0.append(value) }
    }
}
