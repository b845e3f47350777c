import Quantities

/// Call or put.
package enum OptionRight: String, Sendable {
    case call, put
}

/// What only an option series has.
package struct OptionSeriesTerms: Hashable, Sendable {
    package let right: OptionRight
    package let strike: ExactDecimal
    package let underlying: UnderlyingCode
    package let expiryDate: BusinessDate
    /// The future that the underlying's price is compared with; spread options only.
    package let secondUnderlying: UnderlyingCode?
    /// First day of the averaging period; average-price options only.
    package let averagingFrom: BusinessDate?

    package init(
        right: OptionRight, strike: ExactDecimal, underlying: UnderlyingCode, expiryDate: BusinessDate,
        secondUnderlying: UnderlyingCode? = nil, averagingFrom: BusinessDate? = nil
    ) {
        self.right = right
        self.strike = strike
        self.underlying = underlying
        self.expiryDate = expiryDate
        self.secondUnderlying = secondUnderlying
        self.averagingFrom = averagingFrom
    }
}

/// A series is a future or an option, as its contract is; the two are checked against each other when a book is built.
package enum SeriesKind: Hashable, Sendable {
    /// `underlying` is the spot a cost-of-carry future is carried from.
    case future(expiryDate: BusinessDate?, underlying: UnderlyingCode?)
    case option(OptionSeriesTerms)
}

/// One tradable series: a contract with its month, and for options its right and strike.
package struct Series: Hashable, Sendable {
    package let code: SeriesCode
    package let contract: ContractCode
    /// The future's own delivery month, or that of the option's underlying future.
    package let contractMonth: ContractMonth
    package let kind: SeriesKind

    package init(code: SeriesCode, contract: ContractCode, contractMonth: ContractMonth, kind: SeriesKind) {
        self.code = code
        self.contract = contract
        self.contractMonth = contractMonth
        self.kind = kind
    }
}
