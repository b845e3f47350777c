/// Why a private cluster cannot be started or stopped.
package enum PrivateClusterError: Error, Sendable {
    /// No server binaries of PostgreSQL 15 or newer.
    case serverNotFound(searched: [String])
    /// The data were made by a major version whose binaries are not there.
    case versionNotFound(major: Int, folder: String)
    /// initdb refuses root, and there is no user postgres to run the server as.
    case noServerUser
    /// The folder holds something that is not a cluster.
    case notACluster(folder: String)
    /// A folder that ought to be ours alone belongs to somebody else, or others may write to it.
    case unsafeFolder(String)
    /// No folder can be reached by the user the server runs as.
    case unreachable(folder: String)
    /// A call of the system failed.
    case system(call: String, path: String, code: Int32)
    case commandFailed(command: String, output: String)
    case notReady(folder: String)
    /// Another process has held the cluster's lock for too long.
    case locked(folder: String)
    case settingRefused(name: String)
}

extension PrivateClusterError: CustomStringConvertible {
    /// Lower case, no full stop: what stands in the way, and where.
    package var description: String {
        switch self {
        case .serverNotFound(let searched): "no PostgreSQL server 15 or newer in \(searched.joined(separator: ", "))"
        case .versionNotFound(let major, let folder):
            "\(folder) was made by PostgreSQL \(major), which is not installed"
        case .noServerUser: "root cannot run a server and there is no user postgres"
        case .notACluster(let folder): "\(folder) holds files that are not a private cluster"
        case .unsafeFolder(let folder): "\(folder) belongs to another user or is open to others"
        case .unreachable(let folder): "the server's user can reach neither \(folder) nor /var/tmp nor /tmp"
        case .system(let call, let path, let code): "\(call) of \(path) failed: \(errorText(code))"
        case .commandFailed(let command, let output): "\(command) failed: \(output)"
        case .notReady(let folder): "the server in \(folder) is running and does not become ready"
        case .locked(let folder): "another process is starting or stopping the cluster in \(folder)"
        case .settingRefused(let name): "the setting \(name) of a private cluster cannot be changed"
        }
    }

    /// What comes next.
    package var hint: String {
        switch self {
        case .serverNotFound, .noServerUser:
            "install PostgreSQL's server, as make setup does in the sources' folder, or name its programs with PG_BIN"
        case .versionNotFound(let major, _): "install PostgreSQL \(major), or name another folder with MARGIN_CLUSTER"
        case .notACluster: "name an empty folder, or one that is not there, with MARGIN_CLUSTER"
        case .unsafeFolder: "remove it, or set TMPDIR to a folder of your own"
        case .unreachable: "name another folder with MARGIN_CLUSTER"
        case .system: "see owner and mode of that folder, or name another with MARGIN_CLUSTER"
        case .commandFailed, .notReady: "see server.log in the cluster's folder, then the same command again"
        case .locked: "the same command again"
        case .settingRefused: "leave it out"
        }
    }
}
