import Foundation

/// A thread that runs the jobs of one actor, so that calls that block never stand on the cooperative pool.
final class SessionThread: SerialExecutor {
    private let jobs = JobQueue()

    init(name: String) {
        let jobs = jobs
        let thread = Thread { jobs.runUntilClosed() }
        thread.name = name
        thread.start()
    }

    deinit {
        jobs.close()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        jobs.append(UnownedJob(job), for: asUnownedSerialExecutor())
    }
}

/// The jobs that wait for a thread.
///
/// `@unchecked Sendable`: `waiting` and `isClosed` are touched only between `condition.lock()` and `unlock()`.
private final class JobQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [(job: UnownedJob, executor: UnownedSerialExecutor)] = []
    private var isClosed = false

    func append(_ job: UnownedJob, for executor: UnownedSerialExecutor) {
        condition.lock()
        waiting.append((job, executor))
        condition.signal()
        condition.unlock()
    }

    func close() {
        condition.lock()
        isClosed = true
        condition.signal()
        condition.unlock()
    }

    func runUntilClosed() {
        while let next = takeNext() {
            next.job.runSynchronously(on: next.executor)
        }
    }

    private func takeNext() -> (job: UnownedJob, executor: UnownedSerialExecutor)? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty {
            if isClosed { return nil }
            condition.wait()
        }
        return waiting.removeFirst()
    }
}
