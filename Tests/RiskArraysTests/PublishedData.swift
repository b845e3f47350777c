import ClearingModel
import Foundation
import Quantities
import RiskArrays
import TestSupport
import Testing

/// Arrays of NSE Clearing's risk parameter files, from its own parameters: extremes twice the range at 35 %, look-ahead
/// two days, plain deltas, one unit of the index.
enum PublishedData {
    /// One line of the option file.
    struct Quote {
        let series: SeriesCode
        let expiry: String
        let strike: String
        let right: ClearingModel.OptionRight
        let premium: String
        let delta: Double
        let worstShortLoss: Double

        init(
            _ series: String, _ expiry: String, strike: String, _ right: ClearingModel.OptionRight, premium: String,
            delta: Double, worstShortLoss: Double
        ) {
            self.series = SeriesCode(series)
            self.expiry = expiry
            self.strike = strike
            self.right = right
            self.premium = premium
            self.delta = delta
            self.worstShortLoss = worstShortLoss
        }
    }

    /// The options of the file of 2025-08-08, all of them on a spot of 55521.15.
    static func bankNiftyOptions() throws -> [Quote] {
        let rows = try CSVRows.rows(ofFile: Evidence.path("nse-banknifty-2025-08-08/options.csv"))
        return try rows.enumerated().map { index, row in
            #expect(row["spot"] == "55521.15")
            let expiry = row["expiry", default: ""]
            return Quote(
                "O\(index)", "\(expiry.prefix(4))-\(expiry.dropFirst(4).prefix(2))-\(expiry.suffix(2))",
                strike: row["strike", default: ""], row["type"] == "C" ? .call : .put,
                premium: row["premium", default: ""], delta: try #require(Double(row["delta", default: ""])),
                worstShortLoss: try #require(Double(row["worst_short_loss", default: ""])))
        }
    }

    private static func house(date: String, spot: String, rate: String) throws -> ArrayHouse {
        var house = ArrayHouse()
        house.date = date
        house.rate = try exact(rate)
        house.volatilityScanRange = .absolute(try exact("0.05"))
        house.volatilityFloor = try exact("0.0001")
        house.lookAheadDays = ExactDecimal(2)
        house.extremeMultiple = ExactDecimal(2)
        house.extremeCover = try exact("0.35")
        house.arrayDecimals = 4
        house.deltaKind = .plain
        house.underlyingPrices = [UnderlyingCode("SPOT"): try exact(spot)]
        return house
    }

    /// Black–Scholes on the spot, r = 6.09 %, one assigned volatility; scan range 11.3 % of the spot, 17.7 % for the
    /// expiry 327 days out.
    static func arrays(of quotes: [Quote]) throws -> [SeriesCode: PublishedRiskArray] {
        var house = try house(date: "2025-08-07", spot: "55521.15", rate: "0.0609")
        house.scanRange = .percent(try exact("0.113"))
        let far = ContractMonth(year: 2026, month: 6)
        house.scanRangeTiers = [
            PriceScanRangeTier(
                combinedCommodity: ArrayHouse.commodity, fromMonth: far, toMonth: far,
                priceScanRange: .percent(try exact("0.177")))
        ]
        for quote in quotes {
            try house.option(
                quote.series.text, quote.right, strike: quote.strike, expiry: quote.expiry, underlying: "SPOT",
                price: quote.premium, factor: "1", model: .blackScholes, carryRate: "R", volatility: "0.18428348")
        }
        return try house.arrays()
    }

    /// The NIFTY future of the file of 2026-06-25: cost of carry from the spot at 6.61 % over six days.
    static func future(spot: String, priceScan: String) throws -> PublishedRiskArray {
        var house = try house(date: "2026-06-24", spot: spot, rate: "0.0661")
        house.scanRange = .amount(try exact(priceScan))
        try house.future(
            "NIFTY", month: "2026-06", price: spot, factor: "1",
            terms: FutureTerms(valuation: .costOfCarry, discountRate: RateCode("R")), expiry: "2026-06-30",
            underlying: "SPOT")
        return try house.array("NIFTY")
    }

    /// The larger differences of worst loss and delta from what was published.
    static func differences(of quotes: [Quote]) throws -> (loss: Double, delta: Double) {
        let arrays = try arrays(of: quotes)
        #expect(arrays.count == quotes.count)
        var worst = (loss: 0.0, delta: 0.0)
        for quote in quotes {
            let array = try #require(arrays[quote.series])
            let smallest = try #require(array.values.min())
            let loss = abs(ExactDecimal(minorUnits: smallest, decimals: array.arrayDecimals).double)
            worst.loss = max(worst.loss, abs(loss - quote.worstShortLoss))
            let delta = array.compositeDelta.amount.double
            worst.delta = max(worst.delta, abs(delta - quote.delta))
        }
        return worst
    }
}
