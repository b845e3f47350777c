/// An ordered pair of currencies.
package struct CurrencyPair: Hashable, Sendable {
    package let from: CurrencyCode
    package let to: CurrencyCode

    package init(from: CurrencyCode, to: CurrencyCode) {
        self.from = from
        self.to = to
    }
}
