import ClearingModel

/// A European option on the arithmetic average of a price: what it is, apart from the market.
///
/// It pays max(φ·(A − K), 0) at expiry, where A averages the fixings already made and those to come with equal weights.
package struct AveragePriceTerms: Sendable, Equatable {
    package let right: OptionRight
    /// In price units. Below the part of the average that is already fixed, a call is certain to be exercised.
    package let strike: Double
    package let style: OptionStyle
    /// Continuous interest rate a year; any sign. Not used to discount a futures-style option.
    package let rate: Double
    /// Cost of carry b a year of the underlying that is fixed: 0 for a future, r − q for a spot price.
    package let carry: Double
    /// Fixings already made, ≥ 0.
    package let fixingsMade: Int
    /// The average of the fixings already made, in price units; not read when there are none.
    package let runningAverage: Double
    /// Fixings still to come, ≥ 0; at least one with those made. Under `continuous` only their share counts.
    package let fixingsLeft: Int
    package let schedule: FixingSchedule

    package init(
        right: OptionRight, strike: Double, style: OptionStyle = .premium, rate: Double, carry: Double = 0,
        fixingsMade: Int = 0, runningAverage: Double = 0, fixingsLeft: Int, schedule: FixingSchedule = .discrete
    ) {
        precondition(fixingsMade >= 0 && fixingsLeft >= 0, "an average has no fewer than 0 fixings")
        precondition(fixingsMade > 0 || fixingsLeft > 0, "an average has at least one fixing")
        self.right = right
        self.strike = strike
        self.style = style
        self.rate = rate
        self.carry = carry
        self.fixingsMade = fixingsMade
        self.runningAverage = runningAverage
        self.fixingsLeft = fixingsLeft
        self.schedule = schedule
    }

    /// +1 for a call, −1 for a put.
    var sign: Double { right == .call ? 1 : -1 }

    /// The share of the average that is still open, 0 … 1.
    var openShare: Double { share(of: Double(fixingsLeft)) }

    /// The share that a number of fixings has in the average.
    func share(of fixings: Double) -> Double { fixings / (Double(fixingsMade) + Double(fixingsLeft)) }

    /// What the fixings already made put into the average, in price units.
    var fixedPart: Double { fixingsMade == 0 ? 0 : (1 - openShare) * runningAverage }
}

