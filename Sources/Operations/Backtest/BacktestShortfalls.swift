import ClearingModel
import Parameters
import Quantities
import Scenarios
import Storage
import Validation

/// Losses of simulated groups beside what was published of their tails, unit by unit.
struct BacktestShortfalls {
    /// A unit: whose group, and the confidence that its nights share.
    struct Unit: Hashable {
        let code: String
        let confidence: ExactDecimal
    }

    private(set) var nights: [Unit: [Int: ShortfallNight]] = [:]

    /// Adds the tails of one owner on a night. A group counts where its simulation holds positions as long as the
    /// backtest does; a loss that lacks a price is left out, as it is of the exposure.
    mutating func add(
        _ tails: [PublishedShortfall], of unit: String, _ positions: [FrozenPosition], _ night: BacktestNight,
        horizonDays: Int
    ) throws {
        let commodities = night.market.combinedCommodities
        let parameters = night.parameters.simulation
        for tail in tails {
            guard let group = parameters.riskGroups.first(where: { $0.code == tail.riskGroup }),
                let simulation = parameters.simulations.first(where: { $0.code == group.simulation }),
                simulation.mporDays == horizonDays, let rates = try? night.rates.into(tail.currency)
            else { continue }
            let own = positions.filter { position in
                commodities[position.series].map(group.combinedCommodities.contains) ?? false
            }
            let confidence = simulation.confidence
            guard let loss = try? FrozenExposure(night.prices, rates: rates).plainLoss(own) else { continue }
            nights[Unit(code: "\(unit) \(tail.riskGroup)", confidence: confidence), default: [:]][night.day] =
                ShortfallNight(
                    loss: ExactDecimal(minorUnits: loss, decimals: rates.callCurrency.decimals),
                    valueAtRisk: tail.valueAtRisk, expectedShortfall: tail.expectedShortfall)
        }
    }

    var units: [Unit] {
        nights.keys.sorted {
            $0.code != $1.code
                ? $0.code.utf8.lexicographicallyPrecedes($1.code.utf8) : $0.confidence < $1.confidence
        }
    }
}
