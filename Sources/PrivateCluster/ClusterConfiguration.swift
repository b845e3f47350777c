/// The text of a private cluster's configuration files.
struct ClusterConfiguration: Sendable {
    let socketFolder: String
    let hasLZ4: Bool
    /// Settings of the caller, which override the defaults.
    let overrides: [String: String]

    static let role = "margin"
    static let database = "margin"

    /// What makes the cluster private and safe, and what the module relies on.
    private static let fixed: Set = [
        "listen_addresses", "port", "unix_socket_directories", "unix_socket_permissions", "hba_file", "ident_file",
        "data_directory", "external_pid_file",
    ]

    static func check(_ overrides: [String: String]) throws(PrivateClusterError) {
        for name in overrides.keys.sorted() {
            let isName = !name.isEmpty && name.utf8.allSatisfy { isNameByte($0) }
            guard isName, !fixed.contains(name.lowercased()) else { throw .settingRefused(name: name) }
        }
    }

    /// margin.conf. Sized for a nightly batch on 2 cores and 24 GB; nothing that PostgreSQL calls unsafe.
    var settings: String {
        let defaults: [(String, String)] = [
            ("listen_addresses", ""),
            ("port", String(ClusterLocation.port)),
            ("unix_socket_directories", socketFolder),
            ("unix_socket_permissions", "0700"),
            ("cluster_name", "margin"),
            ("fsync", "on"),
            ("full_page_writes", "on"),
            ("synchronous_commit", "on"),
            ("shared_buffers", "512MB"),
            ("effective_cache_size", "8GB"),
            ("work_mem", "64MB"),
            ("maintenance_work_mem", "512MB"),
            ("max_wal_size", "4GB"),
            ("checkpoint_timeout", "30min"),
            ("wal_compression", hasLZ4 ? "lz4" : "on"),
            ("jit", "off"),
            ("max_locks_per_transaction", "256"),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("lc_messages", "C"),
            ("log_line_prefix", "%m [%p] %a "),
            ("log_checkpoints", "off"),
        ]
        let lines = (defaults + overrides.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).map { name, value in
            "\(name) = '\(doubled(value, "'"))'"
        }
        return "# written at every start; a later line wins\n" + lines.joined(separator: "\n") + "\n"
    }

    /// pg_hba.conf: the unix socket, and the system's word for who is there.
    static let access = "local all all peer map=margin\n"

    /// pg_ident.conf: these system users are the owner, who as superuser may take any role.
    static func identities(of users: [String]) -> String {
        users.map { "margin \"\(doubled($0, "\""))\" \(role)\n" }.joined()
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

/// The text with every `mark` written twice and without line ends, for a quoted value.
private func doubled(_ text: String, _ mark: Character) -> String {
    String(text.flatMap { $0 == mark ? [$0, $0] : $0.isNewline ? [" "] : [$0] })
}
