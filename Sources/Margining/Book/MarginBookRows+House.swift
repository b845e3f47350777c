import ClearingModel
import Parameters
import Quantities
import Scenarios

extension MarginBookRows {
    /// The rows of a house that take part in margining under one parameter set: combined commodities that the set has a
    /// row for, and of their series the `published` ones, which have a risk array.
    ///
    /// A currency pair without haircut row has none.
    package init(
        _ house: ClearingHouse, _ parameters: ParameterSet, exchangeRates: [CurrencyPair: ExactDecimal],
        settlementPrices: [SeriesCode: ExactDecimal], published: Set<SeriesCode>
    ) {
        let margined = Set(parameters.combinedCommodities.map(\.combinedCommodity))
        currencies = house.currencies
        combinedCommodities = house.combinedCommodities.filter { margined.contains($0.code) }
        let known = Set(combinedCommodities.map(\.code))
        margins = parameters.combinedCommodities.filter { known.contains($0.combinedCommodity) }
        contracts = house.contracts.filter { margined.contains($0.combinedCommodity) }
        let contractCodes = Set(contracts.map(\.code))
        series = house.series.filter { published.contains($0.code) && contractCodes.contains($0.contract) }
        scenarioSets = parameters.scenarioSets
        monthTiers = parameters.monthTiers
        intraSpreads = parameters.intraSpreads
        intraSpreadLegs = parameters.intraSpreadLegs
        deliveryCharges = parameters.deliveryCharges
        interSpreads = parameters.interSpreads
        interSpreadLegs = parameters.interSpreadLegs
        conversions = exchangeRates.map { pair, rate in
            CurrencyConversion(from: pair.from, to: pair.to, rate: rate, haircut: parameters.fxHaircuts[pair] ?? .zero)
        }
        self.settlementPrices = settlementPrices
    }
}

extension AccountTerms {
    /// The terms of each account of a house, in its order; nil for one whose class the parameter set lacks or whose
    /// call currency the house lacks.
    package static func all(of house: ClearingHouse, _ parameters: ParameterSet) -> [AccountTerms?] {
        let classes = Dictionary(
            parameters.accountClasses.map { ($0.accountClass, $0) }, uniquingKeysWith: { first, _ in first })
        let currencies = Dictionary(house.currencies.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        return house.accounts.map { account in
            guard let margin = classes[account.accountClass], let currency = currencies[account.callCurrency] else {
                return nil
            }
            let owners = account.marginingType == .segregated ? house.owners[account.code] ?? [.none] : [.none]
            return AccountTerms(account: account, margin: margin, owners: owners, callCurrency: currency)
        }
    }
}
