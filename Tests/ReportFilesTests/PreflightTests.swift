import Glibc
import Runs
import Testing

@testable import ReportFiles

/// FAULTS CS-4: whether a report could be written is known before a store is.
struct PreflightTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func `CS-4: a missing folder is made, with those above it, and the probe is taken away`() throws {
        let team = try SampleReport.team()
        try ReportFolder("\(folder.path)/a/b/reports", team: team).rehearse()
        #expect(folder.contents() == ["a", "a/b", "a/b/reports", "a/b/reports/\(team)"])
        #expect(folder.contents().allSatisfy { folder.mode($0) == 0o700 })
    }

    @Test func `CS-4: rehearsing twice, and with a left-over probe, works`() throws {
        let team = try SampleReport.team()
        let reports = ReportFolder(folder.path, team: team)
        try reports.rehearse()
        try folder.put("", "\(team)/.rehearsal-1")
        try reports.rehearse()
        #expect(folder.contents("\(team)") == ["\(team)/.rehearsal-1"])
    }

    @Test func `CS-4: a file in the place of the folder is told`() throws {
        try folder.put("", "reports")
        let error = try #require(throws: ReportError.self) {
            try ReportFolder("\(folder.path)/reports", team: SampleReport.team()).rehearse()
        }
        #expect(error.description.contains("in the way"))
    }

    @Test(.disabled(if: geteuid() == 0, "root writes everywhere"))
    func `CS-4: a folder that may not be written is told`() throws {
        #expect(chmod(folder.path, 0o500) == 0)
        let error = try #require(throws: ReportError.self) {
            try ReportFolder(folder.path, team: SampleReport.team()).rehearse()
        }
        #expect(error.description.contains("Permission denied"))
    }

    @Test func `CS-4: a file system nobody can write to is told`() throws {
        #expect(throws: ReportError.self) {
            try ReportFolder("/proc/synctec-reports", team: SampleReport.team()).rehearse()
        }
    }

    @Test(
        arguments: [
            (1 << 20, false), (16 << 20, false), ((16 << 20) + 1, true), (.max, true), (0, false),
        ] as [(UInt64, Bool)]
    )
    func `CS-4: more than 16 MB must be free`(free: UInt64, isEnough: Bool) throws {
        let reports = ReportFolder(folder.path, team: try SampleReport.team(), calls: SmallDisk(free: free))
        if isEnough {
            try reports.rehearse()
        } else {
            let error = try #require(throws: ReportError.self) { try reports.rehearse() }
            #expect(error.description.contains("make room"))
        }
    }

    @Test func `CS-4: whatever call of the rehearsal fails, it is told and no probe stays`() throws {
        let team = try SampleReport.team()
        let undisturbed = FailingFileCalls()
        let other = try TemporaryFolder()
        try ReportFolder(other.path, team: team, calls: undisturbed).rehearse()
        for number in undisturbed.made.indices {
            let place = try TemporaryFolder()
            let calls = FailingFileCalls(failing: number)
            #expect(throws: ReportError.self, "\(undisturbed.made[number])") {
                try ReportFolder(place.path, team: team, calls: calls).rehearse()
            }
            let probes = place.contents().filter { $0.contains(".rehearsal") }
            #expect(probes.isEmpty || undisturbed.made[number] == "removeFile")
        }
    }
}

/// A disk with so much room.
private struct SmallDisk: FileCalls {
    let free: UInt64
    private let system = SystemFileCalls()

    init(free: UInt64) {
        self.free = free
    }

    func freeBytes(at folder: Int32) throws(FileFailure) -> UInt64 { free }

    func openRoot(_ path: String) throws(FileFailure) -> Int32 { try system.openRoot(path) }
    func makeRoot(_ path: String) throws(FileFailure) { try system.makeRoot(path) }
    func makeFolder(_ name: String, in folder: Int32) throws(FileFailure) { try system.makeFolder(name, in: folder) }
    func openFolder(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        try system.openFolder(name, in: folder)
    }
    func createFile(_ name: String, in folder: Int32) throws(FileFailure) -> Int32 {
        try system.createFile(name, in: folder)
    }
    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(FileFailure) -> Int {
        try system.write(bytes, to: file)
    }
    func sync(_ file: Int32) throws(FileFailure) { try system.sync(file) }
    func close(_ file: Int32) throws(FileFailure) { try system.close(file) }
    func exists(_ name: String, in folder: Int32) throws(FileFailure) -> Bool { try system.exists(name, in: folder) }
    func rename(_ name: String, to other: String, in folder: Int32) throws(FileFailure) {
        try system.rename(name, to: other, in: folder)
    }
    func removeFile(_ name: String, in folder: Int32) throws(FileFailure) { try system.removeFile(name, in: folder) }
    func removeFolder(_ name: String, in folder: Int32) throws(FileFailure) {
        try system.removeFolder(name, in: folder)
    }
}
