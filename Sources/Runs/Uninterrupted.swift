import Synchronization

/// Runs `body` to its end although the task is cancelled meanwhile; `body` can ask whether it was.
///
/// A stop from the service manager lets the call in flight finish and the journal and the report be written (FAULTS AP-3): they
/// run in a task of their own, which this waits for.
func uninterrupted<Value: Sendable>(
    _ body: @escaping @Sendable (_ isStopping: @escaping @Sendable () -> Bool) async -> Value
) async -> Value {
    let flag = StopFlag()
    return await withTaskCancellationHandler {
        await Task { await StopRequest.$flag.withValue(flag) { await body { flag.isSet } } }.value
    } onCancel: {
        flag.set()
    }
}

/// Whether the work that this task does is to end, although the task itself is not cancelled.
///
/// Whoever waits within such work asks it, so that a stop is not slept through.
public enum StopRequest {
    @TaskLocal fileprivate static var flag: StopFlag?

    /// Whether a stop was asked for.
    public static var isMade: Bool { flag?.isSet ?? Task.isCancelled }
}

/// Set once, read by many.
private final class StopFlag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}
