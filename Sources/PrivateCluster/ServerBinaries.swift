import Foundation

/// The programs of one PostgreSQL server version.
struct ServerBinaries: Sendable {
    let folder: String
    let major: Int

    static let oldestMajor = 15

    func path(_ program: String) -> String { "\(folder)/\(program)" }

    /// The binaries in PG_BIN if that is set, else the newest under /usr/lib/postgresql, /usr/pgsql-* and PATH; of the
    /// version `major` if a cluster asks for it.
    static func find(
        major: Int? = nil, environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws(PrivateClusterError) -> ServerBinaries {
        let folders = candidates(environment)
        var found: [ServerBinaries] = []
        for folder in folders {
            if let version = await version(in: folder) {
                found.append(ServerBinaries(folder: folder, major: version))
            }
        }
        let usable = found.filter { $0.major >= oldestMajor && (major == nil || $0.major == major) }
        // Of equal versions the first found: max(by:) would take the last.
        guard let newest = usable.map(\.major).max(), let binaries = usable.first(where: { $0.major == newest })
        else {
            throw .serverNotFound(searched: folders)
        }
        return binaries
    }

    private static func candidates(_ environment: [String: String]) -> [String] {
        if let folder = environment["PG_BIN"], !folder.isEmpty { return [folder] }
        let files = FileManager.default
        let debian = ((try? files.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []).sorted()
            .map { "/usr/lib/postgresql/\($0)/bin" }
        let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
            .filter {
                files.isExecutableFile(atPath: "\($0)/initdb") && files.isExecutableFile(atPath: "\($0)/postgres")
            }
        return debian.isEmpty && path.isEmpty ? ["/usr/lib/postgresql/*/bin", "PATH", "PG_BIN"] : debian + path
    }

    /// The major version of the server in a folder, nil if there is none.
    private static func version(in folder: String) async -> Int? {
        let server = "\(folder)/postgres"
        guard FileManager.default.isExecutableFile(atPath: server),
            let output = try? await Command(server, ["--version"]).run()
        else { return nil }
        // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
        let words = output.split(separator: " ")
        guard words.count > 2 else { return nil }
        return Int(words[2].prefix { $0.isNumber })
    }
}
