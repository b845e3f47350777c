import Foundation
import Glibc
import Postgres
import PrivateCluster
import Subprocess
import SystemPackage
import Testing

/// What depends on who starts the cluster. Run as root they cover root and an ordinary user, else only the latter.
@Suite(.serialized) struct UserTests {
    private static let asUser = "MARGIN_TEST_ORDINARY_USER_FOLDER"
    private static var folderOfUser: String? { ProcessInfo.processInfo.environment[asUser] }
    private static let isRoot = geteuid() == 0

    @Test(.enabled(if: isRoot, "only root can start a cluster as root"))
    func `started by root, the server runs as user postgres and root connects as the owner`() async throws {
        try await PrivateClusterTests.withFolder { folder in
            let settings = try await PrivateCluster(folder: folder).start()
            let postgres = try #require(unsafe getpwnam("postgres").map { unsafe $0.pointee.pw_uid })
            let owner = try FileManager.default.attributesOfItem(atPath: folder + "/data")[.ownerAccountID] as? Int
            #expect(owner == Int(postgres))
            #expect(try PrivateClusterTests.open(settings).value("select current_user::text", as: .text) == "margin")
        }
    }

    @Test(.enabled(if: isRoot, "only root can start a cluster as root"))
    func `a folder the server's user cannot reach is replaced by one under var tmp, and a note says so`() async throws {
        try await PrivateClusterTests.withFolder { parent in
            guard unsafe mkdir(parent, 0o700) == 0 else { throw Errno(rawValue: errno) }
            let folder = parent + "/inner/cluster"
            let cluster = PrivateCluster(folder: folder)
            let settings = try await cluster.start()
            let actual = try #require(cluster.actualFolder)
            #expect(actual.hasPrefix("/var/tmp/") || actual.hasPrefix("/tmp/"))
            let note = try String(contentsOfFile: folder + "/location", encoding: .utf8)
            #expect(note.hasPrefix(actual + "\n"))
            #expect(try await PrivateCluster(folder: folder).start() == settings)
            #expect(try PrivateClusterTests.open(settings).value("select 1::bigint", as: .int64) == 1)
            try await cluster.destroy()
            #expect(!FileManager.default.fileExists(atPath: actual))
            #expect(!FileManager.default.fileExists(atPath: folder))
        }
    }

    @Test func `an ordinary user starts, uses and destroys a cluster of their own`() async throws {
        if Self.isRoot && Self.folderOfUser == nil { return try await Self.runAsNobody() }
        let folder = Self.folderOfUser ?? "/tmp/private-cluster-\(UUID().uuidString.prefix(8))"
        let cluster = PrivateCluster(folder: folder, settings: ["shared_buffers": "16MB"])
        let settings = try await cluster.start()
        #expect(geteuid() != 0)
        #expect(try PrivateClusterTests.open(settings).value("select current_user::text", as: .text) == "margin")
        #expect(try await cluster.start() == settings)
        try await cluster.stop()
        #expect(!cluster.isRunning)
        try await cluster.destroy()
        #expect(!FileManager.default.fileExists(atPath: folder))
    }

    /// This test once more, as user nobody, from a place that user can reach.
    private static func runAsNobody() async throws {
        let index = "/tmp/private-cluster-user-\(ProcessInfo.processInfo.processIdentifier)"
        guard unsafe mkdir(index, 0o755) == 0 else { throw Errno(rawValue: errno) }
        defer { try? FileManager.default.removeItem(atPath: index) }
        let binary = index + "/tests"
        try FileManager.default.copyItem(atPath: "/proc/self/exe", toPath: binary)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: binary)
        let home = index + "/home"
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: false, attributes: [.ownerAccountName: "nobody"])
        let result = try await run(
            .name("runuser"),
            arguments: [
                "-u", "nobody", "--", binary, "--testing-library", "swift-testing", "--filter",
                "an ordinary user starts",
            ],
            environment: .inherit.updating([.init(stringLiteral: asUser): home + "/cluster"]),
            workingDirectory: "/", output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
        let printed = result.standardOutput + result.standardError
        #expect(result.terminationStatus.isSuccess, "\(printed)")
        #expect(printed.contains("with 1 test"), "\(printed)")
    }
}
