/// The source's side of a run, which every destination waits for while its own store is read.
actor SharedSource {
    private var result: Result<SourceSide, RunError>?
    private var waiting: [CheckedContinuation<Result<SourceSide, RunError>, Never>] = []

    /// A source that is read already.
    init(_ source: SourceSide) {
        result = .success(source)
    }

    /// A source that is still being read.
    init() {}

    /// Tells all who wait what came of it; once.
    func finish(_ result: Result<SourceSide, RunError>) {
        guard self.result == nil else { return }
        self.result = result
        for continuation in waiting { continuation.resume(returning: result) }
        waiting = []
    }

    /// The source, as soon as it is read; what stopped it stops every destination.
    func value() async throws(RunError) -> SourceSide {
        if let result { return try result.get() }
        let result = await withCheckedContinuation { waiting.append($0) }
        return try result.get()
    }
}
