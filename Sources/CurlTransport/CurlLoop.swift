import CLibcurl
import Glibc
import Synchronization
import Transport

/// The network thread: takes jobs from any thread and runs them side by side on one libcurl multi handle.
///
/// `@unchecked Sendable`: `handle` is the only member that is not Sendable by itself. Other threads use it in `post` alone,
/// for `curl_multi_wakeup`, which libcurl allows from any thread ("CURLMcode curl_multi_wakeup … can be called from any
/// thread"), and only under the lock of `inbox` while `isClosed` is false. The thread that `init` starts does all else with
/// it, and sets `isClosed` under the same lock before it frees it.
final class CurlLoop: @unchecked Sendable {
    private struct Inbox {
        var jobs: [(job: CurlJob, setup: CurlSetup)] = []
        var cancelled: [UInt64] = []
        var isStopping = false
        var isClosed = false
    }

    private let handle: UnsafeMutableRawPointer
    private let inbox = Mutex(Inbox())

    /// Starts the thread.
    ///
    /// It lives until ``stop()``.
    init() throws(HTTPError) {
        guard curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK, let handle = curl_multi_init() else {
            throw .notConnected(host: "libcurl", reason: "it has no memory to start")
        }
        self.handle = handle
        var thread = pthread_t()
        let code = pthread_create(
            &thread,
            nil,
            { context in
                if let context { Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run() }
                return nil
            },
            Unmanaged.passRetained(self).toOpaque()
        )
        guard code == 0 else {
            Unmanaged.passUnretained(self).release()
            curl_multi_cleanup(handle)
            throw .notConnected(host: "libcurl", reason: String(cString: strerror(code)))
        }
        pthread_detach(thread)
    }

    /// Hands an exchange over; its `finish` is called on the network thread.
    func start(_ job: CurlJob, setup: CurlSetup) {
        let isTaken = post { $0.jobs.append((job, setup)) }
        if !isTaken { job.finish(.failure(.cancelled)) }
    }

    /// Ends an exchange, where it still runs.
    func cancel(_ id: UInt64) {
        post { $0.cancelled.append(id) }
    }

    /// Ends all exchanges and the thread.
    func stop() {
        post { $0.isStopping = true }
    }

    @discardableResult
    private func post(_ change: (inout Inbox) -> Void) -> Bool {
        inbox.withLock { inbox in
            guard !inbox.isClosed else { return false }
            change(&inbox)
            curl_multi_wakeup(handle)
            return true
        }
    }

    private func take() -> Inbox {
        inbox.withLock { inbox in
            defer {
                inbox.jobs = []
                inbox.cancelled = []
                inbox.isClosed = inbox.isStopping
            }
            return inbox
        }
    }

    private func run() {
        // Signals belong to the main thread; and OpenSSL writes to a closed connection with plain write(2), whose SIGPIPE
        // would end the process: libcurl does not hold it back once CURLOPT_NOSIGNAL is set.
        var all = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_BLOCK, &all, nil)

        let transfers = CurlTransfers(multi: handle)
        while true {
            let news = take()
            for (job, setup) in news.jobs { transfers.start(job, setup: setup) }
            for id in news.cancelled { transfers.cancel(id) }
            if news.isStopping { break }
            transfers.advance()
            transfers.wait()
        }
        transfers.end()
        curl_multi_cleanup(handle)
        curl_global_cleanup()
    }
}
