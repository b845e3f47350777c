import ClearingModel
import Foundation
import MarketModel
import Quantities
import RiskArrays
import Scenarios
import Testing

/// The published files, and a house that holds nothing but their series.
enum PublishedData {
    static let folder = ProcessInfo.processInfo.environment["MARGIN_EVIDENCE"]
    static var isPresent: Bool { folder != nil }

    /// One line of the option file.
    struct Quote {
        let series: SeriesCode
        let spot: ExactDecimal
        let expiry: BusinessDate
        let strike: ExactDecimal
        let right: OptionRight
        let premium: ExactDecimal
        let delta: Double
        let worstShortLoss: Double
    }

    struct Future: Decodable {
        let spot: Double
        let price_scan: Double
        let ra: [Double]
        var array: [Double] { ra }
    }

    static func bankNiftyOptions() throws -> [Quote] {
        let path = try #require(folder) + "/nse-banknifty-2025-08-08/options.csv"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
        return try lines.enumerated().map { place, line in
            let cells = line.split(separator: ",").map(String.init)
            let day = cells[1]
            let expiry = "\(day.prefix(4))-\(day.dropFirst(4).prefix(2))-\(day.suffix(2))"
            return Quote(
                series: SeriesCode("O\(place)"), spot: try decimal(cells[0]),
                expiry: try #require(BusinessDate(expiry)),
                strike: try decimal(cells[2]), right: cells[3] == "C" ? .call : .put, premium: try decimal(cells[4]),
                delta: try #require(Double(cells[5])), worstShortLoss: try #require(Double(cells[6])))
        }
    }

    static func niftyFuture() throws -> Future {
        struct File: Decodable { let contracts: [String: Future] }
        let path = try #require(folder) + "/nse-nifty-future-2026-06-25/future.json"
        let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        return try #require(file.contracts["NIFTY"])
    }

    /// Black–Scholes on the spot, r = 6.09 %, one assigned volatility, look-ahead two days, extremes twice at 35 %.
    static func arrays(of quotes: [Quote], spot: ExactDecimal) throws -> [SeriesCode: PublishedRiskArray] {
        let contract = Contract(
            code: ContractCode("OPT"), combinedCommodity: commodity, contractValueFactor: .one,
            kind: .option(
                OptionTerms(
                    model: .blackScholes, exercise: .european, style: .premium, volatilitySource: .assigned,
                    discountRate: RateCode("R"), carryRate: RateCode("R"))))
        let far = try #require(BusinessDate("2025-08-07")).adding(days: 327)
        let series = try quotes.map { quote in
            Series(
                code: quote.series, contract: contract.code, contractMonth: try month(of: quote.expiry),
                kind: .option(
                    OptionSeriesTerms(
                        right: quote.right, strike: quote.strike, underlying: UnderlyingCode("SPOT"),
                        expiryDate: quote.expiry)))
        }
        let tier = PriceScanRangeTier(
            combinedCommodity: commodity, fromMonth: try month(of: far), toMonth: try month(of: far),
            priceScanRange: .percent(try decimal("0.177")))
        return try published(
            contract, series, date: "2025-08-07", spot: spot, prices: quotes.map(\.premium),
            rate: try decimal("0.0609"),
            scanRange: .percent(try decimal("0.113")), tiers: [tier])
    }

    /// Cost of carry from the spot at 6.61 % over six days, look-ahead two days.
    static func array(of future: Future) throws -> PublishedRiskArray {
        let contract = Contract(
            code: ContractCode("FUT"), combinedCommodity: commodity, contractValueFactor: .one,
            kind: .future(FutureTerms(valuation: .costOfCarry, discountRate: RateCode("R"))))
        let expiry = try #require(BusinessDate("2026-06-30"))
        let series = Series(
            code: SeriesCode("NIFTY"), contract: contract.code, contractMonth: try month(of: expiry),
            kind: .future(expiryDate: expiry, underlying: UnderlyingCode("SPOT")))
        let spot = try decimal("\(future.spot)")
        let arrays = try published(
            contract, [series], date: "2026-06-24", spot: spot, prices: [spot], rate: try decimal("0.0661"),
            scanRange: .amount(try decimal("\(future.price_scan)")), tiers: [])
        return try #require(arrays[series.code])
    }

    private static let commodity = CombinedCommodityCode("INDEX")

    private static func decimal(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text)) }

    private static func month(of date: BusinessDate) throws -> ContractMonth {
        ContractMonth(year: date.civil.year, month: date.civil.month)
    }

    private static func published(
        _ contract: Contract, _ series: [Series], date: String, spot: ExactDecimal, prices: [ExactDecimal],
        rate: ExactDecimal, scanRange: PriceScanRange, tiers: [PriceScanRangeTier]
    ) throws -> [SeriesCode: PublishedRiskArray] {
        let rupee = try #require(CurrencyCode("INR"))
        let house = ClearingHouse(
            currencies: [Currency(code: rupee, decimals: 2)], members: [], accounts: [], owners: [:],
            combinedCommodities: [CombinedCommodity(code: commodity, name: "Index", currency: rupee)],
            contracts: [contract], series: series)
        let market = MarketSnapshot(
            businessDate: try #require(BusinessDate(date)), previousBusinessDate: nil, calendar: BusinessCalendar([]),
            prices: prices.map { SeriesPrices(settlement: $0) }, underlyingPrices: [UnderlyingCode("SPOT"): spot],
            volatilities: ["SPOT": try decimal("0.18428348")], rates: [RateCode("R"): rate], exchangeRates: [:])
        let set = try ScenarioSet.classic(code: ScenarioSetCode("CLASSIC"))
        let margin = CombinedCommodityMargin(
            combinedCommodity: commodity, scenarioSet: set.code, priceScanRange: scanRange,
            volatilityScanRange: .absolute(try decimal("0.05")), volatilityFloor: try decimal("0.0001"),
            lookAheadDays: ExactDecimal(2), arrayDecimals: 4, deltaKind: .plain)
        let parameters = MarginParameters(
            parameterSet: ParameterSetCode("P"), scenarioSets: [set], combinedCommodities: [margin],
            priceScanRangeTiers: tiers, monthTiers: [], intraSpreads: [], intraSpreadLegs: [], deliveryCharges: [],
            interSpreads: [], interSpreadLegs: [], accountClasses: [], fxHaircuts: [:])
        let book = try ValuationBook(house: house, market: market, parameters: parameters)
        let volatilities = VolatilitySolver.borrow(VolatilitySolver.solve(book.valuations[...]), in: book)
        var arrays: [SeriesCode: PublishedRiskArray] = [:]
        for (place, valuation) in book.valuations.enumerated() {
            let code = series[valuation.series].code
            arrays[code] = RiskArrayKernel.array(
                of: valuation, volatility: volatilities[place], terms: book.terms[valuation.terms], series: code)
        }
        return arrays
    }
}
