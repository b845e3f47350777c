import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Quantities
import Storage

/// `margin parameters`: sets as proposals that another person approves.
struct ParametersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parameters", abstract: "Propose, compare and approve parameter sets.",
        discussion: """
            A set takes effect on its date once somebody other than its author has approved it, and never changes \
            afterwards. A whole set from files: margin load FOLDER, with approved_by empty.
            """,
        subcommands: [List.self, Propose.self, Difference.self, Approve.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the sets with author and approver.")

        @Flag(help: "Print one JSON array.")
        var json = false

        func run() async throws {
            try await reportingFailures {
                let connection = try await Session.start().connect()
                try SchemaInstaller(connection).requireCurrent()
                let sets = try ParameterGovernance(connection).sets()
                if json { return print(try JSONText.line(sets)) }
                for set in sets {
                    let approver = set.approvedBy.map { " by \($0)" } ?? ""
                    print(
                        "\(set.parameterSet) from \(set.effectiveFrom), author \(set.author), loaded by "
                            + "\(set.proposedBy), \(set.state)\(approver): \(set.reason)".printable)
                }
            }
        }
    }

    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a set that is another one with some cells changed.",
            discussion: """
                margin parameters propose P2019 --base P2018 --effective-from 2019-01-02 --reason "scan range review" \
                combined_commodity_margin combined_commodity=CL set price_scan_range=4500

                The word “and” begins a further change. Every row that has the key's values is changed.
                """)

        @Argument(help: "The new set's code.")
        var set: String

        @Argument(help: "TABLE key=value … set column=value … [and TABLE …]")
        var words: [String] = []

        @Option(help: "The set it starts from.")
        var base: String

        @Option(help: "The first business date it holds for.")
        var effectiveFrom: BusinessDate

        @Option(help: "Why; kept with the set.")
        var reason: String

        @Option(name: .customLong("as"), help: "Go on as this login; the operating user of a private cluster may.")
        var person: String?

        func validate() throws { _ = try changes() }

        func run() async throws {
            try await reportingFailures {
                let connection = try await Session.start().connect(as: person)
                try SchemaInstaller(connection).requireCurrent()
                let author = try GovernanceDesk(connection).propose(
                    ParameterSetCode(set), base: ParameterSetCode(base), effectiveFrom: effectiveFrom, reason: reason,
                    changes: try changes())
                print("parameter set \(set) is proposed by \(author), effective from \(effectiveFrom)")
                print(
                    "next: margin parameters diff \(base) \(set), then another person: margin parameters approve \(set)"
                )
            }
        }

        private func changes() throws -> [ParameterChange] {
            guard !words.isEmpty else { return [] }
            return try words.split(separator: "and", omittingEmptySubsequences: false).map { part in
                guard let table = part.first, !table.contains("=") else {
                    throw ValidationError("a change begins with its table")
                }
                let cells = try CellArguments(Array(part.dropFirst()))
                guard !cells.set.isEmpty else { throw ValidationError("after “set”, name what \(table) should say") }
                return ParameterChange(
                    table: table, key: Dictionary(cells.key.map { ($0.column, $0.value) }) { first, _ in first },
                    set: Dictionary(cells.set.map { ($0.column, $0.value.isEmpty ? nil : $0.value) }) { first, _ in
                        first
                    })
            }
        }
    }

    struct Difference: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff", abstract: "Show every row that one set has and another has not, or has otherwise.")

        @Argument(help: "The set before.")
        var before: String

        @Argument(help: "The set after.")
        var after: String

        @Flag(help: "Print one JSON array.")
        var json = false

        func run() async throws {
            try await reportingFailures {
                let connection = try await Session.start().connect()
                try SchemaInstaller(connection).requireCurrent()
                let found = try GovernanceDesk(connection).differences(
                    from: ParameterSetCode(before), to: ParameterSetCode(after))
                if json { return print(try JSONText.line(found)) }
                print("table,row,change,column,before,after")
                for cell in found {
                    print(
                        [cell.table, cell.row, cell.change, cell.column, cell.before ?? "", cell.after ?? ""]
                            .map(Self.csv).joined(separator: ",").printable)
                }
            }
        }

        /// A cell as RFC 4180 has it.
        private static func csv(_ text: String) -> String {
            text.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
                ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
        }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve a set, so that it takes effect on its date.",
            discussion: "The database refuses its author and whoever loaded any of its rows.")

        @Argument(help: "The set.")
        var set: String

        @Option(help: "Why it is right.")
        var reason: String

        @Option(name: .customLong("as"), help: "Go on as this login; the operating user of a private cluster may.")
        var person: String?

        func run() async throws {
            try await reportingFailures {
                let connection = try await Session.start().connect(as: person)
                try SchemaInstaller(connection).requireCurrent()
                print(try GovernanceDesk(connection).approve(ParameterSetCode(set), reason: reason))
            }
        }
    }
}
