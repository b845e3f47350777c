import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage

/// `margin correct parameter`: an override that expires.
struct CorrectParameter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parameter", abstract: "Override a parameter row for some days; another person approves it.",
        discussion: """
            margin correct parameter combined_commodity_margin --business-date 2018-12-31 --until 2019-01-04 \
            combined_commodity=CL set price_scan_range=5500 --reason "market moved twice the scan range"

            The parameter set stays as it is: its own row holds again after --until. A run with an override is \
            published once somebody else has approved it. An override does not follow into another parameter set: \
            where one comes into force before --until, it ends the day before, and the command to go on is printed.
            """)

    @Argument(help: "The table of parameters.")
    var table: String

    @Argument(help: "key=value … set column=value …")
    var words: [String] = []

    @Option(help: "The first business date the override holds for.") var businessDate: BusinessDate
    @Option(help: "The last date it holds for.") var until: BusinessDate
    @Option(help: "The parameter set; the one in force on the business date if left out.") var parameterSet: String?
    @OptionGroup var correction: CorrectionOptions

    func validate() throws {
        let cells = try CellArguments(words)
        guard (correction.from != nil) == words.isEmpty else {
            throw ValidationError("name the row and what it should say, or give --from FILE.csv")
        }
        if correction.from == nil, cells.set.isEmpty { throw ValidationError("after “set”, name what it should say") }
        if correction.withdraw {
            throw ValidationError("an override is ended by another one that says what the set's own row says")
        }
        if until < businessDate { throw ValidationError("--until is before --business-date") }
    }

    func run() async throws {
        try await reportingFailures {
            let cells = try CellArguments(words)
            let session = try await CorrectionSession(correction)
            let set = try session.parameterSet(named: parameterSet, on: businessDate)
            let end = try session.overrideEnd(of: set, from: businessDate, until: until)
            var again: [String]?
            if let day = end.nextDay {
                again =
                    ["margin", "correct", "parameter", table]
                    + (correction.from.map { ["--from", $0] } ?? words)
                    + ["--business-date", "\(day)", "--until", "\(until)", "--reason", correction.reason]
            }
            try session.correct(
                table: table, cells: (cells.key + cells.set).map { ($0.column, $0.value) },
                constants: ["parameter_set": set.text], on: businessDate,
                override: OverridePeriod(validFrom: businessDate, expiresOn: end.expiresOn), end: end,
                again: again?.map(\.shellWord).joined(separator: " "))
        }
    }
}
