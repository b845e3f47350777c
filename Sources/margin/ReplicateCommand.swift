import ArgumentParser
import Commands
import EndOfDay
import Foundation
import Replication

/// `margin replicate`: a requirement from published files, without database and without model.
struct ReplicateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicate",
        abstract: "Compute requirements again from published parameters, risk arrays and a positions file.",
        discussion: """
            Needs no database. Arrays and accounts are taken from the folder of the parameters file unless they are \
            named. Exit 1 if --check finds a difference; docs/replication.md has the file formats.
            """)

    @Option(help: "The report parameters.….json of a run, or a SPAN file (.xml, .spn).")
    var parameters: String

    @Option(help: "Positions as CSV: account, owner, series, long_quantity, short_quantity.")
    var positions: String

    @Option(help: "The report risk-arrays.….json of the same run; left out for a SPAN file, which has its own.")
    var arrays: String?

    @Option(help: "A report accounts.….json or .csv with the accounts' terms; may be repeated.")
    var accounts: [String] = []

    @Option(help: "A report requirement.….csv to compare with; may be repeated.")
    var check: [String] = []

    @Flag(help: "Print one JSON document.")
    var json = false

    func run() async throws {
        try await reportingReplicationFailures {
            let (published, arrayFile) = try inputs()
            let replica = try Replica(published, arrayFile)
            let lines = try PositionFile(path: positions, of: published.run)
            let paths = accounts.isEmpty ? PublishedFolder.accounts(beside: parameters) : accounts
            let replicated = try replica.requirements(
                of: lines, accounts: AccountFile(paths: paths, of: published.run))
            let document = ReplicaDocument(replica, replicated)
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
                encoder.keyEncodingStrategy = .convertToSnakeCase
                print(String(decoding: try encoder.encode(document), as: UTF8.self))
            } else {
                print(document.lines.joined(separator: "\n"))
            }
            for path in check {
                if let difference = try RequirementCheck.firstDifference(between: path, and: replicated, document) {
                    throw Failure(
                        .difference, "the published requirement differs: \(difference)",
                        hint: "compare the positions with those of the run, then the components with its report")
                }
            }
        }
    }

    private func inputs() throws -> (PublishedParameters, PublishedArrayFile) {
        guard parameters.hasSuffix(".xml") || parameters.hasSuffix(".spn") else {
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
            let code: EndOfDay.ExitCode =
                switch error.category {
                case .rejected: .inputRejected
                case .missing: .inputMissing
                case .cannotCreate: .cannotCreateReport
                }
            throw Failure(code, error.message, hint: error.hint)
        }
    }
}
