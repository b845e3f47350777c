import Quantities

/// How large a house is generated; counts are lower bounds that the house meets closely, members and accounts exactly.
package struct ClearingHouseSize: Sendable, Equatable {
    package let members: Int
    /// House and client accounts together, at least one a member.
    package let accounts: Int
    /// Futures and options together, on every date.
    package let series: Int
    /// Position rows on the current date.
    package let positions: Int
    /// Combined commodities; the first six are one of each product family.
    package let combinedCommodities: Int

    /// Traps unless 1 ≤ members ≤ accounts, accounts ≥ 24, combined commodities ≥ 6, 350 series or more a combined
    /// commodity, and at least 4 positions an account.
    package init(members: Int, accounts: Int, series: Int, positions: Int, combinedCommodities: Int) {
        precondition(members >= 1 && accounts >= max(members, 24), "a member has an account, a house has 24")
        precondition(combinedCommodities >= 6, "a house has one combined commodity of each family")
        precondition(series >= 350 * combinedCommodities, "a combined commodity has 350 series or more")
        precondition(positions >= 4 * accounts, "an account has 4 positions or more on average")
        self.members = members
        self.accounts = accounts
        self.series = series
        self.positions = positions
        self.combinedCommodities = combinedCommodities
    }

    /// The demo house: a dozen members, forty accounts.
    package static let demo = ClearingHouseSize(
        members: 12, accounts: 40, series: 3_000, positions: 12_000, combinedCommodities: 6)

    /// The house that the benchmarks refer to.
    package static let reference = ClearingHouseSize(
        members: 200, accounts: 100_000, series: 200_000, positions: 1_000_000, combinedCommodities: 50)

    /// The reference house with ten times the accounts and positions in the same series.
    package static let tenfold = ClearingHouseSize(
        members: 200, accounts: 1_000_000, series: 200_000, positions: 10_000_000, combinedCommodities: 50)
}

/// The two consecutive business dates of a generated house.
///
/// Both need a price in the crude-oil history: 2018-12-24 and 2018-12-31 have none, so no date next to them serves.
package struct GeneratedDates: Sendable, Equatable {
    package let previous: BusinessDate
    package let current: BusinessDate

    /// Traps unless `previous` is before `current`.
    package init(previous: BusinessDate, current: BusinessDate) {
        precondition(previous < current, "the previous date is before the current one")
        self.previous = previous
        self.current = current
    }

    /// Thursday 2018-12-27 and Friday 2018-12-28: the last two consecutive dates of 2018 with a published WTI price.
    package static let demo = GeneratedDates(
        previous: BusinessDate(year: 2018, month: 12, day: 27), current: BusinessDate(year: 2018, month: 12, day: 28))

    /// The first day of the crude-oil history that a house is made from, whatever the file has before it.
    package static let firstOfHistory = BusinessDate(year: 2008, month: 1, day: 2)

    var both: [BusinessDate] { [previous, current] }
}

/// Why a house could not be generated.
package enum GenerationError: Error, Equatable, CustomStringConvertible {
    case historyUnreadable(path: String)
    case historyRowMalformed(path: String, line: Int)
    case historyLacksDate(BusinessDate)
    case cannotWrite(path: String, reason: String)

    package var description: String {
        switch self {
        case .historyUnreadable(let path): "cannot read the price history \(path)"
        case .historyRowMalformed(let path, let line): "\(path):\(line): not risk_factor,level_date,level,source"
        case .historyLacksDate(let date): "the price history has no level on \(date)"
        case .cannotWrite(let path, let reason): "cannot write \(path): \(reason)"
        }
    }
}
