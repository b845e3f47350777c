import ArgumentParser
import Commands
import Foundation
import Replication
import Runtime
import TextFiles

/// `margin replicate`: a requirement from published files, without database and without model.
struct ReplicateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicate",
        abstract: "Compute requirements, or with --stress exposures and shortfalls, again from published files.",
        discussion: """
            Needs no database. With a manifest, the files are those it lists, whichever run issued them, and their \
            SHA-256 is compared; with a parameters file, the others are taken from its folder unless named. With \
            --stress the scenarios are the house's, or those of a folder of your own with the prices of the date. \
            With --released it says what closing each position would release and which three trades of one contract \
            would lower each requirement most; with --what-if, what a basket of trades would make of it. \
            Exit 1 if --check finds a difference; docs/replication.md has the file formats.
            """)

    @Option(help: "A run's manifest.json, its report parameters.….json, or a SPAN file (.xml, .spn).")
    var parameters: String

    @Option(help: "Positions as CSV: account, owner, series, long_quantity, short_quantity.")
    var positions: String

    @Option(help: "The report risk-arrays.….json of the same run; left out for a SPAN file, which has its own.")
    var arrays: String?

    @Option(help: "A report accounts.….json or .csv with the accounts' terms; may be repeated.")
    var accounts: [String] = []

    @Option(help: "A report requirement.….csv, with --stress stress.….csv, to compare with; may be repeated.")
    var check: [String] = []

    @Flag(help: "Compute what closing the accounts out would cost under stress, and what is short of it.")
    var stress = false

    @Option(help: "With --stress: a report stress.….json or .csv with the accounts' cover; may be repeated.")
    var cover: [String] = []

    @Option(help: "With --stress: the report stress-arrays.….json of the same run.")
    var stressArrays: String?

    @Option(help: "With --stress: a folder with a stress set of your own and the prices to value it with.")
    var stressSet: String?

    @Flag(help: "Say what closing each position would release, and which trades would lower the requirement most.")
    var released = false

    @Option(
        help: "Trades as CSV in the order they are made: account, owner, series, quantity, below 0 for a sale.")
    var whatIf: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let asked = [stress, released, whatIf != nil].count { $0 }
        guard asked <= 1 else { throw ValidationError("--stress, --released and --what-if are asked one at a time") }
        guard check.isEmpty || (!released && whatIf == nil) else {
            throw ValidationError("--check compares requirements, and exposures with --stress")
        }
        guard stress || (cover.isEmpty && stressArrays == nil && stressSet == nil) else {
            throw ValidationError("--cover, --stress-arrays and --stress-set are for --stress")
        }
        guard stressArrays == nil || stressSet == nil else {
            throw ValidationError("a set of your own needs no --stress-arrays")
        }
    }

    func run() async throws {
        try await reportingReplicationFailures {
            let manifest = try manifest()
            if stress { return try await replicateStress(manifest) }
            let (published, arrayFile) = try inputs(manifest)
            let replica = try Replica(published, arrayFile)
            let lines = try PositionFile(path: positions, of: published.run)
            let (paths, areListed) = try members("accounts", accounts, manifest)
            if released || whatIf != nil {
                return try tellTrades(
                    replica, lines, try AccountFile(paths: paths, of: published.run, listedByIt: areListed))
            }
            let replicated = try Progress.during("replicate") {
                try replica.requirements(
                    of: lines, accounts: AccountFile(paths: paths, of: published.run, listedByIt: areListed))
            }
            var document = ReplicaDocument(replica, replicated)
            let differences = try check.compactMap {
                try RequirementCheck.firstDifference(between: $0, and: replicated, document)
            }
            document.differences = check.isEmpty ? nil : differences
            try tell(document)
            if let difference = differences.first {
                throw Failure(
                    .difference, "the published requirement differs: \(difference)",
                    hint: "compare the positions with those of the run, then the components with its report")
            }
        }
    }

    /// Prints what trades would make of the requirements.
    private func tellTrades(_ replica: Replica, _ positions: PositionFile, _ accounts: AccountFile) throws {
        guard let whatIf else {
            return try tell(
                ReleasedDocument(
                    replica,
                    try Progress.during("replicate") {
                        try replica.releasedMargins(of: positions, accounts: accounts)
                    }))
        }
        let basket = try BasketFile(path: whatIf)
        try tell(BasketDocument(replica, try replica.requirements(after: basket, of: positions, accounts: accounts)))
    }

    /// Prints what was replicated, and which reports it agrees with.
    func tell(_ document: some ReplicatedDocument) throws {
        if output.json { return print(try JSONText.document(document)) }
        print(document.lines.joined(separator: "\n"))
        if document.differences?.isEmpty == true {
            print("\n" + check.map { "agrees with \($0)" }.joined(separator: "\n"))
        }
    }

    /// The manifest, where the parameters are named by one.
    private func manifest() throws -> PublishedManifest? {
        guard parameters.split(separator: "/").last.map(String.init) == PublishedManifest.name else { return nil }
        guard arrays == nil else { throw Failure(.usage, "a manifest lists its arrays", hint: "leave --arrays out") }
        return try PublishedManifest(path: parameters)
    }

    /// The files of a report of members: those that are named, else those that the manifest lists, else those beside
    /// the parameters; and whether the manifest lists them.
    func members(
        _ report: String, _ named: [String], _ manifest: PublishedManifest?
    ) throws -> (paths: [String], areListed: Bool) {
        guard named.isEmpty else { return (named, false) }
        if let listed = try manifest?.paths(ofMembers: report) { return (listed, true) }
        return (PublishedFolder.reports(ofMembers: report, beside: parameters), false)
    }

    func inputs(_ manifest: PublishedManifest?) throws -> (PublishedParameters, PublishedArrayFile) {
        if let manifest {
            return (
                try PublishedParameters(path: manifest.path(of: "parameters"), listedBy: manifest.run),
                try PublishedArrayFile(path: manifest.path(of: "risk-arrays"), listedBy: manifest.run)
            )
        }
        guard isSpanFile(parameters) else {
            return (try PublishedParameters(path: parameters), try arrayFile(beside: parameters, named: arrays))
        }
        guard arrays == nil else { throw Failure(.usage, "a SPAN file has its own arrays", hint: "leave --arrays out") }
        let file = try SpanImport(path: parameters)
        return (file.parameters, file.arrayFile)
    }
}

/// Runs a command's body; what keeps a requirement from being replicated becomes its exit code.
func reportingReplicationFailures(_ body: () async throws -> Void) async throws {
    try await reportingFailures {
        do {
            try await body()
        } catch let error as ReplicationError {
            let code: Runtime.ExitCode =
                switch error.category {
                case .rejected: .inputRejected
                case .missing: .inputMissing
                case .cannotCreate: .cannotCreateReport
                }
            throw Failure(code, error.message, hint: error.hint)
        }
    }
}
