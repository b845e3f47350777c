import ClearingModel
import Margining
import ParallelWork
import Quantities

/// What an account's stress is held against, in its call currency and minor units (docs/methodology.md §8.3).
package struct AccountCover: Sendable {
    /// An owner's part of a segregated account's.
    package struct Owner: Sendable {
        /// His requirement, each currency converted as it is called.
        package var requirement: Int64
        /// The add-on lines on his own positions.
        package var addOns: Int64

        package init(requirement: Int64 = 0, addOns: Int64 = 0) {
            self.requirement = requirement
            self.addOns = addOns
        }
    }

    /// The account's whole requirement.
    package var requirement: Int64
    /// The add-on lines that are on no owner: all of an account that is not segregated.
    package var addOns: Int64
    /// By owner; of an account that is not segregated none.
    package var owners: [OwnerCode: Owner]

    package init(requirement: Int64 = 0, addOns: Int64 = 0, owners: [OwnerCode: Owner] = [:]) {
        self.requirement = requirement
        self.addOns = addOns
        self.owners = owners
    }
}

/// R of docs/methodology.md §8.3 for each portfolio of a book, in minor units of the base currency, 0 or more.
///
/// An account's requirement and add-ons, converted once at the date's rate; of a segregated account each owner's, the
/// lines without an owner shared among the owners by their requirement. Half away from zero.
/// - Throws: `StressRefusal` `fx_rate_missing` for the first call currency without a rate.
package func stressCovers(
    _ covers: [AccountCover?], of book: StressBook, rates: ExchangeRates
) throws(StressRefusal) -> [Int64] {
    try stressCovers(covers, of: book, book.portfolios.indices, rates: rates)
}

/// The same on up to `threads` tasks; the same for any number of them.
package func stressCovers(
    _ covers: [AccountCover?], of book: StressBook, rates: ExchangeRates, threads: Int
) async throws -> [Int64] {
    // No account is cut in two.
    var starts = stride(from: 0, to: book.portfolios.count, by: chunkSize).map { start in
        (start..<book.portfolios.count).first {
            $0 == 0 || book.portfolios[$0].account != book.portfolios[$0 - 1].account
        } ?? book.portfolios.count
    }
    starts.append(book.portfolios.count)
    let spans = zip(starts, starts.dropFirst()).map { $0..<max($0, $1) }
    let found = await inChunks(spans.count, threads: threads, of: 1) { chunk in
        chunk.map { place in
            Result { () throws(StressRefusal) in
                try stressCovers(covers, of: book, spans[place], rates: rates)
            }
        }
    }
    return try found.flatMap { try $0.get() }
}

/// The same of some portfolios, with all of each account.
private func stressCovers(
    _ covers: [AccountCover?], of book: StressBook, _ portfolios: Range<Int>, rates: ExchangeRates
) throws(StressRefusal) -> [Int64] {
    let (all, accounts, stated) = (book.portfolios.span, book.house.accounts.span, covers.span)
    var result: [Int64] = []
    result.reserveCapacity(portfolios.count)
    var conversions: [StressConversion] = []
    var place = portfolios.lowerBound
    while place < portfolios.upperBound {
        let (own, start) = (all[place].account, place)
        while place < portfolios.upperBound, all[place].account == own { place += 1 }
        guard let cover = stated[own] else {
            result.append(contentsOf: repeatElement(0, count: place - start))
            continue
        }
        let currency = accounts[own].callCurrency
        if !conversions.contains(where: { $0.from.code == currency }) {
            conversions.append(try rates.stressConversion(from: currency, to: book.base))
        }
        let number = conversions.firstIndex { $0.from.code == currency } ?? 0
        guard accounts[own].marginingType == .segregated else {
            result.append(try conversions[number].converted(cover.requirement + cover.addOns))
            continue
        }
        let owners = book.portfolios[start..<place].map { cover.owners[$0.owner] ?? AccountCover.Owner() }
        let shares = sharedByLargestRemainder(cover.addOns, weights: owners.map(\.requirement))
        for (owner, share) in zip(owners, shares) {
            result.append(try conversions[number].converted(owner.requirement + owner.addOns + share))
        }
    }
    return result
}

/// Amounts of one currency in another, at the date's rate without a haircut.
struct StressConversion {
    let from: Currency
    let to: Currency
    let rate: ExactDecimal
    /// Whether an amount stays what it is.
    private let isSame: Bool
    /// The rate's digits, and what a product with them is divided by, where both are below 2⁶³.
    private let fixed: (digits: UInt64, divisor: FixedDivisor)?

    /// The rate is above 0.
    init(from: Currency, to: Currency, rate: ExactDecimal) {
        self.from = from
        self.to = to
        self.rate = rate
        isSame = rate == .one && from.decimals == to.decimals
        let plain = rate.withoutTrailingZeros
        let shift = from.decimals + plain.scale - to.decimals
        fixed =
            (0...18).contains(shift)
            ? Int64(exactly: plain.mantissa).flatMap {
                $0 > 0 ? ($0.magnitude, FixedDivisor(Int64(PowersOfTen.int128(shift)))) : nil
            } : nil
    }

    /// Whole minor units of one as those of the other, rounded half away from zero.
    func converted(_ minorUnits: Int64) throws(StressRefusal) -> Int64 {
        if isSame { return minorUnits }
        if let fixed, let units = roundedQuotient(minorUnits, times: fixed.digits, over: fixed.divisor) {
            return units
        }
        return try converted(ExactDecimal(minorUnits: minorUnits, decimals: from.decimals))
    }

    func converted(_ amount: ExactDecimal) throws(StressRefusal) -> Int64 {
        guard let units = amount.minorUnits(times: rate, decimals: to.decimals) else {
            throw StressRefusal(
                .outOfRange, "\(from.code) \(to.code)", table: "fx_rate", column: "rate",
                "\(amount) \(from.code) leaves 64 bits of minor units of \(to.code)")
        }
        return units
    }
}

extension ExchangeRates {
    /// - Throws: `StressRefusal` `fx_rate_missing`.
    func stressConversion(from: CurrencyCode, to: Currency) throws(StressRefusal) -> StressConversion {
        guard let rate = try? into(to.code).rate(from: from), let source = try? into(from).callCurrency else {
            throw .rateMissing(from: from, to: to.code)
        }
        return StressConversion(from: source, to: to, rate: rate.rate)
    }
}
