import ClearingModel
import Pricing

/// The six kinds of product a house is made of; every combined commodity is a variant of one.
enum ProductFamily: Int, CaseIterable {
    case crude, gas, basis, index, bond, exchangeRate

    /// What all variants of the family share.
    var terms: FamilyTerms {
        switch self {
        case .crude: .crude
        case .gas: .gas
        case .basis: .basis
        case .index: .index
        case .bond: .bond
        case .exchangeRate: .exchangeRate
        }
    }

    /// The law of the family's options.
    var model: PricingModel {
        switch self {
        case .crude, .gas, .bond, .exchangeRate: .black76
        case .index: .blackScholes
        case .basis: .bachelier
        }
    }

    var exercise: Exercise { self == .crude ? .american(.baroneAdesiWhaley) : .european }
    /// Bond options are margined like futures, all others are paid for at once.
    var style: OptionStyle { self == .bond ? .futures : .premium }
    /// Exchange-rate options take one volatility an underlying; all others reprice their settlement price.
    var hasAssignedVolatility: Bool { self == .exchangeRate }
    /// Whether moves are differences and volatilities are in price units.
    var isAdditive: Bool { self == .basis }
    /// Index options and futures stand on the spot; all others on the future.
    var standsOnSpot: Bool { self == .index }

    /// The option model's name in the table `contract`.
    var modelName: String {
        switch model {
        case .black76: "black76"
        case .blackScholes: "black_scholes"
        case .bachelier: "bachelier"
        }
    }

    /// How many of the house's combined commodities belong to the family, the first of each included.
    ///
    /// The shares (in hundredths) keep European premium options at about 60 % of the series.
    func variantCount(of combinedCommodities: Int) -> Int {
        let shares = [8, 28, 10, 26, 12, 16]
        let spare = combinedCommodities - Self.allCases.count
        let through = { (family: Int) in shares[..<family].reduce(0, +) * spare / 100 }
        return 1 + through(rawValue + 1) - through(rawValue)
    }
}

/// The numbers of a product family: units, levels, volatilities and the shape of its lists of series.
struct FamilyTerms {
    /// Codes of variants beyond the first are this with a number behind it.
    let codeStem: String
    /// The code of the family's first combined commodity.
    let firstCode: String
    let name: String
    let currency: String
    /// Decimals of prices and strikes.
    let decimals: Int
    /// The tick in units of 10^-decimals.
    let tick: Int64
    /// Tick of option prices in the same units.
    let optionTick: Int64
    let contractValueFactor: Int64
    /// The spot on the current date (not used for WTI).
    let level: Double
    /// Volatility a year that option volatilities tend to at long maturities; price units where additive.
    let longVolatility: Double
    /// Slope and curvature of the smile in standardised moneyness.
    let skew: Double
    let curvature: Double
    /// Futures months listed, and the step between them.
    let futureCount: Int
    let futureStep: Int
    /// The first listed future's month, counted from January 2019.
    let firstFutureOffset: Int
    /// Most option expiries listed.
    let expiryLimit: Int

    static let crude = FamilyTerms(
        codeStem: "OIL", firstCode: "WTI", name: "WTI crude oil", currency: "USD", decimals: 2, tick: 1, optionTick: 1,
        contractValueFactor: 1000, level: 45.15, longVolatility: 0.28, skew: -0.03, curvature: 0.02, futureCount: 30,
        futureStep: 1, firstFutureOffset: 1, expiryLimit: 24)
    static let gas = FamilyTerms(
        codeStem: "GAS", firstCode: "GAS", name: "Natural gas", currency: "USD", decimals: 3, tick: 1, optionTick: 1,
        contractValueFactor: 10_000, level: 3.3, longVolatility: 0.35, skew: 0.03, curvature: 0.02, futureCount: 24,
        futureStep: 1, firstFutureOffset: 0, expiryLimit: 18)
    static let basis = FamilyTerms(
        codeStem: "BASIS", firstCode: "BASIS", name: "Crude location basis", currency: "USD", decimals: 2, tick: 1,
        optionTick: 1, contractValueFactor: 1000, level: -2.4, longVolatility: 5, skew: 0, curvature: 0.015,
        futureCount: 18, futureStep: 1, firstFutureOffset: 0, expiryLimit: 15)
    static let index = FamilyTerms(
        codeStem: "INDEX", firstCode: "INDEX", name: "Equity index", currency: "EUR", decimals: 1, tick: 5,
        optionTick: 1,
        contractValueFactor: 10, level: 2986.5, longVolatility: 0.19, skew: -0.08, curvature: 0.02, futureCount: 6,
        futureStep: 3, firstFutureOffset: 2, expiryLimit: 18)
    static let bond = FamilyTerms(
        codeStem: "BOND", firstCode: "BOND", name: "Ten-year bond", currency: "EUR", decimals: 2, tick: 1,
        optionTick: 1,
        contractValueFactor: 1000, level: 163.5, longVolatility: 0.05, skew: -0.03, curvature: 0.02, futureCount: 8,
        futureStep: 3, firstFutureOffset: 2, expiryLimit: 18)
    static let exchangeRate = FamilyTerms(
        codeStem: "FX", firstCode: "FX", name: "US dollar in yen", currency: "JPY", decimals: 2, tick: 1, optionTick: 1,
        contractValueFactor: 10_000, level: 110.35, longVolatility: 0.09, skew: -0.04, curvature: 0.02, futureCount: 8,
        futureStep: 3, firstFutureOffset: 2, expiryLimit: 18)
}
