/// The module table of Package.swift against the architecture. SwiftPM holds imports to the table; nothing but this
/// holds the table to the architecture.
enum ModuleRules {
    /// Modules from the ground up: one imports only from layers before its own.
    static let layers: [[String]] = [
        ["CLibPQ", "CLibCrypto", "Quantities", "ParallelWork", "embed-sql", "PlainMargin"],
        ["TestSupport", "Postgres", "Digests", "PrivateCluster", "ClearingModel", "EmbedSQL"],
        ["TextFiles", "Pricing"],
        ["ServerTestSupport", "MarketModel", "Scenarios", "Monitoring", "ClearingHouseGenerator"],
        ["Parameters"],
        ["RiskArrays", "Margining", "MarginCalls", "Reporting", "Messages"],
        ["Results", "Stress", "Calibration", "Simulation"],
        ["InputRows", "Validation", "Attribution", "NextNight"],
        ["Storage", "Replication"],
        ["Runtime"],
        ["EndOfDay"],
        ["Operations"],
        ["Commands", "Cases"],
        [
            "margin-ingest", "margin-risk-arrays", "margin-offsets", "margin-add-ons", "margin-stress", "margin-calls",
            "margin-attribution", "margin-report", "margin-calibrate", "margin-backtest",
        ],
        ["margin"],
        ["EndToEndTests", "ProofTests", "TidyTests"],
    ]

    /// Imports the layers would allow and the architecture does not, each with the reason.
    static let forbidden: [(module: String, imports: String, reason: String)] = [
        ("EndOfDay", "Postgres", "Storage alone knows tables and statements"),
        ("Operations", "Postgres", "Storage alone knows tables and statements"),
        ("Cases", "Postgres", "Storage alone knows tables and statements"),
        ("Commands", "Postgres", "Storage alone knows tables and statements"),
        ("margin", "Postgres", "Storage alone knows tables and statements"),
        ("Storage", "Pricing", "what is stored does not depend on how it is valued"),
        ("Reporting", "Postgres", "reports are bytes from rows: they can be tested without a server"),
        ("Margining", "RiskArrays", "a member replicates its requirement from published arrays alone"),
        ("Results", "Postgres", "what a run found is read without a database"),
        ("Replication", "Postgres", "a member has files and no database"),
        ("MarginCalls", "Margining", "a call needs a requirement's amount, not how it came about"),
    ]

    struct Module: Equatable {
        let name: String
        let imports: [String]
    }

    /// The rows of the module table, read from Package.swift; stages are the rows it makes in a loop.
    static func table(_ package: String) -> [Module] {
        let row = /Module\(\s*"(?<name>[\w-]+)"(?<rest>(?:[^()]|\([^()]*\))*)\)/
        let stages = package.firstMatch(of: /let stages = \[([^\]]*)\]/).map { names(String($0.output.1)) } ?? []
        let stageImports = package.firstMatch(of: /stages\.map \{ Module\(\$0, \.executable, imports: \[([^\]]*)\]/)
        return package.matches(of: row).map { match in
            let imports = match.output.rest.firstMatch(of: /\bimports: \[([^\]]*)\]/)
            return Module(name: String(match.output.name), imports: imports.map { names(String($0.output.1)) } ?? [])
        } + stages.map { Module(name: $0, imports: stageImports.map { names(String($0.output.1)) } ?? []) }
    }

    private static func names(_ list: String) -> [String] { list.matches(of: /"([^"]+)"/).map { String($0.output.1) } }

    /// Imports that do not go down, and modules no layer has.
    static func upwardImports(_ modules: [Module]) -> [String] {
        modules.flatMap { module -> [String] in
            guard let layer = layer(of: module.name) else { return ["\(module.name) stands in no layer"] }
            return module.imports.compactMap { imported in
                if let reason = forbidden.first(where: { $0.module == module.name && $0.imports == imported })?.reason {
                    return "\(module.name) imports \(imported): \(reason)"
                }
                guard let below = self.layer(of: imported), below < layer else {
                    return "\(module.name) imports \(imported), which is not below it"
                }
                return nil
            }
        }
    }

    private static func layer(of module: String) -> Int? { layers.firstIndex { $0.contains(module) } }

    /// Modules of this package that a module's files import, sorted.
    static func imports(of module: String, in files: [TextFile], known: Set<String>) -> [String] {
        let names = files.filter { $0.isBelow("Sources/\(module)") }.flatMap { file in
            file.swift.code.matches(of: /(?m)^\s*(?:package |public |internal |@\w+ )*import (?:\w+ )?(\w+)/)
                .map { String($0.output.1) }
        }
        return Set(names).intersection(known).sorted()
    }
}
