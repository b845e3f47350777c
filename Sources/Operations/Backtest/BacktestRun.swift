import ClearingModel
import Quantities
import Reporting
import Runtime
import Storage
import TextFiles
import Validation

/// A backtest that was run: what was kept of it (docs/methodology.md §12).
package struct BacktestRun: Sendable {
    /// What a unit's nights came to, as the one JSON document has it.
    package struct UnitVerdict: Encodable, Sendable {
        let unitKind: String
        let unit: String
        let marginKind: String
        let nights: Int
        let exceptions: Int
        let zone: String
        let verdict: String
    }

    /// The one JSON document.
    package struct Summary: Encodable, Sendable {
        let backtest: String
        let backtestRun: Int64
        let nights: Int
        /// Nights of units that were not tested for a reason.
        let refused: Int
        let verdicts: [UnitVerdict]
    }

    package let summary: Summary
    package let tables: BacktestTables
    /// What the page shows.
    let page: BacktestPageContent

    /// Runs a backtest on the published nights as they stand, and keeps the results, in one transaction.
    ///
    /// Equal inputs give equal tables, whatever the number of threads.
    /// - Throws: `Failure` 66 where there is no such backtest or house currency; `ValidationRefusal`.
    package static func run(
        _ code: BacktestCode, disclosure: DisclosureTerms, threads: Int, on database: Database
    ) async throws -> BacktestRun {
        let pin = try database.atomically { try RunLedger(database).lastLoad() }
        let inputs = BacktestInputStore(database, pin: pin)
        guard let backtest = try inputs.backtest(code) else {
            throw Failure(
                .inputMissing, "there is no backtest \(code)", hint: "load its row: margin load backtest FILE.csv")
        }
        let base = try currency(of: backtest, pin: pin, database)
        let critical = try inputs.criticalValues()
        let histories = try FactorHistories(of: backtest, pin: pin, database)
        var nights = BacktestNights(
            backtest, portfolios: try inputs.portfolios(), base: base,
            calendar: try BusinessCalendar.load(pinnedAt: pin, from: database), pin: pin, threads: threads,
            histories, database)
        let tested = try await nights.read()
        var results = BacktestResults(backtest, disclosure)
        try results.add(nights, histories)
        results.addEfficiency(of: nights.units)
        results.addDisclosure(of: nights, histories)
        try results.add(nights.shortfalls, days: nights.days, critical)
        results.add(nights.credits, in: base)
        try results.addWalkForwards(inputs, histories, pin: pin, database)
        let tables = results.tables
        let number = try database.atomically {
            try BacktestStore(database).save(tables, of: code, pin: pin)
        }
        return BacktestRun(
            summary: Summary(
                backtest: code.text, backtestRun: number, nights: tested, refused: results.refused,
                verdicts: results.verdicts), tables: tables, page: results.page(nights: tested))
    }

    /// The currency in which products and hypothetical portfolios are called.
    private static func currency(
        of backtest: StatedBacktest, pin: Int64, _ database: Database
    ) throws -> Currency {
        let house = try ClearingHouse.load(pinnedAt: pin, parts: [], from: database)
        guard let code = try StressInputStore(database).baseCurrency(pin: pin, backtest.toDate),
            let currency = house.currencies.first(where: { $0.code == code })
        else {
            throw Failure(
                .inputMissing, "the house has no base currency on \(backtest.toDate)",
                hint: "load a row of house: margin load house FILE.csv")
        }
        return currency
    }

    /// One line a unit and margin that is not accepted, after one that says how many there are.
    package var lines: [String] {
        let rejected = summary.verdicts.filter { $0.verdict != Verdict.accept.rawValue }
        var lines = [
            "backtest \(summary.backtest) run \(summary.backtestRun): \(plural(Int64(summary.nights), "night")), "
                + "\(plural(Int64(summary.verdicts.count), "verdict")), \(rejected.count) not accepted, "
                + "\(summary.refused) refused"
        ]
        for verdict in rejected {
            lines.append(
                "  \(verdict.verdict) \(verdict.unitKind) \(verdict.unit) \(verdict.marginKind): "
                    + "\(verdict.exceptions) of \(verdict.nights), \(verdict.zone)")
        }
        return lines.map(\.printable)
    }

    /// Writes every report as CSV and as JSON, and the page, into a folder that is made.
    /// - Throws: `Failure` 73 where the folder stands already or cannot be made, 74 where it cannot be written.
    package func write(to folder: String) throws {
        try NewTableFolder.make(folder) { made in
            for report in BacktestReport.allCases {
                try made.write(
                    report.name, header: ["backtest": .text(summary.backtest)], columns: report.columns,
                    rows: tables.rows(report))
            }
            try made.write(BacktestPage.page(page), "backtest", ending: "html")
        }
    }
}
