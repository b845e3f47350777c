import ClearingModel
import Glibc

/// A European option on the difference of two futures, F1 − F2: what it is, apart from the market.
package struct SpreadOptionTerms: Sendable, Equatable {
    package let right: OptionRight
    /// In price units, any sign.
    package let strike: Double
    package let style: OptionStyle
    /// Continuous interest rate a year; any sign. Not used to discount a futures-style option.
    package let rate: Double

    package init(right: OptionRight, strike: Double, style: OptionStyle = .premium, rate: Double) {
        self.right = right
        self.strike = strike
        self.style = style
        self.rate = rate
    }
}

/// The volatilities of the two legs of a spread, and how they move together.
package struct SpreadVolatility: Sendable, Equatable {
    /// Of F1 and F2, a √year, as fractions; below 0 counts as 0.
    package let first: Double
    package let second: Double
    /// Of the two futures' logarithmic returns, −1 … 1.
    package let correlation: Double

    package init(first: Double, second: Double, correlation: Double) {
        precondition(!(abs(correlation) > 1), "a correlation lies between -1 and 1")
        self.first = first
        self.second = second
        self.correlation = correlation
    }
}

/// The sensitivities of a spread option to its two futures.
package struct SpreadDelta: Sendable, Equatable {
    /// dV/dF1: calls ≥ 0, puts ≤ 0.
    package let first: Double
    /// dV/dF2; as a rule of the opposite sign.
    package let second: Double

    package init(first: Double, second: Double) {
        self.first = first
        self.second = second
    }
}

/// One spread option at one set of volatilities and one time, ready to be valued at many pairs of futures prices.
///
/// Kirk 1995 (Haug 2007 p. 213): for K ≥ 0, L = F2 + K is taken as lognormal with the volatility w·σ2, w = F2/L, so
/// that V = e^{−rT}·φ·(F1·N(φ·d1) − L·N(φ·d2)) with d1 = ln(F1/L)/s + s/2, d2 = d1 − s and
/// s² = (σ1² − 2·w·ρσ1σ2 + w²σ2²)·T. At K = 0 it is Margrabe's exchange option, exactly.
///
/// For K < 0 the option is its mirror, a call on F1 − F2 at K being a put on F2 − F1 at −K, so that the sum taken as
/// lognormal is always one of two positive prices: F1 + |K|. Adding a K < 0 to F2 drifts from the exact value as F2 + K
/// shrinks, and has none from 0 on. Source: methodology §2.
package struct PreparedSpreadOption: Sendable {
    let sign: Double
    let strike: Double
    let discount: Double
    /// σ1²T, σ2²T and ρσ1σ2T.
    let firstVariance: Double
    let secondVariance: Double
    let covariance: Double

    /// Prepares an option; time in years. At time ≤ 0 it is worth its intrinsic value. NaN gives NaN.
    @inline(__always) package init(_ terms: SpreadOptionTerms, volatility: SpreadVolatility, time: Double) {
        let left = max(time, 0)
        let first = max(volatility.first, 0)
        let second = max(volatility.second, 0)
        sign = terms.right == .call ? 1 : -1
        strike = terms.strike
        discount = exponential(-(terms.style == .futures ? 0 : terms.rate) * left)
        firstVariance = first * first * left
        secondVariance = second * second * left
        covariance = volatility.correlation * first * second * left
    }

    /// The value of one long option, in price units, ≥ 0.
    ///
    /// A futures price ≤ 0 counts as 0, the limit of its law: at F2 = 0 this is Black's option on F1 at K.
    @inline(__always) package func value(first: Double, second: Double) -> Double {
        exchange(first, second).value(discount: discount)
    }

    /// The sensitivities to the two futures, in closed form, with that of s to w; half the slope at a kink.
    package func delta(first: Double, second: Double) -> SpreadDelta {
        let delta = exchange(first, second).delta(discount: discount)
        return strike < 0
            ? SpreadDelta(first: delta.lump, second: delta.asset)
            : SpreadDelta(first: delta.asset, second: delta.lump)
    }

    @inline(__always) private func exchange(_ first: Double, _ second: Double) -> LumpExchange {
        let (f1, f2) = (max(first, 0), max(second, 0))
        return strike < 0
            ? LumpExchange(
                sign: -sign, asset: f2, partner: f1, strike: -strike, assetVariance: secondVariance,
                partnerVariance: firstVariance, covariance: covariance)
            : LumpExchange(
                sign: sign, asset: f1, partner: f2, strike: strike, assetVariance: firstVariance,
                partnerVariance: secondVariance, covariance: covariance)
    }
}

/// The value of one long spread option; see ``PreparedSpreadOption/value(first:second:)`` for the limits.
///
/// Prepares and values once, with the same bits: hold a ``PreparedSpreadOption`` to value an option at several prices.
package func spreadOptionValue(
    _ terms: SpreadOptionTerms, first: Double, second: Double, volatility: SpreadVolatility, time: Double
) -> Double {
    PreparedSpreadOption(terms, volatility: volatility, time: time).value(first: first, second: second)
}

/// The option to exchange a price for the lump of another one and a strike ≥ 0, with the lump taken as lognormal.
struct LumpExchange {
    let sign: Double
    let asset: Double
    let lump: Double
    /// w, the partner's share of the lump.
    let share: Double
    let partnerVariance: Double
    let covariance: Double
    /// s.
    let deviation: Double

    @inline(__always) init(
        sign: Double, asset: Double, partner: Double, strike: Double, assetVariance: Double, partnerVariance: Double,
        covariance: Double
    ) {
        self.sign = sign
        self.asset = asset
        self.partnerVariance = partnerVariance
        self.covariance = covariance
        lump = partner + strike
        share = lump == 0 ? 0 : partner / lump
        let variance = assetVariance + share * (share * partnerVariance - 2 * covariance)
        // Equal legs at a correlation of 1 leave rounding of either sign.
        deviation = max(variance, 0).squareRoot()
    }

    private var distance: Double { sign * (asset - lump) }

    private var d1: Double { log(asset / lump) / deviation + 0.5 * deviation }

    @inline(__always) func value(discount: Double) -> Double {
        if deviation == 0 || lump == 0 { return max(discount * distance, 0) }
        let d1 = sign * d1
        let d2 = d1 - sign * deviation
        guard abs(d1) < bellEnd, abs(d2) < bellEnd else {
            return max(discount * sign * (asset * cumulativeNormal(d1) - lump * cumulativeNormal(d2)), 0)
        }
        return discount * exchangeValue(sign: sign, worth: asset, cost: lump, d1: d1, d2: d2)
    }

    /// dV by the asset and by the partner.
    func delta(discount: Double) -> (asset: Double, lump: Double) {
        if deviation == 0 || lump == 0 {
            let slope = distance > 0 ? sign * discount : distance == 0 ? 0.5 * sign * discount : 0
            return (slope, -slope)
        }
        let d1 = d1
        // ds/dpartner = (w·σp²T − covariance)/s · K/L².
        let deviationSlope = (share * partnerVariance - covariance) / deviation * (1 - share) / lump
        let held = cumulativeNormal(sign * (d1 - deviation))
        return (
            sign * discount * cumulativeNormal(sign * d1),
            discount * (asset * normalDensity(d1) * deviationSlope - sign * held)
        )
    }
}
