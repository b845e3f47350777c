import ClearingModel
import Parameters
import Postgres
import Quantities
import Stress

/// A run's stress test in the database.
package struct StressStore {
    let connection: Connection

    package init(_ connection: Connection) { self.connection = connection }

    /// Writes a run's test, a COPY a table: of series and accounts what changed, of the rest everything. Returns the
    /// rows written. `midway` is called once, after the arrays.
    package func save(
        _ test: StressTest, of book: StressBook, _ set: StressSet, _ changes: StressChanges, run: Int64,
        midway: () -> Void
    ) throws -> Int64 {
        var rows = try saveArrays(test, book, set, changes, run)
        midway()
        rows += try saveExposures(test, book, changes, run)
        rows += try saveUnits(test, book, run)
        rows += try connection.copyIn(
            """
            copy margin.member_stress (run_id, member, currency, minor_unit_decimals, no_offset_shortfall, shortfall)
                from stdin (format binary)
            """
        ) { try $0.shortfalls(test.units.members.map(\.text), test.shortfalls.map(\.members), book, run) }
        rows += try connection.copyIn(
            """
            copy margin.group_stress (run_id, member_group, currency, minor_unit_decimals, no_offset_shortfall,
                shortfall) from stdin (format binary)
            """
        ) { try $0.shortfalls(test.units.groups.map(\.text), test.shortfalls.map(\.groups), book, run) }
        rows += try saveCovers(test, book, set, run)
        rows += try saveCharges(test, book, set, run)
        rows += try saveReverse(test, book, set, run)
        rows += try saveRounds(test, book, set, run)
        return Int64(rows)
    }

    private func saveArrays(
        _ test: StressTest, _ book: StressBook, _ set: StressSet, _ changes: StressChanges, _ run: Int64
    ) throws -> Int {
        try connection.copyIn(
            """
            copy margin.stress_array (run_id, series, combined_commodity, stress_set, array_decimals, stress_array)
                from stdin (format binary)
            """
        ) { writer in
            for (index, series) in book.series.enumerated() where changes.series[index] {
                let commodity = book.commodities[series.combinedCommodity]
                try writer.row(6)
                writer.int64(run)
                writer.text(series.code.text)
                writer.text(commodity.code.text)
                writer.text(set.code.text)
                writer.int16(Int16(commodity.arrayDecimals))
                writer.int64Array(test.arrays.losses(of: index))
            }
        }
    }

    private func saveExposures(
        _ test: StressTest, _ book: StressBook, _ changes: StressChanges, _ run: Int64
    ) throws -> Int {
        try connection.copyIn(
            """
            copy margin.stress_exposure (run_id, account, owner, member, currency, minor_unit_decimals, cover,
                no_offset_exposure, exposure) from stdin (format binary)
            """
        ) { writer in
            for (index, portfolio) in book.portfolios.enumerated() where changes.accounts[portfolio.account] {
                let row = test.exposures.row(of: index)
                let account = book.house.accounts[portfolio.account]
                try writer.row(9)
                writer.int64(run)
                for text in [account.code.text, portfolio.owner.text, account.member.text] { writer.text(text) }
                writer.base(book)
                writer.amount(test.covers[index], book)
                writer.amount(row.first ?? 0, book)
                writer.int64Array(Array(row.dropFirst()))
            }
        }
    }

    private func saveUnits(_ test: StressTest, _ book: StressBook, _ run: Int64) throws -> Int {
        try connection.copyIn(
            """
            copy margin.stress_unit (run_id, member, unit, currency, minor_unit_decimals, cover, no_offset_exposure,
                no_offset_shortfall, exposure, shortfall) from stdin (format binary)
            """
        ) { writer in
            for (index, unit) in test.units.units.enumerated() {
                let shortfalls = test.shortfalls(ofUnit: index)
                guard unit.isHouse || shortfalls.contains(where: { $0 > 0 }) else { continue }
                let exposures = (0...test.exposures.scenarioCount).map { scenario in
                    unit.portfolios.reduce(0) { $0 + test.exposures.exposure(of: $1, in: scenario) }
                }
                try writer.row(10)
                writer.int64(run)
                writer.text(test.units.members[unit.member].text)
                writer.text(unit.name)
                writer.base(book)
                writer.amount(test.units.sum(test.covers, of: index), book)
                writer.amount(exposures[0], book)
                writer.amount(shortfalls[0], book)
                writer.int64Array(Array(exposures.dropFirst()))
                writer.int64Array(Array(shortfalls.dropFirst()))
            }
        }
    }
}

extension BinaryCopyWriter {
    /// The base currency and the decimals of its minor unit.
    mutating func base(_ book: StressBook) {
        text(book.base.code.description)
        int16(Int16(book.base.decimals))
    }

    /// Minor units of the base currency as an amount.
    mutating func amount(_ minorUnits: Int64, _ book: StressBook) {
        numeric(unscaled: minorUnits, scale: book.base.decimals)
    }

    /// A row a code, with its amounts by scenario, of which the first is the bound's.
    mutating func shortfalls(_ codes: [String], _ byScenario: [[Int64]], _ book: StressBook, _ run: Int64) throws {
        for (index, code) in codes.enumerated() {
            try row(6)
            int64(run)
            text(code)
            base(book)
            amount(byScenario[0][index], book)
            int64Array(byScenario.dropFirst().map { $0[index] })
        }
    }
}
