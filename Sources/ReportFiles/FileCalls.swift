/// What a call of the operating system came back with instead of success.
struct FileFailure: Error, Hashable {
    /// The `errno`.
    let code: Int32
}

/// The calls by which reports reach the disk: one method per call, so that a test can let each of them fail.
///
/// Names are relative to an open folder wherever one is given; no link is followed but by ``openRoot(_:)``.
protocol FileCalls: Sendable {
    /// Opens the folder of all reports by its path; links on the way are the operator's own.
    func openRoot(_ path: String) throws(FileFailure) -> Int32
    /// Makes a folder by path, for the folder of all reports and those above it; mode 0700.
    func makeRoot(_ path: String) throws(FileFailure)
    /// Makes a folder, mode 0700 whatever the umask; fails where the name exists.
    func makeFolder(_ name: String, in folder: Int32) throws(FileFailure)
    /// Opens a folder.
    func openFolder(_ name: String, in folder: Int32) throws(FileFailure) -> Int32
    /// Makes a file for writing, mode 0600 whatever the umask; fails where the name exists.
    func createFile(_ name: String, in folder: Int32) throws(FileFailure) -> Int32
    /// Writes some of the bytes and says how many.
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(FileFailure) -> Int
    /// Brings a file's contents, or a folder's names, onto the disk.
    func sync(_ file: Int32) throws(FileFailure)
    /// Closes; the descriptor is gone even when this fails.
    func close(_ file: Int32) throws(FileFailure)
    /// Whether the name exists, as whatever it may be.
    func exists(_ name: String, in folder: Int32) throws(FileFailure) -> Bool
    /// Renames a folder within its parent; an existing file or a folder with something in it is never replaced.
    func rename(_ name: String, to other: String, in folder: Int32) throws(FileFailure)
    /// Removes a file.
    func removeFile(_ name: String, in folder: Int32) throws(FileFailure)
    /// Removes an empty folder.
    func removeFolder(_ name: String, in folder: Int32) throws(FileFailure)
    /// The bytes this account may still write on the folder's disk.
    func freeBytes(at folder: Int32) throws(FileFailure) -> UInt64
}
