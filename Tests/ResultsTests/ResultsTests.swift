import ClearingModel
import Margining
import Quantities
import Results
import Testing

@Suite struct ResultsTests {
    @Test(arguments: [CallPart.risk, .netOptionValue, .addOn(.halfSpread), .variationMargin, .collateral])
    func `a part of a call is read back from its name`(part: CallPart) {
        #expect(CallPart(name: part.name) == part)
    }

    @Test func `a part of a call has its name in words, an add-on that of its kind`() {
        let parts: [CallPart] = [.risk, .netOptionValue, .variationMargin, .collateral]
        #expect(parts.map(\.name) == ["risk", "net option value", "variation margin", "collateral"])
        #expect(CallPart.addOn(.wrongWay).name == "add-on wrong_way")
        #expect(CallPart(name: "add-on tea") == nil)
        #expect(CallPart(name: "tea") == nil)
    }

    /// Losses −2.50, 0 and 7.25: a long unit loses at most 7.25, a short one 2.50; a side that only gains loses 0.
    @Test func `the largest loss of a long and of a short unit are the ends of the array`() {
        func position(_ array: [Int64]) -> PositionResult {
            PositionResult(
                owner: .none, combinedCommodity: CombinedCommodityCode("CL"), series: SeriesCode("CL-2019-02"),
                longQuantity: 3, shortQuantity: 1, arrayDecimals: 2, array: array)
        }
        #expect(position([-250, 0, 725]).longLoss == ExactDecimal(minorUnits: 725, decimals: 2))
        #expect(position([-250, 0, 725]).shortLoss == ExactDecimal(minorUnits: 250, decimals: 2))
        #expect(position([-250, -1]).longLoss == .zero)
        #expect(position([250, 1]).shortLoss == .zero)
    }
}
