/// The headers of an answer, looked up without regard to case.
public struct HTTPHeaders: Sendable {
    private let lines: [HTTPHeader]

    /// Takes the lines in the order they came.
    public init(_ lines: [HTTPHeader]) {
        self.lines = lines
    }

    /// The value of the last line with that name.
    public subscript(_ name: String) -> String? {
        lines.last { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// A whole answer, its body in memory.
public struct HTTPResponse: Sendable {
    /// The status, such as 200.
    public let status: Int
    /// The header lines.
    public let headers: HTTPHeaders
    /// The body, decompressed.
    public let body: [UInt8]

    /// Makes an answer.
    public init(status: Int, headers: HTTPHeaders, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// An answer whose body went to a file.
public struct HTTPDownload: Sendable {
    /// The status, such as 200.
    ///
    /// Of an answer that is no 200 nothing is written to the file.
    public let status: Int
    /// The header lines.
    public let headers: HTTPHeaders
    /// Bytes written to the file, after decompression.
    public let bytes: Int

    /// Makes a download's result.
    public init(status: Int, headers: HTTPHeaders, bytes: Int) {
        self.status = status
        self.headers = headers
        self.bytes = bytes
    }
}
