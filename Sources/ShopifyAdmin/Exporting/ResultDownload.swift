import Runs
import Transport

/// Fetches a result file and holds it against the size that was announced.
struct ResultDownload: Sendable {
    /// What became of one attempt.
    enum Outcome: Sendable, Hashable {
        case complete
        /// 403, 404 or 410: the link has run out.
        case refusedLink(status: Int)
        /// Cut short or broken off; another attempt may succeed.
        case damaged(reason: String)
    }

    let endpoint: AdminEndpoint
    let transport: any HTTPExchanging
    let progress: @Sendable (ExportProgress) -> Void

    /// Downloads to `path`, replacing what is there.
    ///
    /// The request carries no token. Without a size, what came is taken as it is: a partial file announces none.
    func fetch(_ url: String, size: Int?, to path: String) async throws(StoreError) -> Outcome {
        let link: ResultLink
        do throws(ResultLink.Refusal) {
            link = try ResultLink(url, allowsLoopback: endpoint.reach == .publicHTTPSOrLoopback)
        } catch {
            throw .incomplete(shop: endpoint.shop, reason: error.reason)
        }
        LocalFile.remove(path)
        var limits = HTTPLimits.download
        if let size { limits.bodyBytes = max(size, 1) }
        let request = HTTPRequest(
            url: link.url,
            limits: limits,
            reach: link.isLoopback ? .publicHTTPSOrLoopback : .publicHTTPS
        )
        let progress = progress
        let download: HTTPDownload
        do throws(HTTPError) {
            download = try await transport.download(request, to: path) { bytes in
                progress(.downloading(bytes: bytes, of: size ?? bytes))
            }
        } catch {
            LocalFile.remove(path)
            switch error {
            case .cancelled: throw .cancelled(shop: endpoint.shop)
            case .file(let path, let reason): throw .file(path: path, reason: reason)
            case .refusedAddress(_, let reason), .untrusted(_, let reason):
                throw .incomplete(
                    shop: endpoint.shop,
                    reason: "the result link to \(link.host) cannot be trusted: \(reason)"
                )
            default: return .damaged(reason: error.description)
            }
        }
        let outcome = try judge(download, size: size, path: path)
        if outcome != .complete { LocalFile.remove(path) }
        return outcome
    }

    private func judge(_ download: HTTPDownload, size: Int?, path: String) throws(StoreError) -> Outcome {
        switch download.status {
        case 200:
            guard let size else { return .complete }
            guard download.bytes == size else {
                return .damaged(reason: "\(download.bytes) of \(size) bytes came")
            }
            guard try LocalFile.endsInNewline(path) else { return .damaged(reason: "the last line is cut") }
            return .complete
        case 403, 404, 410: return .refusedLink(status: download.status)
        default: return .damaged(reason: "status \(download.status)")
        }
    }
}
