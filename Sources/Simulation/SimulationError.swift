import ClearingModel
import Scenarios

/// Why a risk group cannot be simulated: the inputs lack what it needs.
package enum SimulationError: Error, Hashable, CustomStringConvertible {
    /// A mapping names a factor that the parameter set does not have.
    case unknownFactor(RiskFactorCode)
    /// No mapping is for the series or its combined commodity.
    case unmapped(SeriesCode, CombinedCommodityCode)
    /// The series has no price or no parameters, so that it has no value to move.
    case unvalued(SeriesCode)

    package var description: String {
        switch self {
        case .unknownFactor(let code): "risk_factor_mapping names \(code), which risk_factor lacks"
        case .unmapped(let series, let commodity):
            "no row of risk_factor_mapping is for series \(series) of \(commodity)"
        case .unvalued(let series): "series \(series) cannot be revalued: it has no price or no parameters"
        }
    }
}
