import ArgumentParser
import ClearingModel
import Commands
import EndOfDay
import Operations
import Parameters
import Quantities
import Runtime
import Scenarios
import Storage
import Stress
import TextFiles

extension StressCommand {
    /// `margin stress windows`: the worst windows of history.
    struct Windows: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the worst windows of history: of a risk factor, for an account, for the whole book.",
            discussion: """
                A factor's largest falls and rises over windows of some days. An account and the whole book are those \
                of a run: what the risk factors of its parameter set did in each window is done to them, every series \
                valued in full, and the worst exposures of the account or needs of the guaranty fund are shown. No \
                window of a list overlaps another; of equal ones the earliest counts. margin stress propose makes a \
                scenario of one.
                """)

        @Option(help: "The risk factor.")
        var factor: String?

        @Option(help: "The account, of --business-date.")
        var account: String?

        @Flag(help: "The whole book, of --business-date: Cover-2.")
        var house = false

        @Option(help: "The business date of the book.")
        var businessDate: BusinessDate?

        @Option(help: "The cycle of the book, EOD or ITD.")
        var cycle: Cycle = .endOfDay

        @Option(help: "The run of the book; the published one if left out.")
        var run: Int32?

        @Option(help: "Days of the history that a window spans.")
        var days = 2

        @Option(help: "Windows of a list.")
        var worst = 10

        @Option(help: "The first day of the history; all there is if left out.")
        var from: BusinessDate?

        @Option(help: "The last day of the history; all there is if left out, of a book up to its business date.")
        var to: BusinessDate?

        @Option(help: "Moves as relative (to/from − 1), log (of the ratio) or absolute (the difference).")
        var kind = StressMoveKind.relative

        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard [factor != nil, account != nil, house].filter(\.self).count == 1 else {
                throw ValidationError("name a --factor, an --account or --house")
            }
            guard (businessDate == nil) == (factor != nil) else {
                throw ValidationError("--business-date goes with --account and --house")
            }
            guard (1...250).contains(days) else { throw ValidationError("--days must be 1 to 250") }
            guard (1...10_000).contains(worst) else { throw ValidationError("--worst must be 1 to 10000") }
            if let from, let to, from >= to { throw ValidationError("--from must be before --to") }
        }

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                if let factor {
                    let found = try FactorWindows.find(
                        RiskFactorCode(factor), span: days, count: worst, from: from, to: to, kind: kind,
                        database: database)
                    print(
                        output.json
                            ? try JSONText.document(FactorWindowsDocument(found, days: days))
                            : found.lines(days: days).joined(separator: "\n").printable)
                } else if let businessDate {
                    let context = try RunContext.find(businessDate, cycle: cycle, number: run, from: database)
                    let found = try await BookWindows.find(
                        context, account: account.map { AccountCode($0) }, span: days, count: worst, from: from, to: to,
                        kind: kind, threads: Settings.current.number(.threads), database)
                    print(
                        output.json
                            ? try JSONText.document(
                                BookWindowsDocument(found, account: account, days: days, in: context))
                            : found.lines(account: account, days: days, context).joined(separator: "\n").printable)
                }
            }
        }
    }
}

extension FactorWindows {
    fileprivate func lines(days: Int) -> [String] {
        let span = plural(Int64(days), "day")
        var lines = ["\(factor): \(levels) levels, \(firstDay) to \(lastDay), \(kind.rawValue) moves of \(span)"]
        for (name, windows) in [("falls", falls), ("rises", rises)] {
            lines.append(windows.isEmpty ? "no \(name)" : name)
            lines += windows.map { "  \($0.from) to \($0.to): \($0.first) → \($0.last), \($0.move)" }
        }
        return lines
    }
}

extension BookWindows {
    fileprivate func lines(account: String?, days: Int, _ context: RunContext) -> [String] {
        func money(_ units: Int64) -> String { Money(minorUnits: units, currency: base).text }
        let book = account.map { "account \($0)" } ?? "the whole book"
        var lines = ["\(context.title), \(book), amounts in \(base.code)", lookedAt(days)]
        for (code, mapping) in factors {
            let volatility = mapping.volatilityFactor.map { ", its volatility as \($0)" } ?? ""
            lines.append("  \(code) moves as \(mapping.priceFactor)\(volatility)")
        }
        if account == nil {
            lines.append("fund \(money(fund)); Cover-2 by window")
            for window in windows {
                let groups = window.outcome.groups.map(\.text).joined(separator: ", ")
                lines.append(
                    "  \(window.from) to \(window.to): \(money(window.outcome.coverTwo))"
                        + (groups.isEmpty ? "" : " \(groups)"))
            }
        } else {
            lines.append("cover \(money(cover)); exposure by window")
            for window in windows {
                lines.append(
                    "  \(window.from) to \(window.to): \(money(window.outcome.exposure)), shortfall "
                        + money(window.outcome.shortfall))
            }
        }
        return lines
    }

    private func lookedAt(_ days: Int) -> String {
        var line = "\(plural(Int64(history.dates.count), "day"))"
        if let first = history.dates.first, let last = history.dates.last { line += ", \(first) to \(last)" }
        line += ", moves of \(plural(Int64(days), "day"))"
        if history.daysLeftOut > 0 {
            line += "; \(plural(Int64(history.daysLeftOut), "day")) left out, which some factor lacks"
        }
        return line
    }
}
