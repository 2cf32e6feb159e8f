import Foundation
import Glibc
import Runs
import Testing

@testable import PostgresLedger

struct PrivateServerTests {
    @Test func `any number of users share the server, and the last one to leave stops it`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        let first = try await PrivateServer.start(in: state.path)
        async let other = PrivateServer.start(in: state.path)
        let second = try await other
        #expect(first.address == second.address)
        try await first.leave()
        #expect(try await second.address.superuser.text("current_database()") == "synctec")
        try await second.leave()
        #expect(!state.isRunning)
        await #expect(throws: DatabaseError.self) { try await second.address.superuser.run("SELECT 1") }
        let again = try await PrivateServer.start(in: state.path)
        try await again.leave()
        #expect(!state.isRunning)
    }

    @Test func `it listens on no port, and only its owner reaches its socket and its data`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        let server = try await PrivateServer.start(in: state.path)
        let session = server.address.superuser
        #expect(try await session.text("current_setting('listen_addresses')") == "")
        #expect(try await session.text("current_setting('fsync') || current_setting('full_page_writes')") == "onon")
        #expect(
            try await session.text("current_setting('server_encoding') || current_setting('data_checksums')")
                == "UTF8on"
        )
        #expect(state.mode("postgres/data") == 0o700)
        #expect(state.mode("postgres/socket") == 0o700)
        await session.close()
        try await server.leave()
    }

    @Test func `DB-2 after the server was killed the next start recovers what was committed`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        let ledger = try await DatabaseLedger.open(.privateServer(stateFolder: state.path))
        try await ledger.createTeam(
            try Sample.team(),
            source: try Sample.store("northwind", 1),
            by: "ann",
            at: Sample.time
        )
        kill(try #require(state.postmaster), SIGKILL)
        let again = try await DatabaseLedger.open(.privateServer(stateFolder: state.path))
        #expect(try await again.team(try Sample.team(), askedBy: "x", at: Sample.time) != nil)
        try await again.close()
        try await ledger.close()
        #expect(!state.isRunning)
    }

    @Test func `lock files of a killed server that now name another process do not keep it from starting`() async throws
    {
        let state = try StateFolder()
        defer { state.remove() }
        let server = try await PrivateServer.start(in: state.path, durability: .throwAway)
        let text = try String(contentsOfFile: "\(state.path)/postgres/data/postmaster.pid", encoding: .utf8)
        try await server.leave()
        let lines =
            ["\(getpid())"] + text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().map(String.init)
        let file = "\(state.path)/postgres/data/postmaster.pid"
        try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
        chown(file, state.owner("postgres/data"), gid_t.max)
        let again = try await PrivateServer.start(in: state.path, durability: .throwAway)
        #expect(try await again.address.superuser.text("1") == "1")
        try await again.leave()
    }

    @Test func `a state folder that is not there is made, with what is above it`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        chmod(state.path, 0o755)
        let deep = "\(state.path)/not/there/yet"
        let server = try await PrivateServer.start(in: deep, durability: .throwAway)
        #expect(try await server.address.superuser.text("1") == "1")
        try await server.leave()
        #expect(access("\(deep)/postgres/data/postmaster.pid", F_OK) != 0)
    }

    @Test func `an initdb that was cut off is begun again`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        try FileManager.default.createDirectory(
            atPath: "\(state.path)/postgres/data.new/base",
            withIntermediateDirectories: true
        )
        let server = try await PrivateServer.start(in: state.path, durability: .throwAway)
        #expect(try await server.address.superuser.text("1") == "1")
        try await server.leave()
    }

    @Test func `a path too long for a socket gets a short folder with mode 0700`() async throws {
        let state = try StateFolder(name: String(repeating: "x", count: 90))
        defer { state.remove() }
        let server = try await PrivateServer.start(in: state.path, durability: .throwAway)
        let folder = try #require(try await server.address.superuser.text("current_setting('unix_socket_directories')"))
        #expect(folder.utf8.count < 60)
        var status = stat()
        #expect(lstat(folder, &status) == 0 && status.st_mode & 0o777 == 0o700)
        try await server.leave()
        try? FileManager.default.removeItem(atPath: folder)
    }

    @Test func `data of a Postgres that is not installed is left alone, with the package to install`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        let server = try await PrivateServer.start(in: state.path, durability: .throwAway)
        try await server.leave()
        try "99\n".write(toFile: "\(state.path)/postgres/data/PG_VERSION", atomically: true, encoding: .utf8)
        await expectFailure(in: state, naming: "postgresql-99")
    }

    @Test func `a server that does not start is told with the end of its log`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        let server = try await PrivateServer.start(in: state.path, durability: .throwAway)
        try await server.leave()
        let file = try #require(FileHandle(forUpdatingAtPath: "\(state.path)/postgres/data/postgresql.conf"))
        file.seekToEndOfFile()
        file.write(Data("no_such_setting = 1\n".utf8))
        try file.close()
        await expectFailure(in: state, naming: "no_such_setting")
    }

    @Test func `a folder that is something else is not touched`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        try FileManager.default.createDirectory(
            atPath: "\(state.path)/postgres/data",
            withIntermediateDirectories: true
        )
        try "mine".write(toFile: "\(state.path)/postgres/data/file", atomically: true, encoding: .utf8)
        await expectFailure(in: state, naming: "not a Postgres data folder")
        #expect(try String(contentsOfFile: "\(state.path)/postgres/data/file", encoding: .utf8) == "mine")
    }

    @Test(.enabled(if: geteuid() == 0))
    func `as root, a folder of another account is left to it, with what to do`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        let nobody = try #require(getpwnam("nobody")).pointee
        #expect(mkdir(state.path, 0o750) == 0 || errno == EEXIST)
        #expect(chown(state.path, nobody.pw_uid, nobody.pw_gid) == 0)
        await #expect {
            _ = try await PrivateServer.start(in: state.path)
        } throws: { error in
            let told = "\(error)"
            return told.contains("\(state.path) belongs to the account nobody") && told.contains("sudo -u nobody")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: state.path) == [])
    }

    @Test(.enabled(if: geteuid() == 0))
    func `as root, a folder that the server's account cannot reach is named, with what to do`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        let inner = "\(state.path)/home/state"
        chmod(state.path, 0o755)
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        chmod("\(state.path)/home", 0o700)
        do {
            _ = try await PrivateServer.start(in: inner, durability: .throwAway)
            Issue.record("it started")
        } catch {
            #expect(error.description.contains("\(state.path)/home"))
            #expect(error.description.contains("/var/lib/synctec"))
        }
    }

    @Test func `CS-3 a link in the place of a folder or a lock is refused`() async throws {
        let state = try StateFolder()
        defer { state.remove() }
        try FileManager.default.createDirectory(atPath: "\(state.path)/postgres", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: "\(state.path)/postgres/start.lock",
            withDestinationPath: "\(state.path)/victim"
        )
        await expectFailure(in: state, naming: "start.lock")
        #expect(access("\(state.path)/victim", F_OK) != 0)
    }

    private func expectFailure(in state: StateFolder, naming text: String) async {
        do {
            _ = try await PrivateServer.start(in: state.path, durability: .throwAway)
            Issue.record("it started")
        } catch {
            #expect(error.description.contains(text), "\(error)")
        }
        #expect(!state.isRunning)
    }
}

/// A state folder for one test.
private struct StateFolder {
    let path: String

    init(name: String = "state") throws {
        let parent = "/tmp/synctec-state-\(UUID().uuidString.prefix(8))"
        path = "\(parent)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        chmod(parent, 0o755)
        chmod(path, 0o700)
    }

    var postmaster: pid_t? {
        let text = try? String(contentsOfFile: "\(path)/postgres/data/postmaster.pid", encoding: .utf8)
        return text.flatMap { $0.split(separator: "\n").first }.flatMap { pid_t($0) }
    }

    var isRunning: Bool { postmaster.map { kill($0, 0) == 0 } ?? false }

    func mode(_ name: String) -> mode_t? {
        var status = stat()
        return lstat("\(path)/\(name)", &status) == 0 ? status.st_mode & 0o777 : nil
    }

    func owner(_ name: String) -> uid_t {
        var status = stat()
        _ = lstat("\(path)/\(name)", &status)
        return status.st_uid
    }

    func remove() {
        if let postmaster, isRunning {
            kill(postmaster, SIGQUIT)
            for _ in 0..<200 where kill(postmaster, 0) == 0 { usleep(10_000) }
        }
        try? FileManager.default.removeItem(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }
}
