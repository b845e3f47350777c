import Quantities

/// The rate and haircut at which an amount of one currency counts in another (docs/methodology.md §6.10).
package struct CurrencyConversion: Hashable, Sendable {
    package let from: CurrencyCode
    package let to: CurrencyCode
    /// Units of `to` a unit of `from`, above 0.
    package let rate: ExactDecimal
    /// 0 … 1; a requirement is raised by it.
    package let haircut: ExactDecimal

    package init(from: CurrencyCode, to: CurrencyCode, rate: ExactDecimal, haircut: ExactDecimal = .zero) {
        self.from = from
        self.to = to
        self.rate = rate
        self.haircut = haircut
    }
}
