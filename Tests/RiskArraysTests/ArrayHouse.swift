import ClearingModel
import MarketModel
import Parameters
import Quantities
import RiskArrays
import Scenarios
import Testing

/// An exact decimal of a test's own text.
func exact(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

func day(_ text: String) throws -> BusinessDate { try #require(BusinessDate(text)) }

/// A house of one combined commodity in dollars whose arrays are computed, by the classic scenarios.
struct ArrayHouse {
    var date = "2025-06-20"
    var scanRange = PriceScanRange.amount(.one)
    var scanRangeTiers: [PriceScanRangeTier] = []
    var volatilityScanRange = VolatilityScanRange.absolute(.zero)
    var volatilityFloor = ExactDecimal(mantissa: 1, scale: 2)
    var lookAheadDays = ExactDecimal(1)
    var extremeMultiple = ExactDecimal(3)
    var extremeCover = ExactDecimal(mantissa: 33, scale: 2)
    var currencyDecimals = 2
    var arrayDecimals: Int?
    var deltaKind = DeltaKind.composite
    /// The rate `R`, a yearly fraction.
    var rate = ExactDecimal(mantissa: 4, scale: 2)
    var underlyingPrices: [UnderlyingCode: ExactDecimal] = [:]
    var volatilities: [String: ExactDecimal] = [:]
    private(set) var contracts: [Contract] = []
    private(set) var series: [Series] = []
    private(set) var prices: [SeriesPrices] = []

    static let commodity = CombinedCommodityCode("X")

    /// Lists a future of its own contract.
    mutating func future(
        _ code: String, month: String = "2025-08", price: String?, factor: String = "1000",
        terms: FutureTerms = FutureTerms(), expiry: String? = nil, underlying: String? = nil
    ) throws {
        let kind = SeriesKind.future(
            expiryDate: try expiry.map(day), underlying: underlying.map { UnderlyingCode($0) })
        try list(code, month: month, price: price, factor: factor, .future(terms), kind)
    }

    /// Lists an option of its own contract; without an assigned volatility it is implied from the price.
    mutating func option(
        _ code: String, _ right: ClearingModel.OptionRight, strike: String, expiry: String, underlying: String,
        price: String?, factor: String = "1000", model: OptionModel = .black76, exercise: ExerciseStyle = .european,
        carryRate: String? = nil, volatility: String? = nil
    ) throws {
        let expiryDate = try day(expiry)
        let terms = OptionTerms(
            model: model, exercise: exercise, style: .premium,
            volatilitySource: volatility == nil ? .implied : .assigned, discountRate: RateCode("R"),
            carryRate: carryRate.map { RateCode($0) })
        let kind = SeriesKind.option(
            OptionSeriesTerms(
                right: right, strike: try exact(strike), underlying: UnderlyingCode(underlying),
                expiryDate: expiryDate))
        volatilities[code] = try volatility.map(exact)
        let (year, month) = (expiryDate.civil.year, expiryDate.civil.month)
        try list(
            code, month: "\(year)-\(month < 10 ? "0" : "")\(month)", price: price, factor: factor, .option(terms), kind)
    }

    private mutating func list(
        _ code: String, month: String, price: String?, factor: String, _ contract: ContractKind, _ kind: SeriesKind
    ) throws {
        contracts.append(
            Contract(
                code: ContractCode(code), combinedCommodity: Self.commodity, contractValueFactor: try exact(factor),
                kind: contract))
        series.append(
            Series(
                code: SeriesCode(code), contract: ContractCode(code),
                contractMonth: try #require(ContractMonth(month)), kind: kind))
        prices.append(SeriesPrices(settlement: try price.map(exact)))
    }

    func book() throws -> ValuationBook {
        let dollar = try #require(CurrencyCode("USD"))
        let house = ClearingHouse(
            currencies: [Currency(code: dollar, decimals: currencyDecimals)], members: [], accounts: [], owners: [:],
            combinedCommodities: [CombinedCommodity(code: Self.commodity, name: "X", currency: dollar)],
            contracts: contracts, series: series)
        let market = MarketSnapshot(
            businessDate: try day(date), calendar: BusinessCalendar([]), prices: prices,
            underlyingPrices: underlyingPrices, volatilities: volatilities, rates: [RateCode("R"): rate])
        let set = try ScenarioSet.classic(
            code: ScenarioSetCode("CLASSIC"), extremeMultiple: extremeMultiple, extremeCover: extremeCover)
        let margin = CombinedCommodityMargin(
            combinedCommodity: Self.commodity, scenarioSet: set.code, priceScanRange: scanRange,
            volatilityScanRange: volatilityScanRange, volatilityFloor: volatilityFloor, lookAheadDays: lookAheadDays,
            arrayDecimals: arrayDecimals, deltaKind: deltaKind)
        let parameters = ParameterSet(
            code: ParameterSetCode("P"), scenarioSets: [set], combinedCommodities: [margin],
            priceScanRangeTiers: scanRangeTiers, monthTiers: [], intraSpreads: [], intraSpreadLegs: [],
            deliveryCharges: [], interSpreads: [], interSpreadLegs: [], accountClasses: [], fxHaircuts: [:])
        return try ValuationBook(house: house, market: market, parameters: parameters)
    }

    /// The array of every series that gets one.
    func arrays() throws -> [SeriesCode: PublishedRiskArray] {
        let book = try book()
        let volatilities = VolatilitySolver.borrow(VolatilitySolver.solve(book.valuations[...]), in: book)
        var arrays: [SeriesCode: PublishedRiskArray] = [:]
        for (index, valuation) in book.valuations.enumerated() {
            let code = series[valuation.series].code
            arrays[code] = RiskArrayKernel.array(
                of: valuation, volatility: volatilities[index], terms: book.terms[valuation.terms], series: code)
        }
        return arrays
    }

    /// The array of one series.
    func array(_ code: String) throws -> PublishedRiskArray { try #require(try arrays()[SeriesCode(code)]) }

    /// What one long unit of a series loses under moves of its price, and of its volatility.
    func simulatedLosses(_ code: String, price: InstrumentMoves.Factor, volatility: InstrumentMoves.Factor? = nil)
        throws -> [Int64]
    {
        let book = try book()
        let volatilities = VolatilitySolver.borrow(VolatilitySolver.solve(book.valuations[...]), in: book)
        let index = try #require(book.valuations.firstIndex { series[$0.series].code == SeriesCode(code) })
        let valuation = book.valuations[index]
        return RiskArrayKernel.simulatedLosses(
            of: valuation, volatility: volatilities[index], terms: book.terms[valuation.terms],
            moves: InstrumentMoves(price: price, volatility: volatility))
    }
}
