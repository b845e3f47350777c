import ClearingModel
import Quantities

/// What became of one call of a night: how much of it was met, and what it leaves owed (methodology §11.7).
package struct StandingCall: Hashable, Sendable {
    /// What was called, above 0.
    package let amount: Money
    /// Unpaid variation margin in the call (§11.2), 0 or more, in the same currency.
    package let unpaidVariationMargin: Money
    /// What was met of it, less what was taken back; 0 or more, above the amount where a correction lowered it since.
    package let met: Money

    package init(amount: Money, unpaidVariationMargin: Money, met: Money) {
        precondition(
            amount.minorUnits >= 0 && unpaidVariationMargin.minorUnits >= 0 && met.minorUnits >= 0,
            "a call, what is in it and what was met of it are magnitudes")
        self.amount = amount
        self.unpaidVariationMargin = unpaidVariationMargin
        self.met = met
    }

    /// What is still to be met: max(0, amount − met).
    package var open: Money { Self.positive(amount - met) }

    /// Variation margin that the next night takes as still owed: max(0, min(unpaid, amount) − met).
    ///
    /// What is met pays variation margin first. The rest of an open call is margin, which the next night works out anew
    /// from positions and collateral: to carry that too would count it twice. What of the unpaid variation margin
    /// exceeds the call was covered by collateral, and is not owed.
    package var stillOwed: Money {
        Self.positive((unpaidVariationMargin.minorUnits < amount.minorUnits ? unpaidVariationMargin : amount) - met)
    }

    private static func positive(_ amount: Money) -> Money { amount.minorUnits > 0 ? amount : .zero(amount.currency) }
}