/// One average-price option at one volatility and one time, ready to be valued at many underlyings.
///
/// The open part of the average is taken as lognormal with its exact first two moments, which makes the option one of
/// Black's on that part with the strike less the fixed part:
/// V = e^{−rT}·φ·(w·m·U·N(φ·d1) − (K − fixed part)·N(φ·d2)), w the open share, m = E[A]/U, s² = ln(E[A²]/E[A]²).
/// Turnbull and Wakeman 1991 without their terms in skew and kurtosis, as Haug 2007 pp. 186–195 has it. With one fixing
/// to come, at expiry, it is the European option exactly. A fixing whose time has passed, but that is not among those
/// made, is made at the underlying the option is valued at: it is certain, and the strike falls by its share of that
/// underlying. Preparing is O(fixings left). Source: methodology §2.7.
package struct PreparedAveragePriceOption: Sendable {
    enum Kernel: Sendable {
        case certain(CertainAverage)
        case lognormal(LognormalAverage)
    }

    let kernel: Kernel

    /// Prepares an option.
    ///
    /// Volatility a √year as a fraction; times in years: to the next fixing (or, under `continuous`, to the start of
    /// the averaging; at or below 0 when that has passed) and to the last one, at which the option expires. Of the
    /// fixings left, those whose time is at or below 0 are made at the underlying; under `continuous` they are
    /// `fixingsPassed`, 0 … fixings left and not whole where a look-ahead is not. At time ≤ 0 what is open of the
    /// average is fixed at the underlying, without discounting. At a volatility ≤ 0 the underlying's forwards are
    /// certain. NaN gives NaN.
    package init(
        _ terms: AveragePriceTerms, volatility: Double, timeToNextFixing: Double, time: Double,
        fixingsPassed: Double = 0
    ) {
        let discountRate = terms.style == .futures ? 0 : terms.rate
        let discount = time <= 0 ? 1 : exponential(-discountRate * time)
        let strike = terms.strike - terms.fixedPart
        guard !(time <= 0), terms.fixingsLeft > 0 else {
            kernel = .certain(
                CertainAverage(sign: terms.sign, strike: strike, slope: terms.openShare, discount: discount))
            return
        }
        let used = max(volatility, 0)
        let moments: AverageMoments
        let passed: Double
        switch terms.schedule {
        case .discrete:
            let schedule = EvenFixings(terms.fixingsLeft, from: timeToNextFixing, to: time).withoutPassed
            passed = Double(terms.fixingsLeft - schedule.count)
            moments = AverageMoments(discrete: schedule, carry: terms.carry, squaredVolatility: used * used)
        case .continuous:
            passed = min(max(fixingsPassed, 0), Double(terms.fixingsLeft))
            moments = AverageMoments(
                continuousFrom: min(timeToNextFixing, time), to: time, carry: terms.carry,
                squaredVolatility: used * used)
        }
        let passedShare = terms.share(of: passed)
        let slope = terms.share(of: Double(terms.fixingsLeft) - passed) * moments.growth
        if moments.variance <= 0 || slope <= 0 {
            kernel = .certain(
                CertainAverage(sign: terms.sign, strike: strike, slope: passedShare + slope, discount: discount))
        } else {
            kernel = .lognormal(
                LognormalAverage(
                    option: GeneralisedBlackScholes(
                        sign: terms.sign, strike: strike, discount: discount, growth: slope,
                        deviation: moments.variance.squareRoot()),
                    passedShare: passedShare, discount: discount))
        }
    }

    /// The value of one long option, in price units, ≥ 0; an underlying ≤ 0 counts as 0.
    package func value(underlying: Double) -> Double {
        switch kernel {
        case .certain(let kernel): kernel.value(underlying: underlying)
        case .lognormal(let kernel): kernel.value(underlying: underlying)
        }
    }

    /// The sensitivity to the underlying, dV/dU: calls 0 … w·m·e^{−rT}, puts the negative of it … 0.
    ///
    /// Closed form, with what has passed at the underlying; half the slope at the kink of an average that is certain.
    package func delta(underlying: Double) -> Double {
        switch kernel {
        case .certain(let kernel): kernel.delta(underlying: underlying)
        case .lognormal(let kernel): kernel.delta(underlying: underlying)
        }
    }
}

/// An average of which a part has passed at the underlying and the rest is lognormal.
struct LognormalAverage: Sendable {
    /// On the open part, the strike less what is fixed.
    let option: GeneralisedBlackScholes
    /// What one unit of the underlying adds to the average by the fixings passed; 0 where none has.
    let passedShare: Double
    let discount: Double

    func value(underlying: Double) -> Double { left(of: underlying).value(underlying: underlying) }

    /// The open part's own slope, and that of the strike: −dV/dK = φ·e^{−rT}·N(φ·d2).
    func delta(underlying: Double) -> Double {
        let option = left(of: underlying)
        let slope = option.delta(underlying: underlying)
        return passedShare == 0 ? slope : slope + passedShare * discount * option.exercise(underlying: underlying)
    }

    private func left(of underlying: Double) -> GeneralisedBlackScholes {
        passedShare == 0 || underlying <= 0
            ? option : option.struck(at: option.strike - passedShare * underlying, discount: discount)
    }
}

/// An average that no volatility moves: e^{−rT}·max(φ·(slope·U − strike), 0).
struct CertainAverage: Sendable {
    let sign: Double
    /// The strike less what is already fixed.
    let strike: Double
    /// What one unit of the underlying adds to the average; 0 when all is fixed.
    let slope: Double
    let discount: Double

    func value(underlying: Double) -> Double { max(discount * gain(underlying), 0) }

    func delta(underlying: Double) -> Double {
        let gain = gain(underlying)
        return gain > 0 ? sign * slope * discount : gain == 0 ? 0.5 * sign * slope * discount : 0
    }

    private func gain(_ underlying: Double) -> Double {
        let level = underlying <= 0 ? 0 : underlying
        return slope == 0 ? -sign * strike : sign * (slope * level - strike)
    }
}
