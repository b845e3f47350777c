import ClearingModel
import Foundation
import Quantities
import RiskArrays
import TestSupport
import Testing

/// Arrays that an exchange has published, reproduced from its own parameters: single figures of NSE Clearing's risk
/// parameter files of BANKNIFTY options of 2025-08-08 and of the NIFTY future of 2026-06-25.
@Suite struct PublishedFigureTests {
    /// Strikes near and far from the spot of 55521.15, and every expiry's own scan range. The file prints two decimals
    /// of a loss and four of a delta.
    static let options = [
        PublishedData.Quote(
            "A", "2025-08-28", strike: "55500", .call, premium: "709.45", delta: 0.5438, worstShortLoss: 5404.19),
        PublishedData.Quote(
            "B", "2025-08-28", strike: "55500", .put, premium: "465.65", delta: -0.4562, worstShortLoss: 5218.4),
        PublishedData.Quote(
            "C", "2025-08-28", strike: "60000", .call, premium: "10.1", delta: 0.0491, worstShortLoss: 2873.58),
        PublishedData.Quote(
            "D", "2025-09-30", strike: "52000", .put, premium: "102.5", delta: -0.1385, worstShortLoss: 2903.59),
        PublishedData.Quote(
            "E", "2026-03-31", strike: "60000", .call, premium: "1342.65", delta: 0.4271, worstShortLoss: 4432.43),
        PublishedData.Quote(
            "F", "2026-06-30", strike: "60000", .put, premium: "4584.2", delta: -0.5179, worstShortLoss: 7514.04),
    ]

    @Test func `options have their published worst short loss and delta`() throws {
        let worst = try PublishedData.differences(of: Self.options)
        #expect(worst.loss <= 0.0053)
        #expect(worst.delta <= 1.01e-4)
    }

    @Test func `a future carried from the spot has its published array`() throws {
        let array = try PublishedData.future(spot: "24050.35", priceScan: "2234.01")
        #expect(array.values.count == 16)
        let published = [1: 8.72, 4: -736.49, 10: 1499.14, 11: -2226.91, 14: 2244.36, 15: -1561.89, 16: 1568.0]
        for (scenario, loss) in published {
            let own = ExactDecimal(minorUnits: array.values[scenario - 1], decimals: array.arrayDecimals).double
            #expect(abs(own - loss) <= 0.0125, "scenario \(scenario)")
        }
    }
}

/// The same with the whole files.
@Suite(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE is not set: skipped"))
struct PublishedDataTests {
    @Test func `2,284 BANKNIFTY options agree with their published worst short loss and delta`() throws {
        let quotes = try PublishedData.bankNiftyOptions()
        #expect(quotes.count == 2284)
        let worst = try PublishedData.differences(of: quotes)
        #expect(worst.loss <= 0.0053)
        #expect(worst.delta <= 1.01e-4)
    }

    @Test func `the NIFTY future's sixteen values agree within the printed scan range's error`() throws {
        let file = try JSONValue.file(Evidence.path("nse-nifty-future-2026-06-25/future.json"))
        let future = try #require(file["contracts"]?["NIFTY"])
        let array = try PublishedData.future(spot: future.text("spot"), priceScan: future.text("price_scan"))
        let published = (future["ra"]?.list ?? []).compactMap { $0.decimal?.double }
        #expect(array.values.count == 16 && published.count == 16)
        for (ours, published) in zip(array.values, published) {
            let loss = ExactDecimal(minorUnits: ours, decimals: array.arrayDecimals).double
            #expect(abs(loss - published) <= 0.0125)
        }
    }
}
