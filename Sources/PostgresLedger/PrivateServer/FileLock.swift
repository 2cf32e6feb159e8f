import Glibc

/// A lock on a file (`flock`), which the kernel frees when the process ends, however it ends.
struct FileLock: ~Copyable {
    private let descriptor: Int32

    /// Opens or makes the file; nothing is locked yet.
    init(path: String) throws(DatabaseError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw .privateServer(detail: "\(path) cannot be opened: \(lastSystemError())", log: [])
        }
    }

    deinit {
        close(descriptor)
    }

    /// Waits until nobody else holds the lock in either way.
    func lockExclusively() {
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    /// Gives the lock back.
    func unlock() {
        flock(descriptor, LOCK_UN)
    }

    /// Holds the lock together with others that share it; waits for an exclusive holder.
    func lockShared() {
        while flock(descriptor, LOCK_SH) != 0, errno == EINTR {}
    }

    /// Whether nobody else holds the lock, which is held exclusively then; otherwise it is not held at all any more.
    func tryExclusively() -> Bool {
        if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        unlock()
        return false
    }
}

/// The text of `errno`.
func lastSystemError() -> String {
    String(cString: strerror(errno))
}
