import ClearingModel
import Postgres
import Quantities
import Stress

/// What a rerun takes from the run it is based on: losses of series that nothing moved, and what need not be kept
/// twice.
extension StressStore {
    /// What a run lost by series, in the places of a book.
    package func standingLosses(
        run: Int64, in book: StressBook, scenarioCount: Int, affected: Set<CombinedCommodityCode>
    ) throws -> StandingLosses {
        var standing = StandingLosses(book, scenarioCount: scenarioCount, affected: affected)
        var losses: [Int64] = []
        try connection.stream(.loadStressArrays, [.int64(run)]) { row in
            let series = SeriesCode(try row.text())
            try row.int64Array(into: &losses)
            standing.add(series, losses)
        }
        return standing
    }

    /// What of a test differs from what another run holds.
    package func changes(
        _ test: StressTest, of book: StressBook, from standing: StandingLosses, run: Int64
    ) throws -> StressChanges {
        var changes = StressChanges(test, of: book, from: standing)
        var exposures: [Int64] = []
        try connection.stream(.loadStressExposures, [.int64(run)]) { row in
            let (account, owner) = (AccountCode(try row.text()), OwnerCode(try row.text()))
            let (cover, bound) = (try row.int64(), try row.int64())
            try row.int64Array(into: &exposures)
            changes.compare(account, owner, cover: cover, values: [bound] + exposures, to: test, of: book)
        }
        changes.close()
        return changes
    }

    /// Notes the series and accounts whose results a run holds itself. A run that computes everything lists none.
    package func note(_ changes: StressChanges, of book: StressBook, run: Int64) throws {
        let series = book.series.indices.filter { changes.series[$0] }.map { book.series[$0].code }
        let accounts = book.house.accounts.indices.filter { changes.accounts[$0] }.map { book.house.accounts[$0].code }
        for (kind, codes) in [
            ("series", (series + changes.goneSeries).map(\.text)),
            ("account", (accounts + changes.goneAccounts.sorted()).map(\.text)),
        ] {
            try connection.execute(
                .insertComputedParts, [.int64(run), .text("stress"), .text(kind), .textArray(codes)])
        }
    }
}
