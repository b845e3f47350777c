import ArgumentParser
import ClearingModel
import Commands
import Operations
import Quantities
import Runtime
import Storage

/// `margin correct row`: any other input table.
struct CorrectRow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "row", abstract: "Correct a row of any other input table.",
        discussion: """
            margin correct row fx_rate --business-date 2018-12-31 from_currency=EUR to_currency=USD set rate=1.1450 \
            --reason "rate of the day before"
            """)

    @Argument(help: "The table.")
    var table: String

    @Argument(help: "key=value … set column=value …")
    var words: [String] = []

    @Option(help: "The business date; also the day whose accounts are counted.") var businessDate: BusinessDate?
    @OptionGroup var correction: CorrectionOptions

    func validate() throws {
        let cells = try CellArguments(words)
        guard (correction.from != nil) == words.isEmpty else {
            throw ValidationError("name the row and what it should say, or give --from FILE.csv")
        }
        if correction.from == nil, cells.set.isEmpty, !correction.withdraw {
            throw ValidationError("after “set”, name what the row should say")
        }
    }

    func run() async throws {
        try await reportingFailures {
            let cells = try CellArguments(words)
            let session = try await CorrectionSession(correction)
            try session.correct(
                table: table, cells: (cells.key + cells.set).map { ($0.column, $0.value) },
                constants: businessDate.map { ["business_date": $0.description] } ?? [:], on: businessDate,
                override: nil)
        }
    }
}
