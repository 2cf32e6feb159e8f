import Glibc

/// An open file or folder that is closed when it goes.
struct OpenDescriptor: ~Copyable {
    /// Valid as long as this value lives.
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    /// Hands the descriptor over to be closed with a look at the result.
    consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }

    deinit {
        _ = Glibc.close(number)
    }
}
