import ClearingModel
import Pricing

extension SeriesGreeks {
    /// An option's.
    init(_ greeks: OptionGreeks) {
        self.init(
            delta: greeks.delta, gamma: greeks.gamma, vega: greeks.vega, theta: greeks.thetaPerDay, rho: greeks.rho)
    }
}
