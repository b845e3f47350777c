import ArgumentParser
import ClearingModel
import Commands
import Quantities
import Storage

/// `margin correct`: puts a wrong input right, and says first what that touches.
struct CorrectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct",
        abstract: "Correct a price, volatility, position, trade, collateral or parameter; the old row stays.",
        discussion: """
            Prints before and after and how many series, accounts and members are touched; --dry-run does only that. \
            What is not named stays as it is. Many rows at once: --from FILE.csv with the keys and the columns that \
            change, as margin template TABLE names them; all rows are corrected or none.
            """,
        subcommands: [
            CorrectPrice.self, CorrectVolatility.self, CorrectPosition.self, CorrectTrade.self, CorrectCollateral.self,
            CorrectParameter.self, CorrectRow.self,
        ])
}

/// What every correction takes.
struct CorrectionOptions: ParsableArguments {
    @Option(help: "Why; kept with every row and shown in the reports.")
    var reason: String

    @Flag(help: "Only show before, after and what is touched.")
    var dryRun = false

    @OptionGroup var output: OutputOptions

    @Option(help: "Many rows at once: a CSV file with the table's columns.")
    var from: String?

    @Flag(help: "A row that is not there is added.")
    var add = false

    @Flag(help: "Take the row back: runs from here on see none.")
    var withdraw = false

    @OptionGroup var login: PersonOption

    func validate() throws {
        if reason.allSatisfy(\.isWhitespace) { throw ValidationError("--reason says why, and is empty") }
        if add, withdraw { throw ValidationError("--add and --withdraw exclude each other") }
    }

    var action: CorrectionRequest.Action { withdraw ? .withdraw : add ? .changeOrAdd : .change }
}

/// A correction of one table: its single row comes from options, or many rows from a file.
protocol CorrectionCommand: AsyncParsableCommand {
    var table: String { get }
    var correction: CorrectionOptions { get }
    var businessDate: BusinessDate? { get }
    /// The cells named on the command line, keys and new values; nil for an option that was left out.
    var cells: [(column: String, value: String?)] { get }
}

extension CorrectionCommand {
    func validate() throws {
        let named = cells.filter { $0.value != nil }.map(\.column)
        if correction.from != nil, !named.isEmpty {
            throw ValidationError("--from brings the rows: leave \(named.joined(separator: ", ")) out")
        }
        if correction.from == nil, named.isEmpty { throw ValidationError("name the row, or give --from FILE.csv") }
        if correction.from == nil, businessDate == nil { throw ValidationError("--business-date names the day") }
    }

    func run() async throws {
        try await reportingFailures {
            let session = try await CorrectionSession(correction)
            var constants: [String: String] = [:]
            if let businessDate { constants["business_date"] = businessDate.description }
            try session.correct(table: table, cells: cells, constants: constants, on: businessDate, override: nil)
        }
    }
}

struct CorrectPrice: CorrectionCommand {
    static let configuration = CommandConfiguration(
        commandName: "price", abstract: "Correct a settlement price.",
        discussion: """
            margin correct price --business-date 2018-12-31 --series CLG19 --price 45.41 \
            --reason "loaded ten times too high"
            """)

    @Option(help: "The business date.") var businessDate: BusinessDate?
    @Option(help: "The series.") var series: String?
    @Option(parsing: .unconditional, help: "The price as it should be.") var price: String?
    @Option(help: "The currency as it should be.") var currency: String?
    @Option(help: "settlement (the default) or final.") var priceKind: String?
    @Option(help: "The day the price was last quoted.") var lastQuotedOn: String?
    @OptionGroup var correction: CorrectionOptions

    var table: String { "settlement_price" }
    var cells: [(column: String, value: String?)] {
        [
            ("series", series), ("price_kind", priceKind), ("price", price), ("currency", currency),
            ("last_quoted_on", lastQuotedOn),
        ]
    }
}

struct CorrectVolatility: CorrectionCommand {
    static let configuration = CommandConfiguration(
        commandName: "volatility", abstract: "Correct an assigned volatility.")

    @Option(help: "The business date.") var businessDate: BusinessDate?
    @Option(help: "The series, or the underlying whose options have no row of their own.") var instrument: String?
    @Option(parsing: .unconditional, help: "The volatility as it should be: 0.25 is 25 %.")
    var volatility: String?
    @OptionGroup var correction: CorrectionOptions

    var table: String { "volatility" }
    var cells: [(column: String, value: String?)] { [("instrument", instrument), ("volatility", volatility)] }
}

struct CorrectPosition: CorrectionCommand {
    static let configuration = CommandConfiguration(
        commandName: "position", abstract: "Correct a position.")

    @Option(help: "The business date.") var businessDate: BusinessDate?
    @Option(help: "The account.") var account: String?
    @Option(help: "The series.") var series: String?
    @Option(help: "The beneficial owner, in a segregated account.") var owner: String?
    @Option(help: "EOD (the default) or ITD.") var cycle: Cycle?
    @Option(parsing: .unconditional, help: "Long contracts as they should be.") var long: String?
    @Option(parsing: .unconditional, help: "Short contracts as they should be.") var short: String?
    @OptionGroup var correction: CorrectionOptions

    var table: String { "position" }
    var cells: [(column: String, value: String?)] {
        [
            ("cycle", cycle?.rawValue), ("account", account), ("owner", owner), ("series", series),
            ("long_quantity", long),
            ("short_quantity", short),
        ]
    }
}

struct CorrectTrade: CorrectionCommand {
    static let configuration = CommandConfiguration(commandName: "trade", abstract: "Correct a trade.")

    @Option(help: "The business date.") var businessDate: BusinessDate?
    @Option(help: "The trade.") var trade: String?
    @Option(help: "The account as it should be.") var account: String?
    @Option(help: "The beneficial owner as it should be.") var owner: String?
    @Option(help: "The series as it should be.") var series: String?
    @Option(parsing: .unconditional, help: "Contracts as they should be, bought above 0, sold below.")
    var quantity: String?
    @Option(parsing: .unconditional, help: "The price as it should be.") var price: String?
    @OptionGroup var correction: CorrectionOptions

    var table: String { "trade" }
    var cells: [(column: String, value: String?)] {
        [
            ("trade", trade), ("account", account), ("owner", owner), ("series", series), ("quantity", quantity),
            ("price", price),
        ]
    }
}

struct CorrectCollateral: CorrectionCommand {
    static let configuration = CommandConfiguration(
        commandName: "collateral", abstract: "Correct an item of collateral, or the price of an asset.",
        discussion: "With --price the asset's price is corrected, else the account's item.")

    @Option(help: "The business date.") var businessDate: BusinessDate?
    @Option(help: "The account.") var account: String?
    @Option(help: "The item of the account's collateral.") var item: String?
    @Option(help: "The asset as it should be; with --price the asset whose price is wrong.") var asset: String?
    @Option(parsing: .unconditional, help: "The quantity as it should be.") var quantity: String?
    @Option(parsing: .unconditional, help: "The asset's price as it should be.") var price: String?
    @Flag(help: "With --from: the file is of collateral_price, not of collateral_holding.") var prices = false
    @OptionGroup var correction: CorrectionOptions

    var table: String { price != nil || prices ? "collateral_price" : "collateral_holding" }
    var cells: [(column: String, value: String?)] {
        table == "collateral_price"
            ? [("asset", asset), ("price", price), ("account", account), ("item", item), ("quantity", quantity)]
            : [("account", account), ("item", item), ("asset", asset), ("quantity", quantity)]
    }
}
