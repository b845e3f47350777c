import ClearingModel

/// What the run that a rerun is based on found of series, in the places of a book: what stands of it is not computed
/// again, and what comes out equal is not kept twice.
package struct StandingLosses: Sendable {
    private let scenarioCount: Int
    /// Series by series of the book, scenario by scenario; 0 for a series that was not there.
    private var values: [Int64]
    private var wasThere: [Bool]
    /// Whether a change since can move the series.
    private let isAffected: [Bool]
    private let places: [SeriesCode: Int]
    /// Series that were there and are in the book no more.
    package private(set) var gone: [SeriesCode] = []

    /// `affected` are the combined commodities with a series that a change can move: all of each is valued again.
    package init(_ book: StressBook, scenarioCount: Int, affected: Set<CombinedCommodityCode>) {
        self.scenarioCount = scenarioCount
        values = [Int64](repeating: 0, count: book.series.count * scenarioCount)
        wasThere = [Bool](repeating: false, count: book.series.count)
        isAffected = book.series.map { affected.contains(book.commodities[$0.combinedCommodity].code) }
        places = Dictionary(
            book.series.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Takes in what one series lost; losses of another number of scenarios stand for nothing.
    package mutating func add(_ series: SeriesCode, _ losses: [Int64]) {
        guard let place = places[series] else { return gone.append(series) }
        guard losses.count == scenarioCount else { return }
        values.replaceSubrange(place * scenarioCount..<(place + 1) * scenarioCount, with: losses)
        wasThere[place] = true
    }

    /// What a series lost; nil where it was not there.
    private func losses(before series: Int) -> ArraySlice<Int64>? {
        wasThere[series] ? values[series * scenarioCount..<(series + 1) * scenarioCount] : nil
    }

    /// What a series loses as long as nothing has moved it; nil where it is to be valued.
    func losses(of series: Int) -> ArraySlice<Int64>? { isAffected[series] ? nil : losses(before: series) }

    /// Whether a series loses something else than it did.
    func isChanged(_ series: Int, now: [Int64]) -> Bool { losses(before: series) != now[...] }
}

/// Which of a stress test's series and accounts are kept with the run: all, or those that differ from the base's.
package struct StressChanges: Sendable {
    /// By series of the book.
    package let series: [Bool]
    /// By account of the house.
    package private(set) var accounts: [Bool]
    /// Accounts that were there and are in the house no more.
    package private(set) var goneAccounts: Set<AccountCode> = []
    /// Series that were there and are in the book no more.
    package let goneSeries: [SeriesCode]
    /// Portfolios by account, and by owner within it, as the base is read.
    private let places: [AccountCode: [OwnerCode: Int]]
    private var unseen: [Int]

    /// Everything: what a run keeps that has no base.
    package init(wholeOf book: StressBook) {
        series = [Bool](repeating: true, count: book.series.count)
        accounts = [Bool](repeating: true, count: book.house.accounts.count)
        (goneSeries, places, unseen) = ([], [:], [])
    }

    /// What differs of series; accounts differ until `compare` has seen that they do not.
    package init(_ test: StressTest, of book: StressBook, from standing: StandingLosses) {
        series = book.series.indices.map { standing.isChanged($0, now: test.arrays.losses(of: $0)) }
        goneSeries = standing.gone
        accounts = [Bool](repeating: false, count: book.house.accounts.count)
        var places: [AccountCode: [OwnerCode: Int]] = [:]
        unseen = [Int](repeating: 0, count: book.house.accounts.count)
        for (place, portfolio) in book.portfolios.enumerated() {
            places[book.house.accounts[portfolio.account].code, default: [:]][portfolio.owner] = place
            unseen[portfolio.account] += 1
        }
        self.places = places
    }

    /// Holds one row of the base against the test: minor units of the base currency, `values` the bound and then
    /// every scenario's exposure.
    package mutating func compare(
        _ account: AccountCode, _ owner: OwnerCode, cover: Int64, values: [Int64], to test: StressTest,
        of book: StressBook
    ) {
        guard let owners = places[account] else {
            goneAccounts.insert(account)
            return
        }
        guard let place = owners[owner] else {
            if let other = owners.values.first { accounts[book.portfolios[other].account] = true }
            return
        }
        let own = book.portfolios[place].account
        unseen[own] -= 1
        if test.covers[place] != cover || test.exposures.row(of: place) != values[...] { accounts[own] = true }
    }

    /// Marks the accounts of which the base had fewer rows; once, after the last row.
    package mutating func close() {
        for (account, missing) in unseen.enumerated() where missing > 0 { accounts[account] = true }
    }
}
