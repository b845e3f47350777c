import ClearingModel
import Quantities

/// An account's part in its member's concentration in one combined commodity.
package struct AccountConcentration: Sendable {
    package let account: AccountCode
    /// Net delta before spreads in contracts, long +.
    package let netDelta: Delta
    /// max(0, risk − net option value) of the combined commodity.
    package let base: Money
    /// The account's own concentration charge.
    package let ownCharge: Money

    package init(account: AccountCode, netDelta: Delta, base: Money, ownCharge: Money) {
        self.account = account
        self.netDelta = netDelta
        self.base = base
        self.ownCharge = ownCharge
    }
}

/// A member's concentration over its accounts, and what each account bears of it (methodology §9).
package struct MemberConcentration: Sendable {
    package let charge: ConcentrationCharge
    /// Σ X over the member's accounts in contracts: long and short accounts offset.
    package let netDelta: Delta
    /// |Σ X|.
    package let size: PositionSize
    /// Σ of the accounts' bases.
    package let base: Money
    /// The charge on the member as if it were one account.
    package let memberCharge: Money
    /// Σ of the accounts' own charges.
    package let ownCharges: Money
    /// max(0, member charge − own charges).
    package let excess: Money
    /// The excess by account, in the accounts' order; the sum is the excess.
    package let allocation: [(account: AccountCode, size: PositionSize, amount: Money)]

    /// `accounts` in account order and of one member; their bases are in one currency, else throws `severalCurrencies`.
    ///
    /// The excess is allocated by |X| of the accounts, whole minor units first, the rest one by one to the largest
    /// remainders; equal remainders in account order. Traps on an empty list and where Σ X leaves 64 bits.
    package init(charge: ConcentrationCharge, accounts: [AccountConcentration]) throws(AddOnError) {
        precondition(!accounts.isEmpty, "a member's concentration is of one account or more")
        let currency = accounts[0].base.currency
        var base = Money.zero(currency)
        var ownCharges = Money.zero(currency)
        for account in accounts {
            guard account.base.currency == currency, account.ownCharge.currency == currency else {
                throw .severalCurrencies(AddOnItemCode(charge.combinedCommodity.text))
            }
            base = base + account.base
            ownCharges = ownCharges + account.ownCharge
        }
        let netDelta = accounts.reduce(.zero) { $0 + $1.netDelta }
        let size = PositionSize(netDelta: netDelta)
        let memberCharge = try charge.amount(size: size, base: base)
        let difference = memberCharge - ownCharges
        let excess = difference.minorUnits > 0 ? difference : .zero(currency)
        let sizes = accounts.map { PositionSize(netDelta: $0.netDelta) }
        let shares = sharesByLargestRemainder(of: excess.minorUnits, weights: sizes.map(\.delta.units))
        self.charge = charge
        self.netDelta = netDelta
        self.size = size
        self.base = base
        self.memberCharge = memberCharge
        self.ownCharges = ownCharges
        self.excess = excess
        allocation = accounts.indices.map {
            (accounts[$0].account, sizes[$0], Money(minorUnits: shares[$0], currency: currency))
        }
    }

    /// The add-on lines of the accounts that bear something, beside the accounts' own concentration lines.
    package var lines: [(account: AccountCode, line: AddOnLine)] {
        allocation.filter { $0.amount.minorUnits > 0 }.map { share in
            let line = AddOnLine(
                kind: .concentration, item: AddOnItemCode(charge.combinedCommodity.text), base: base,
                size: share.size,
                driver: "\(share.size.contracts) contracts' share of the member's excess \(excess)"
                    + " on \(size.contracts) net contracts",
                amount: share.amount)
            return (share.account, line)
        }
    }
}

/// `total` shared out by `weights`: whole units first, the rest one by one to the largest remainders, equal remainders
/// in order. Nothing is shared where every weight is 0. Neither total nor weights are negative.
func sharesByLargestRemainder(of total: Int64, weights: [Int64]) -> [Int64] {
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1) }
    guard sum > 0 else { return weights.map { _ in 0 } }
    let parts = weights.map { (Int128(total) * Int128($0)).quotientAndRemainder(dividingBy: sum) }
    var shares = parts.map { Int64($0.quotient) }
    let left = Int(total - shares.reduce(0, +))
    let order = parts.indices.sorted { (parts[$1].remainder, $0) < (parts[$0].remainder, $1) }
    for index in order.prefix(left) { shares[index] += 1 }
    return shares
}
