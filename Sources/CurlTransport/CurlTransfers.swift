import CLibcurl
import Dispatch
import Transport

/// The exchanges under way on one multi handle.
///
/// Belongs to the network thread.
final class CurlTransfers {
    private let multi: UnsafeMutableRawPointer
    private var running: [UnsafeMutableRawPointer: CurlTransfer] = [:]

    init(multi: UnsafeMutableRawPointer) {
        self.multi = multi
    }

    /// Begins an exchange, or ends it at once where it cannot begin.
    func start(_ job: CurlJob, setup: CurlSetup) {
        guard !job.cancellation.isSet else { return job.finish(.failure(.cancelled)) }
        do throws(HTTPError) {
            let transfer = try CurlTransfer(job, setup: setup)
            guard curl_multi_add_handle(multi, transfer.handle) == CURLM_OK else {
                throw .notConnected(host: job.target.host, reason: "libcurl cannot take another request")
            }
            running[transfer.handle] = transfer
        } catch {
            job.finish(.failure(error))
        }
    }

    /// Ends an exchange that was cancelled; one that is already over is left alone.
    func cancel(_ id: UInt64) {
        guard let transfer = running.values.first(where: { $0.job.id == id }) else { return }
        finish(transfer, .failure(.cancelled))
    }

    /// Moves what can be moved without waiting, then ends what is complete or out of time.
    func advance() {
        var count: Int32 = 0
        curl_multi_perform(multi, &count)
        while let message = curl_multi_info_read(multi, &count) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
                let transfer = running[handle]
            else { continue }
            finish(transfer, transfer.result(of: message.pointee.data.result))
        }
        let now = ContinuousClock.now
        for transfer in running.values {
            guard let error = transfer.overdue(at: now) else {
                transfer.nudge(at: now)
                continue
            }
            finish(transfer, .failure(error))
        }
    }

    /// Waits until a connection moves, a limit passes or the thread is woken.
    func wait() {
        let now = ContinuousClock.now
        let next = running.values.map { $0.nextCheck }.min().map { now.duration(to: $0) } ?? .seconds(60)
        // One millisecond more, so that the limit has passed when the wait is over.
        curl_multi_poll(multi, nil, 0, Int32(clamping: next.wholeMilliseconds + 1), nil)
    }

    /// Ends everything.
    func end() {
        for transfer in running.values { finish(transfer, .failure(.cancelled)) }
    }

    private func finish(_ transfer: CurlTransfer, _ result: Result<CurlAnswer, HTTPError>) {
        running[transfer.handle] = nil
        curl_multi_remove_handle(multi, transfer.handle)
        let job = transfer.job
        guard case .success(let answer) = result, answer.status == 200, let file = transfer.releaseFile() else {
            transfer.removeFile()
            return job.finish(result)
        }
        // Waiting for the disk must not hold up the other exchanges.
        DispatchQueue.global().async {
            do throws(HTTPError) {
                try file.seal()
                job.finish(.success(answer))
            } catch {
                job.finish(.failure(error))
            }
        }
    }
}

extension Duration {
    /// Milliseconds, rounded down, not below 0.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        return Int(min(seconds, 1 << 40) * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}
