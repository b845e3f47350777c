import ClearingModel
import Margining
import Quantities

/// What a member is charged because its worst shortfall is a large part of the fund (docs/methodology.md §8.5).
package struct StressCharge: Sendable {
    /// Index into the house's members.
    package let member: Int
    /// The scenario of its worst shortfall, the lowest number among equals.
    package let scenario: Int
    /// Minor units of the base currency: the shortfall, and what of it is charged, above 0.
    package let shortfall: Int64
    package let charge: Int64
    /// The parts of accounts, by account; they add up to the charge.
    package let lines: [StressAddOnLine]
}

/// An account's part of its member's stress charge.
package struct StressAddOnLine: Sendable {
    /// Place in the house's list of accounts.
    package let account: Int
    /// Above 0.
    package let amount: Money
    /// In the account's call currency, with the haircut of the rate.
    package let converted: Money
}

/// What the charges of a night are computed from.
struct StressCharges {
    let book: StressBook
    let units: StressUnits
    let exposures: StressExposures
    let covers: [Int64]
    /// By scenario, in its place.
    let shortfalls: [StressShortfalls]
    let fund: Int64
    let rates: ExchangeRates

    /// The charge of every member above `share` of the fund, by member.
    /// - Throws: `StressRefusal` for an amount that leaves 64 bits, or a rate back into a call currency that lacks.
    func charges(share: ExactDecimal) throws(StressRefusal) -> [StressCharge] {
        if shortfalls.isEmpty { return [] }
        let threshold = share * ExactDecimal(minorUnits: fund, decimals: book.base.decimals)
        var charges: [StressCharge] = []
        for member in units.members.indices {
            var worst = 0
            for place in shortfalls.indices where shortfalls[place].members[member] > shortfalls[worst].members[member]
            {
                worst = place
            }
            let shortfall = shortfalls[worst].members[member]
            let excess = ExactDecimal(minorUnits: shortfall, decimals: book.base.decimals) - threshold
            let charge = max(0, excess.minorUnits(decimals: book.base.decimals))
            guard charge > 0 else { continue }
            charges.append(
                StressCharge(
                    member: member, scenario: worst + 1, shortfall: shortfall, charge: charge,
                    lines: try lines(of: charge, member: member, in: worst)))
        }
        return charges
    }

    /// Shared among the units by their shortfall, the clients' before the surplus; the house's part among its accounts
    /// by what each lacks; each time by largest remainder, the house first, then by account and owner.
    private func lines(of charge: Int64, member: Int, in place: Int) throws(StressRefusal) -> [StressAddOnLine] {
        let span = units.spans[member]
        let parts = sharedByLargestRemainder(
            charge, weights: span.map { units.shortfalls(of: $0, exposures, covers: covers)[place + 1] })
        var amounts: [Int: Int64] = [:]
        for (unit, part) in zip(span, parts) where part > 0 {
            if units.units[unit].isHouse {
                for (account, share) in houseParts(part, of: unit, in: place) { amounts[account, default: 0] += share }
            } else {
                for portfolio in units.units[unit].portfolios {
                    amounts[book.portfolios[portfolio].account, default: 0] += part
                }
            }
        }
        var lines: [StressAddOnLine] = []
        for account in amounts.keys.sorted() {
            guard let amount = amounts[account], amount > 0 else { continue }
            let money = Money(minorUnits: amount, currency: book.base)
            lines.append(
                StressAddOnLine(
                    account: account, amount: money,
                    converted: try converted(money, into: book.house.accounts[account].callCurrency)))
        }
        return lines
    }

    private func houseParts(_ part: Int64, of unit: Int, in place: Int) -> [(account: Int, share: Int64)] {
        var accounts: [(account: Int, lack: Int64)] = []
        for portfolio in units.units[unit].portfolios {
            let lack = exposures.exposure(of: portfolio, in: place + 1) - covers[portfolio]
            let account = book.portfolios[portfolio].account
            if accounts.last?.account == account {
                accounts[accounts.count - 1].lack += lack
            } else {
                accounts.append((account, lack))
            }
        }
        let shares = sharedByLargestRemainder(part, weights: accounts.map { max(0, $0.lack) })
        return zip(accounts, shares).map { ($0.account, $1) }
    }

    private func conversion(into currency: CurrencyCode) throws(StressRefusal) -> CallCurrencyRates {
        guard let rates = try? rates.into(currency), (try? rates.rate(from: book.base.code)) != nil else {
            throw .rateMissing(from: book.base.code, to: currency)
        }
        return rates
    }

    private func converted(_ amount: Money, into currency: CurrencyCode) throws(StressRefusal) -> Money {
        guard let converted = try? conversion(into: currency).converted(requirement: amount) else {
            throw StressRefusal(
                .outOfRange, "\(book.base.code) \(currency)", table: "fx_rate", column: "rate",
                "\(amount) leaves 64 bits of minor units of \(currency)")
        }
        return converted
    }
}
