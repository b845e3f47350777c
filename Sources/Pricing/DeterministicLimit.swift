import Glibc

/// The limit of an option's value as the volatility goes to 0: the forward is certain.
///
/// European: e^{−rT}·max(φ·(U·e^{bT} − K), 0). American: the largest of e^{−rt}·φ·(U·e^{bt} − K) over 0 ≤ t ≤ T.
/// At time ≤ 0 it is the intrinsic value, and its delta 1, ½ (at the money) or 0 (a put: −1, −½, 0).
struct DeterministicLimit: Sendable {
    let sign: Double
    let strike: Double
    let rate: Double
    let growth: Double
    let time: Double
    let american: Bool
    /// A lognormal underlying at or below 0 counts as 0.
    let lognormal: Bool

    init(_ terms: VanillaOption, time: Double) {
        sign = terms.sign
        strike = terms.strike
        rate = terms.discountRate
        growth = terms.growthRate
        self.time = max(time, 0)
        american = if case .american = terms.exercise { true } else { false }
        lognormal = terms.model != .bachelier
    }

    func value(underlying: Double) -> Double {
        let level = lognormal && underlying <= 0 ? 0 : underlying
        return max(payoff(at: bestTime(level), level), 0)
    }

    /// dV/dU, with half the slope at the kink.
    func delta(underlying: Double) -> Double {
        let level = lognormal && underlying <= 0 ? 0 : underlying
        let exerciseTime = bestTime(level)
        let gain = payoff(at: exerciseTime, level)
        let slope = sign * exponential((growth - rate) * exerciseTime)
        return gain > 0 ? slope : gain == 0 ? 0.5 * slope : 0
    }

    private func payoff(at exerciseTime: Double, _ underlying: Double) -> Double {
        if exerciseTime == 0 { return sign * (underlying - strike) }
        let forward = underlying * exponential(growth * exerciseTime)
        return exponential(-rate * exerciseTime) * sign * (forward - strike)
    }

    private func bestTime(_ underlying: Double) -> Double {
        guard american, time > 0 else { return time }
        var best = 0.0
        var highest = payoff(at: 0, underlying)
        // The payoff is stationary where U·(b − r)·e^{bt} = −r·K.
        let ratio = rate * strike / ((rate - growth) * underlying)
        let inner = ratio > 0 && growth != 0 ? log(ratio) / growth : 0
        if inner > 0, inner < time {
            let gain = payoff(at: inner, underlying)
            if gain > highest { (best, highest) = (inner, gain) }
        }
        return payoff(at: time, underlying) > highest ? time : best
    }
}
