import ClearingModel
import Foundation
import MarketModel
import Quantities
import RiskArrays
import Scenarios
import Testing

/// Arrays that exchanges have published, reproduced from their own parameters. The files stand in the folder that
/// MARGIN_EVIDENCE names; their sources are NSE Clearing's risk parameter files of the dates in the folders' names.
@Suite(.enabled(if: PublishedData.isPresent, "MARGIN_EVIDENCE is not set: skipped"))
struct PublishedDataTests {
    @Test func `2,284 BANKNIFTY options agree with their published worst short loss and delta`() throws {
        let quotes = try PublishedData.bankNiftyOptions()
        #expect(quotes.count == 2284)
        let spot = try #require(quotes.first?.spot)
        let arrays = try PublishedData.arrays(of: quotes, spot: spot)
        #expect(arrays.count == quotes.count)
        var worstLoss = 0.0
        var worstDelta = 0.0
        for quote in quotes {
            let array = try #require(arrays[quote.series])
            let smallest = try #require(array.values.min())
            let loss = abs(ExactDecimal(minorUnits: smallest, decimals: array.arrayDecimals).double)
            worstLoss = max(worstLoss, abs(loss - quote.worstShortLoss))
            let delta = array.compositeDelta.amount.double
            worstDelta = max(worstDelta, abs(delta - quote.delta))
        }
        // The file prints two decimals of a loss and four of a delta; ours are rounded to four.
        #expect(worstLoss <= 0.0053)
        #expect(worstDelta <= 1.01e-4)
    }

    @Test func `the NIFTY future's sixteen values agree within the printed scan range's error`() throws {
        let future = try PublishedData.niftyFuture()
        let array = try PublishedData.array(of: future)
        #expect(array.values.count == 16)
        for (ours, published) in zip(array.values, future.array) {
            let loss = ExactDecimal(minorUnits: ours, decimals: array.arrayDecimals).double
            #expect(abs(loss - published) <= 0.0125)
        }
    }
}
