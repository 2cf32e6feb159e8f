import Catalog
import Glibc
import Testing

@testable import ReportFiles

/// FAULTS CS-3, CS-1.
///
/// The umask is the whole process's, so these run in a process of their own.
struct OpenModeTests {
    @Test(arguments: [0o000, 0o022, 0o077, 0o277] as [mode_t])
    func `CS-3: files are 0600 and folders 0700 whatever the umask`(mask: mode_t) async {
        await #expect(processExitsWith: .success) { [mask] in
            let folder = try TemporaryFolder()
            umask(mask)
            _ = try ReportFolder("\(folder.path)/made", team: SampleReport.team()).write(SampleReport.report())
            for path in folder.contents() {
                let isFolder = folder.kind(path) == S_IFDIR
                guard folder.mode(path) == (isFolder ? 0o700 : 0o600) else { exit(1) }
            }
            guard folder.contents().count == SampleReport.files.count + 3 else { exit(2) }
        }
    }

    @Test func `CS-1: past the limit on file sizes nothing bears the final name`() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit(rlim_cur: 100_000, rlim_max: 100_000)
            guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(1) }
            do {
                _ = try ReportFolder(folder.path, team: SampleReport.team()).write(SampleReport.report(rows: 5_000))
                exit(2)
            } catch {
                guard "\(error)".contains("ulimit -f") else { exit(3) }
            }
            guard folder.contents() == [try SampleReport.team().text] else { exit(4) }
        }
    }
}
