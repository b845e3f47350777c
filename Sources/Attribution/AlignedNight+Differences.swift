import ClearingModel
import Margining
import MarketModel
import Parameters
import RiskArrays
import Scenarios

extension AlignedNight {
    /// The kinds of input of which anything differs from the other night, on the same lists: to switch another changes
    /// nothing.
    func differences(from other: AlignedNight, _ conventions: CrossedNights.Conventions) -> Set<AttributedKind> {
        var kinds: Set<AttributedKind> = []
        func note(_ kind: AttributedKind, _ differs: Bool) { if differs { kinds.insert(kind) } }
        note(.time, market.businessDate != other.market.businessDate)
        // Whoever holds what settles finally decides whose prices it has.
        note(
            .positions,
            isListed != other.isListed || isSettled.contains(true) || other.isSettled.contains(true)
                || positions.positions != other.positions.positions || positions.spans != other.positions.spans)
        note(
            .prices,
            market.prices != other.market.prices || market.underlyingPrices != other.market.underlyingPrices
                || market.realisedAverages != other.market.realisedAverages || market.rates != other.market.rates
                || exchangeRates != other.exchangeRates)
        // The levels of simulated groups end on other days.
        note(
            .volatilities,
            volatilities != other.volatilities || market.volatilities != other.market.volatilities
                || !parameters.simulation.riskGroups.isEmpty || !other.parameters.simulation.riskGroups.isEmpty)
        note(.parameters, parameters.differs(from: other.parameters))
        note(.static, house.differs(from: other.house) || market.calendar != other.market.calendar)
        note(conventions.liquidity, liquidity != other.liquidity)
        note(conventions.classMultiplier, parameters.accountClasses != other.parameters.accountClasses)
        return kinds
    }
}

extension ClearingHouse {
    fileprivate func differs(from other: ClearingHouse) -> Bool {
        currencies != other.currencies || members != other.members || accounts != other.accounts
            || owners != other.owners || combinedCommodities != other.combinedCommodities
            || contracts != other.contracts || series != other.series
    }
}

extension ParameterSet {
    /// Whether anything differs that a requirement or add-on is computed from.
    fileprivate func differs(from other: ParameterSet) -> Bool {
        scenarioSets != other.scenarioSets || compositeDeltaWeights != other.compositeDeltaWeights
            || correlations != other.correlations || combinedCommodities != other.combinedCommodities
            || priceScanRangeTiers != other.priceScanRangeTiers || monthTiers != other.monthTiers
            || intraSpreads != other.intraSpreads || intraSpreadLegs != other.intraSpreadLegs
            || deliveryCharges != other.deliveryCharges || interSpreads != other.interSpreads
            || interSpreadLegs != other.interSpreadLegs || accountClasses != other.accountClasses
            || fxHaircuts != other.fxHaircuts || simulation != other.simulation || addOns != other.addOns
    }
}
