import Quantities

/// How a future is valued under a scenario (docs/methodology.md §2).
package enum FutureValuation: String, Sendable {
    /// The value is the price.
    case linear
    /// The value is the spot carried to the expiry.
    case costOfCarry = "cost_of_carry"
    /// Quoted in a quote currency, settled in the base coin: the contract value factor is the notional in the quote
    /// currency, the combined commodity's currency the coin.
    case inverse
}

/// The pricing model of an option (docs/methodology.md §2).
package enum OptionModel: String, Sendable {
    case black76
    case blackScholes = "black_scholes"
    case bachelier
    /// On the arithmetic average of a price, by Turnbull and Wakeman.
    case averagePrice = "average_price"
    /// On the difference of two futures, by Kirk.
    case spread
}

/// How an American option is valued (docs/methodology.md §2.3).
package enum AmericanMethod: Hashable, Sendable {
    case baroneAdesiWhaley
    case leisenReimer(steps: Int)
    case coxRossRubinstein(steps: Int)
}

/// When an option may be exercised.
package enum ExerciseStyle: String, Sendable {
    case european, american
}

/// Whether an option is paid for when it is traded or margined daily like a future.
package enum OptionStyle: String, Sendable {
    /// The premium is paid; the option has a net option value.
    case premium
    /// Variation margin is paid every day; no net option value, no discounting.
    case futures
}

/// Where an option's volatility comes from (docs/methodology.md §2).
package enum VolatilitySource: String, Sendable {
    case implied, assigned
}

/// A rate or carry curve point by its code.
package struct RateCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// An underlying price by its code.
package struct UnderlyingCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// What only futures have.
package struct FutureTerms: Hashable, Sendable {
    package let valuation: FutureValuation
    /// The discount rate; never nil where the valuation is cost of carry.
    package let discountRate: RateCode?

    package init(valuation: FutureValuation = .linear, discountRate: RateCode? = nil) {
        self.valuation = valuation
        self.discountRate = discountRate
    }
}

/// What only options have.
package struct OptionTerms: Hashable, Sendable {
    package let model: OptionModel
    package let exercise: ExerciseStyle
    /// Read for American exercise only.
    package let americanMethod: AmericanMethod
    package let style: OptionStyle
    package let volatilitySource: VolatilitySource
    package let discountRate: RateCode
    /// The cost of carry; never nil for generalised Black–Scholes and average-price options.
    package let carryRate: RateCode?

    package init(
        model: OptionModel, exercise: ExerciseStyle, style: OptionStyle, volatilitySource: VolatilitySource,
        discountRate: RateCode, carryRate: RateCode? = nil, americanMethod: AmericanMethod = .baroneAdesiWhaley
    ) {
        self.model = model
        self.exercise = exercise
        self.americanMethod = americanMethod
        self.style = style
        self.volatilitySource = volatilitySource
        self.discountRate = discountRate
        self.carryRate = carryRate
    }
}

/// A contract is a future or an option; both share what `Contract` holds.
package enum ContractKind: Hashable, Sendable {
    case future(FutureTerms)
    case option(OptionTerms)
}

/// A contract specification that many series share.
package struct Contract: Hashable, Sendable {
    package let code: ContractCode
    package let combinedCommodity: CombinedCommodityCode
    /// Money a unit of price, above 0.
    package let contractValueFactor: ExactDecimal
    /// Converts one contract's delta into the combined commodity's common unit, above 0 (docs/methodology.md §5).
    package let deltaScalingFactor: ExactDecimal
    package let tickSize: ExactDecimal
    package let kind: ContractKind
    /// The company group on whose name it is: its default takes the price to zero (docs/methodology.md §9); else nil.
    package let referenceGroup: CompanyGroupCode?

    package init(
        code: ContractCode, combinedCommodity: CombinedCommodityCode, contractValueFactor: ExactDecimal,
        deltaScalingFactor: ExactDecimal = .one, tickSize: ExactDecimal = .zero, kind: ContractKind,
        referenceGroup: CompanyGroupCode? = nil
    ) {
        self.code = code
        self.combinedCommodity = combinedCommodity
        self.contractValueFactor = contractValueFactor
        self.deltaScalingFactor = deltaScalingFactor
        self.tickSize = tickSize
        self.kind = kind
        self.referenceGroup = referenceGroup
    }
}
