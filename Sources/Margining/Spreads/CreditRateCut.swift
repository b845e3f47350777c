import Quantities

/// By how much every inter-commodity credit rate is lowered when correlation is doubted (docs/methodology.md §7).
package enum CreditRateCut: Hashable, Sendable {
    /// The rates as they are.
    case none
    /// Rates that are fractions are lowered by an absolute amount, not below 0; flat amounts stay.
    case by(ExactDecimal)
    /// Every rate and every flat amount is 0.
    case toNothing

    func applied(to rate: ExactDecimal, isAmount: Bool) -> ExactDecimal {
        switch self {
        case .none: rate
        case .by(let cut): isAmount ? rate : max(rate - cut, .zero)
        case .toNothing: .zero
        }
    }
}
