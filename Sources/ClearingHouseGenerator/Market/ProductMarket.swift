import Glibc
import Quantities

/// What one combined commodity's market looks like: history, and from it curve and volatilities on a date.
struct ProductMarket {
    let product: Product
    let history: PriceHistory
    /// Spot on each of the two dates.
    let spots: [Double]
    /// Volatility a year of short maturities on each of the two dates.
    let shortVolatilities: [Double]

    init(product: Product, history: PriceHistory, dates: GeneratedDates) throws(GenerationError) {
        self.product = product
        self.history = history
        spots = [try history.level(on: dates.previous), try history.level(on: dates.current)]
        shortVolatilities = dates.both.map { history.through($0).volatility }
    }

    /// The forward for a maturity `years` ahead, delivered in calendar month 1 … 12, unrounded.
    ///
    /// Crude: S·e^{0.045·(1 − e^{−T})}, a contango. Gas: S times a winter premium,
    /// e^{0.12·(cos(π(m−1)/6) − 1)·(1 − e^{−4T})}.
    /// Basis: S + (−0.4 − S)·(1 − e^{−T}), negative throughout. Index and exchange rate: S·e^{bT}. Bond: S − 1.1·T.
    func forward(_ day: Int, years: Double, month: Int) -> Double {
        let spot = spots[day]
        switch product.family {
        case .crude: return spot * exp(0.045 * (1 - exp(-years)))
        case .gas:
            let season = cos(2 * Double.pi * Double(month - 1) / 12) - 1
            return spot * exp(0.12 * season * (1 - exp(-4 * years)))
        case .basis: return spot + (-0.4 - spot) * (1 - exp(-years))
        case .index, .exchangeRate: return spot * exp(carry * years)
        case .bond: return spot - 1.1 * years
        }
    }

    /// The volatility at the money for a maturity, in the model's units: σ_∞ + (σ_0 − σ_∞)·e^{−2T}.
    func volatilityAtTheMoney(_ day: Int, years: Double) -> Double {
        let long = product.terms.longVolatility
        return long + (shortVolatilities[day] - long) * exp(-2 * years)
    }

    /// The smile: σ_ATM·(1 + skew·x + curvature·x²), x = ln(K/F)/(σ_ATM·√T), or (K − F)/(σ_ATM·√T), within ±3.
    func volatility(_ day: Int, years: Double, forward: Double, strike: Double) -> Double {
        let base = volatilityAtTheMoney(day, years: years)
        let distance = product.family.isAdditive ? strike - forward : log(strike / forward)
        let x = min(max(distance / (base * years.squareRoot()), -3), 3)
        return base * (1 + product.terms.skew * x + product.terms.curvature * x * x)
    }

    /// The interest rate of the product's currency, continuous a year.
    var rate: Double { InterestRates.rate(of: product.terms.currency) }

    /// The growth rate of an index's or exchange rate's forward; 0 otherwise.
    var carry: Double {
        switch product.family {
        case .index: rate - product.yield
        case .exchangeRate: rate - InterestRates.rate(of: "USD")
        default: 0
        }
    }
}

/// The house's synthetic interest rates, continuous a year, the same on both dates.
enum InterestRates {
    static let codes = ["USD", "EUR", "JPY"]

    static func rate(of currency: String) -> Double {
        switch currency {
        case "USD": 0.025
        case "EUR": -0.0035
        default: -0.001
        }
    }
}

extension InterestRates {
    /// Roughly what one unit of a currency is worth in dollars, for sizing collateral only.
    static func dollars(perUnitOf currency: String) -> Double {
        switch currency {
        case "USD": 1
        case "EUR": 1.1444
        default: 1 / 110.35
        }
    }
}
