import ArgumentParser
import Commands
import Operations
import Runtime
import Storage
import TextFiles

/// `margin disclosure`: what the house discloses of a quarter.
struct DisclosureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "disclosure",
        abstract: "Make the figures of a quarter's public disclosure from its published nights.",
        discussion: """
            margin disclosure --quarter 2018Q4 --out disclosure-2018Q4

            Margin, collateral, calls, variation margin, fund and stress with average, peak and end of the quarter, in \
            the order of CPMI-IOSCO's template; what margins covered and how they moved, as the newest runs of \
            backtests have it; and every business day of the quarter, those without a published night named.
            """)

    @Option(help: "The quarter, as 2018Q4.")
    var quarter: String

    @Option(help: "Coverage and moves by this backtest alone, by its code; by all that have the quarter if left out.")
    var backtest: String?

    @Option(help: "A folder to write figures, coverage and nights into, each as CSV and as JSON; it is made.")
    var out: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard Quarter(quarter) != nil else {
            throw ValidationError("--quarter \(quarter) is no quarter; write it as 2018Q4")
        }
    }

    func run() async throws {
        try await reportingFailures {
            guard let quarter = Quarter(quarter) else { return }
            let disclosure = try QuarterlyDisclosure.load(quarter, backtest: backtest, from: try await Session.open())
            if let out { try disclosure.write(to: out) }
            guard !output.json else { return print(try JSONText.document(DisclosureDocument(disclosure))) }
            print(disclosure.lines.joined(separator: "\n").printable)
        }
    }
}

/// The JSON document.
private struct DisclosureDocument: Encodable {
    let quarter: String
    let figures: [QuarterlyDisclosure.Figure]
    let nights: [QuarterlyDisclosure.Night]
    let missing: [String]
    let backtests: [String]

    init(_ disclosure: QuarterlyDisclosure) {
        quarter = "\(disclosure.quarter)"
        figures = disclosure.figures
        nights = disclosure.nights
        missing = disclosure.missing
        backtests = disclosure.backtests
    }
}

extension QuarterlyDisclosure {
    /// The quarter, what is missing, and a line a figure.
    fileprivate var lines: [String] {
        let count = nights.count - missing.count
        return ["\(quarter): \(plural(Int64(count), "night")) published, \(missing.count) missing"]
            + missing.map { "  missing: \($0)" }
            + figures.map {
                "  \($0.item) \($0.figure), \($0.scope), \($0.currency): average \($0.average), peak \($0.peak) on "
                    + "\($0.peakDate), end \($0.end) on \($0.endDate)"
            } + [
                backtests.isEmpty
                    ? "  6.5: no backtest has published nights of the quarter; margin-backtest --backtest CODE"
                    : "  6.5: by backtest \(backtests.joined(separator: ", "))"
            ]
    }
}
