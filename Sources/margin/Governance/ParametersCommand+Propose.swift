import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage
import TextFiles

extension ParametersCommand {
    struct Propose: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a set that is another one with some cells changed, rows added or left out.",
            discussion: """
                margin parameters propose P2019 --base P2018 --effective-from 2019-01-02 --reason "scan range review" \
                combined_commodity_margin combined_commodity=CL set price_scan_range=4500

                The word “and” begins a further change. Every row that has the key's values is changed. A row more: \
                TABLE add column=value …, with all its columns; rows left out: TABLE key=value … remove.
                """)

        @Argument(help: "The new set's code.")
        var set: String

        @Argument(
            help: "TABLE key=value … set column=value …, TABLE add column=value …, TABLE key=value … remove [and …]")
        var words: [String] = []

        @Option(help: "The set it starts from.")
        var base: String

        @Option(help: "The first business date it holds for.")
        var effectiveFrom: BusinessDate

        @Option(help: "Why; kept with the set.")
        var reason: String

        @OptionGroup var output: OutputOptions

        @OptionGroup var login: PersonOption

        func validate() throws { _ = try changes() }

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open(as: login.person)
                let author = try ParameterSetApprovals(database).propose(
                    ParameterSetCode(set), base: ParameterSetCode(base), effectiveFrom: effectiveFrom, reason: reason,
                    changes: try changes())
                let review = try ParameterSetReview.load(ParameterSetCode(set), from: database)
                if output.json { return print(try JSONText.line(review)) }
                print("parameter set \(set) is proposed by \(author), effective from \(effectiveFrom)")
                print(review.consequences.map { $0 + "\n" }.joined().printable, terminator: "")
                print(
                    "next: margin parameters diff \(base) \(set), then another person: margin parameters approve "
                        + "\(set) --reason R"
                )
            }
        }

        private func changes() throws -> [ParameterChange] {
            guard !words.isEmpty else { return [] }
            return try words.split(separator: "and", omittingEmptySubsequences: false).map { part in
                guard let table = part.first, !table.contains("=") else {
                    throw ValidationError("a change begins with its table")
                }
                var words = Array(part.dropFirst())
                if words.first == "add" {
                    let cells = try CellArguments(["set"] + words.dropFirst())
                    guard !cells.set.isEmpty else { throw ValidationError("after “add”, name the row's columns") }
                    return ParameterChange(.add, table: table, key: [:], set: Self.cells(cells.set))
                }
                let isRemoval = words.last == "remove"
                if isRemoval { words.removeLast() }
                let cells = try CellArguments(words)
                let key = Dictionary(cells.key.map { ($0.column, $0.value) }) { first, _ in first }
                if isRemoval {
                    guard cells.set.isEmpty, !key.isEmpty else {
                        throw ValidationError("before “remove”, name by key=value the rows of \(table) to leave out")
                    }
                    return ParameterChange(.remove, table: table, key: key, set: [:])
                }
                guard !cells.set.isEmpty else { throw ValidationError("after “set”, name what \(table) should say") }
                return ParameterChange(table: table, key: key, set: Self.cells(cells.set))
            }
        }

        /// New values by column; an empty one makes the cell null.
        private static func cells(_ named: [(column: String, value: String)]) -> [String: String?] {
            Dictionary(named.map { ($0.column, $0.value.isEmpty ? nil : $0.value) }) { first, _ in first }
        }
    }
}
