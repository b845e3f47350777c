import ClearingModel
import MarketModel
import Parameters
import PlainMargin
import Quantities
import RiskArrays
import Scenarios

/// One option alone in a house of one night, valued by the product's kernel for the second implementation too: the
/// kernel itself is held to other numbers elsewhere; which night each of its inputs is of is the second one's choice.
enum SeriesRepricing {
    static let option: @Sendable (PlainValued) -> (array: [Rational], delta: Rational) = { valued in
        guard let array = try? published(valued) else { preconditionFailure("no array of \(valued)") }
        return (
            array.values.map { Rational(Int128($0), over: Rational.tenTo(valued.arrayDecimals)) },
            Rational(Int128(array.compositeDelta.units), over: Rational.tenTo(Delta.decimals))
        )
    }

    private static func published(_ valued: PlainValued) throws -> PublishedRiskArray {
        let commodity = CombinedCommodityCode("C")
        let usd = Currency(code: try currencyCode("USD"), decimals: 2)
        let (contract, series) = try optionSeries("S", valued.terms, commodity: commodity)
        let set = try ScenarioSet.classic(
            code: ScenarioSetCode("SET"), extremeMultiple: exact(valued.extremeMultiple),
            extremeCover: exact(valued.extremeCover))
        let book = try ValuationBook(
            house: ClearingHouse(
                currencies: [usd], members: [], accounts: [], owners: [:],
                combinedCommodities: [CombinedCommodity(code: commodity, name: "C", currency: usd.code)],
                contracts: [contract], series: [series]),
            market: MarketSnapshot(
                businessDate: BusinessDate(dayNumber: Int32(valued.day)), calendar: BusinessCalendar([]),
                prices: [SeriesPrices(settlement: exact(valued.settlement))], unsettled: [series.code],
                underlyingPrices: [UnderlyingCode("U-S"): exact(valued.underlying)], volatilities: [:],
                rates: [RateCode("R-S"): exact(valued.interest)]),
            parameters: ParameterSet(
                code: ParameterSetCode("P"), scenarioSets: [set],
                combinedCommodities: [
                    CombinedCommodityMargin(
                        combinedCommodity: commodity, scenarioSet: set.code,
                        priceScanRange: .amount(exact(valued.priceRange)),
                        volatilityScanRange: .relative(exact(valued.volatilityRange)),
                        volatilityFloor: AttributionTranslation.volatilityFloor, arrayDecimals: valued.arrayDecimals)
                ]))
        guard let valuation = book.valuations.first else { throw ProofError(what: "no value of \(valued)") }
        return RiskArrayKernel.array(
            of: valuation, volatility: SeriesVolatility(volatility: valued.volatility, rule: .implied),
            terms: book.terms[valuation.terms], series: series.code)
    }
}

/// A European option on a future by Black's formula, under a price and with a rate of its own.
func optionSeries(
    _ code: String, _ terms: PlainNightTerms.Series, commodity: CombinedCommodityCode,
    volatilities: VolatilitySource = .implied
) throws -> (Contract, Series) {
    let kind = OptionTerms(
        model: .black76, exercise: .european, style: terms.kind.isPremiumOption ? .premium : .futures,
        volatilitySource: volatilities, discountRate: RateCode("R-\(code)"))
    let contract = Contract(
        code: ContractCode(code), combinedCommodity: commodity, contractValueFactor: exact(terms.contractValueFactor),
        deltaScalingFactor: exact(terms.deltaScalingFactor), kind: .option(kind))
    let series = Series(
        code: SeriesCode(code), contract: contract.code, contractMonth: contractMonth(terms.month),
        kind: .option(
            OptionSeriesTerms(
                right: terms.kind.isCall ? .call : .put, strike: exact(terms.strike),
                underlying: UnderlyingCode("U-\(code)"),
                expiryDate: BusinessDate(dayNumber: Int32(terms.expiryDay)))))
    return (contract, series)
}
