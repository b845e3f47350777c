import ClearingModel
import Margining
import Quantities
import Scenarios
import Testing

/// Rows that a book refuses, with the row and the rule it names.
struct MarginBookTests {
    private func small() throws -> SmallBook {
        var small = try SmallBook()
        small.commodity("X")
        small.commodity("Y")
        small.future("XF", of: "X", "2026-01", risk: "500")
        small.future("XG", of: "X", "2026-02", risk: "500")
        small.future("YF", of: "Y", "2026-01", risk: "500")
        small.tier("N", of: "X", "2026-01")
        small.tier("ALL", of: "X", "2026-01", "2026-02")
        return small
    }

    private func refusal(_ change: (inout SmallBook) throws -> Void) throws -> String {
        var small = try small()
        try change(&small)
        do {
            _ = try MarginBook(small.rows)
            return "accepted"
        } catch {
            return "\(error.row): \(error.rule)"
        }
    }

    @Test func `a sound book is accepted`() throws {
        #expect(try refusal { _ in } == "accepted")
        #expect(
            try refusal { $0.intraSpread("S", of: "X", charge: .flat(.one), ("ALL", "1", .a), ("ALL", "1", .b)) }
                == "accepted")
    }

    @Test func `calendar spreads`() throws {
        #expect(
            try refusal { $0.intraSpread("S", of: "X", charge: .flat(.one), ("N", "1", .a), ("Q", "1", .b)) }
                == "intra_spread_leg X S 2: there is no tier Q")
        #expect(
            try refusal {
                $0.intraSpread("S", of: "X", charge: .flat(.one), ("N", "1", .a), ("ALL", "1", .a), ("ALL", "1", .b))
            } == "intra_spread_leg X S 2: its pool shares months with another of its side and is not the same")
        #expect(
            try refusal { $0.intraSpread("S", of: "X", charge: .flat(.one), ("N", "1", .a)) }
                == "intra_spread X S: side B has no leg")
        #expect(
            try refusal { $0.intraSpread("S", of: "X", charge: .flat(.one), ("N", "0", .a), ("ALL", "1", .b)) }
                == "intra_spread_leg X S 1: ratio is not above zero")
        #expect(
            try refusal {
                $0.intraSpread("S", of: "X", charge: .flat(.one), ("N", "0.123456789", .a), ("ALL", "1", .b))
            }
                == "intra_spread_leg X S 1: ratio has too many decimals: ratios and rates have at most 8, factors at most 6"
        )
    }

    @Test func `inter-commodity spreads`() throws {
        #expect(
            try refusal { $0.interSpread("I", rate: "0.5", ("X", "1", .a), ("Q", "1", .b)) }
                == "inter_spread_leg I 2: there is no combined commodity Q")
        #expect(
            try refusal { $0.interSpread("I", rate: "0.5", ("X/Q", "1", .a), ("Y", "1", .b)) }
                == "inter_spread_leg I 1: there is no tier Q")
        #expect(
            try refusal { $0.interSpread("I", rate: "0.5", ("X/N", "1", .a), ("X", "1", .a), ("Y", "1", .b)) }
                == "inter_spread_leg I 2: its pool shares months with another of its side and is not the same")
        #expect(
            try refusal { $0.interSpread("I", rate: "1.01", ("X", "1", .a), ("Y", "1", .b)) }
                == "inter_spread_leg I 1: its credit rate is above 1")
        #expect(
            try refusal {
                $0.interSpread("I", rate: "0.5", ("X", "1", .a), ("Y", "1", .b))
                $0.interSpread("I", rate: "0.6", ("X", "1", .a), ("Y", "1", .b))
            } == "inter_spread I: two rows have its key")
    }

    @Test func `scan-based spreads keep to one currency and one scenario set`() throws {
        let group: (inout SmallBook) -> Void = {
            $0.interSpread("G", .scan, rate: "0.5", ("X", "1", .a), ("Y", "1", .b))
        }
        #expect(try refusal(group) == "accepted")
        #expect(
            try refusal {
                group(&$0)
                $0.rows.currencies.append(Currency(code: try currencyCode("EUR"), decimals: 2))
                $0.rows.combinedCommodities[1] = CombinedCommodity(
                    code: CombinedCommodityCode("Y"), name: "Y", currency: try currencyCode("EUR"))
            } == "inter_spread G: its legs are in two currencies")
        #expect(
            try refusal {
                group(&$0)
                $0.rows.scenarioSets.append(
                    try .classic(code: ScenarioSetCode("OTHER"), extremeMultiple: exact("3")))
                $0.rows.margins[1] = CombinedCommodityMargin(
                    combinedCommodity: CombinedCommodityCode("Y"), scenarioSet: ScenarioSetCode("OTHER"),
                    priceScanRange: .amount(.one), volatilityScanRange: .relative(.zero), volatilityFloor: .one)
            } == "inter_spread G: its legs are in two scenario sets")
    }

    @Test func `keys, currencies and scan tiers`() throws {
        #expect(try refusal { $0.rows.series.append($0.rows.series[0]) } == "series XF: two rows have its key")
        #expect(try refusal { $0.rows.currencies = [] } == "combined_commodity X: there is no currency USD")
        #expect(
            try refusal { $0.rows.margins.removeLast() }
                == "combined_commodity Y: it has no margin parameters in the parameter set")
        #expect(
            try refusal { $0.rows.scenarioSets = [] } == "combined_commodity_margin X: there is no scenario set CLASSIC"
        )
        #expect(
            try refusal {
                $0.rows.monthTiers[0] = MonthTier(
                    combinedCommodity: CombinedCommodityCode("X"), tier: TierCode("N"),
                    contractMonth: month("2026-01"),
                    isScannedApart: true)
            } == "month_tier X: contract month 2026-02 lies in no scan tier or in two")
    }

    @Test func `a published array must fit its series`() throws {
        let small = try small()
        let book = try MarginBook(small.rows)
        let sound = small.published[0]
        func refusal(_ values: [Int64], decimals: Int = 0, series: String = "XF") -> PublishedArraysError? {
            do {
                _ = try PublishedArrays(
                    [
                        PublishedRiskArray(
                            series: SeriesCode(series), arrayDecimals: decimals, values: values,
                            compositeDelta: CompositeDelta(Delta(rounding: 1)),
                            priceScanRange: .one)
                    ], in: book)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(sound.values) == nil)
        #expect(refusal(sound.values, series: "Q") == .unknownSeries(SeriesCode("Q")))
        #expect(refusal([1]) == .scenarioCountDiffers(SeriesCode("XF"), published: 1, expected: 16))
        #expect(
            refusal(sound.values, decimals: 2) == .arrayDecimalsDiffer(SeriesCode("XF"), published: 2, expected: 0))
        #expect(throws: PublishedArraysError.duplicateSeries(SeriesCode("XF"))) {
            try PublishedArrays([sound, sound], in: book)
        }
    }
}
