/// The operating system's calls, but for waiting until what was written is on the disk.
struct UnsyncedFileCalls: FileCalls {
    private let calls = SystemFileCalls()

    func openRoot(_ path: String) throws(FileFailure) -> Int32 { try calls.openRoot(path) }
    func makeRoot(_ path: String) throws(FileFailure) { try calls.makeRoot(path) }
    func makeFolder(_ name: String, in folder: Int32) throws(FileFailure) { try calls.makeFolder(name, in: folder) }
    func openFolder(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        try calls.openFolder(name, in: folder)
    }
    func createFile(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        try calls.createFile(name, in: folder)
    }
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(FileFailure) -> Int {
        try calls.write(bytes, to: file)
    }
    func sync(_ file: Int32) throws(FileFailure) {}
    func close(_ file: Int32) throws(FileFailure) { try calls.close(file) }
    func exists(_ name: String, in folder: Int32) throws(FileFailure) -> Bool { try calls.exists(name, in: folder) }
    func rename(_ name: String, to other: String, in folder: Int32) throws(FileFailure) {
        try calls.rename(name, to: other, in: folder)
    }
    func removeFile(_ name: String, in folder: Int32) throws(FileFailure) { try calls.removeFile(name, in: folder) }
    func removeFolder(_ name: String, in folder: Int32) throws(FileFailure) { try calls.removeFolder(name, in: folder) }
    func freeBytes(at folder: Int32) throws(FileFailure) -> UInt64 { try calls.freeBytes(at: folder) }
}
