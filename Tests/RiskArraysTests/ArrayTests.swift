import ClearingModel
import Quantities
import RiskArrays
import Scenarios
import Testing

/// Arrays and deltas of every kind of series but average-price and spread options (docs/methodology.md §2, §4), by
/// hand or computed apart from the methodology.
@Suite struct ArrayTests {
    /// Thirds of 1750 and 0.33 · 3 · 1750 = 1732.5, a tie that goes away from zero on both sides.
    @Test func `a linear future loses its share of the scan range, each value rounded once`() throws {
        var house = ArrayHouse()
        house.scanRange = .amount(try exact("1.75"))
        house.arrayDecimals = 0
        try house.future("F", price: "70")
        let array = try house.array("F")
        #expect(
            array.values == [
                0, 0, -583, -583, 583, 583, -1167, -1167, 1167, 1167, -1750, -1750, 1750, 1750, -1733, 1733,
            ])
        #expect(array.compositeDelta.units == 10_000)
        #expect(array.arrayDecimals == 0)
        // In the currency's minor units where the parameters say nothing.
        house.arrayDecimals = nil
        #expect(try house.array("F").values.suffix(2) == [-173_250, 173_250])
    }

    /// 100 dollars on a coin at 50,000, moved by 15 %: 0.002 · (1 − 1/1.15) and 0.002 · (1/0.85 − 1) coins; an extreme
    /// of 30 % counts by 0.35.
    @Test func `an inverse future loses more than it wins`() throws {
        var house = ArrayHouse()
        house.scanRange = .percent(try exact("0.15"))
        (house.extremeMultiple, house.extremeCover) = (ExactDecimal(2), try exact("0.35"))
        house.currencyDecimals = 8
        house.arrayDecimals = 8
        try house.future("I", price: "50000", factor: "100", terms: FutureTerms(valuation: .inverse))
        let values = try house.array("I").values
        #expect((values[0], values[10], values[12], values[15]) == (0, -26_087, 35_294, 30_000))
        #expect(values[14] == -16_154)
    }

    @Test func `a scan range tier holds for its months, a percentage of the series' own price`() throws {
        var house = ArrayHouse()
        house.scanRange = .percent(try exact("0.10"))
        house.scanRangeTiers = [
            PriceScanRangeTier(
                combinedCommodity: ArrayHouse.commodity, fromMonth: ContractMonth(year: 2025, month: 9),
                toMonth: ContractMonth(year: 2025, month: 12), priceScanRange: .amount(try exact("4.25")))
        ]
        for month in ["2025-08", "2025-09", "2025-12", "2026-01"] {
            try house.future(month, month: month, price: month == "2026-01" ? "-37" : "72.10")
        }
        let ranges = try house.arrays().mapValues(\.priceScanRange)
        let wanted = ["2025-08": "7.21", "2025-09": "4.25", "2025-12": "4.25", "2026-01": "3.7"]
        for (month, range) in wanted { #expect(ranges[SeriesCode(month)] == (try exact(range)), "\(month)") }
        #expect(try house.array("2025-09").values[12] == 425_000)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let right: ClearingModel.OptionRight
        var model = OptionModel.black76
        var exercise = ExerciseStyle.european
        let underlying: String
        let strike: String
        let expiry: String
        let rate: String
        var price = "1"
        var volatility: String?
        let scanRange: String
        let volatilityScan: VolatilityScanRange
        let decimals: Int
        let array: [Int64]
        let compositeDelta: Int64
        var testDescription: String { name }
    }

    /// Computed separately from the methodology, as in Tests/PricingTests/ScenarioExampleTests.swift; look-ahead one
    /// day, extremes of three ranges at 33 %.
    static let rows = [
        Row(
            name: "Black-76 call, implied, relative volatility scan", right: .call, underlying: "70", strike: "75",
            expiry: "2025-08-19", rate: "0.04", price: "2.06", scanRange: "6",
            volatilityScan: .relative(ExactDecimal(mantissa: 3, scale: 1)), decimals: 0,
            array: [-1071, 1049, -1901, 440, -360, 1473, -2850, -376, 235, 1746, -3915, -1409, 722, 1907, -3821, 676],
            compositeDelta: 3391),
        Row(
            name: "American put, assigned, absolute volatility scan", right: .put, exercise: .american,
            underlying: "100", strike: "110", expiry: "2025-08-19", rate: "0.1", volatility: "0.25",
            scanRange: "7.5", volatilityScan: .absolute(ExactDecimal(mantissa: 6, scale: 2)), decimals: 2,
            array: [
                -66781, 56281, 113_181, 268_096, -262_528, -172_464, 275_957, 457_944, -472_265, -413_767, 420_690,
                621_426, -693_995, -663_137, 331_038, -713_835,
            ], compositeDelta: -7990),
        Row(
            name: "Bachelier call below zero, implied", right: .call, model: .bachelier, underlying: "-37.63",
            strike: "-35", expiry: "2025-07-19", rate: "0.04", price: "12.27", scanRange: "14",
            volatilityScan: .absolute(ExactDecimal(20)), decimals: 2,
            array: [
                -196_383, 242_846, -427_590, 12197, 12690, 442_677, -680_952, -249_323, 199_963, 612_590, -956_173,
                -540_920, 366_068, 754_253, -955_075, 358_309,
            ], compositeDelta: 4678),
    ]

    private func house(_ row: Row) throws -> ArrayHouse {
        var house = ArrayHouse()
        house.scanRange = .amount(try exact(row.scanRange))
        house.volatilityScanRange = row.volatilityScan
        house.rate = try exact(row.rate)
        house.arrayDecimals = row.decimals
        try house.future("U", price: row.underlying)
        try house.option(
            "O", row.right, strike: row.strike, expiry: row.expiry, underlying: "U", price: row.price,
            model: row.model, exercise: row.exercise, volatility: row.volatility)
        return house
    }

    @Test(arguments: rows) func `an option is revalued under every scenario`(row: Row) throws {
        let array = try house(row).array("O")
        #expect(array.values == row.array)
        #expect(array.compositeDelta.units == row.compositeDelta)
        #expect(array.volatilityRule == (row.volatility == nil ? .implied : .assigned))
    }

    @Test func `the plain delta is the option's own, before the look-ahead`() throws {
        var house = try house(Self.rows[1])
        house.deltaKind = .plain
        let greeks = try #require(try house.array("O").greeks)
        #expect(try house.array("O").compositeDelta.units == Int64((greeks.delta * 10_000).rounded()))
        #expect(try house.array("O").compositeDelta.units != -7990)
    }

    @Test func `a volatility is never shocked below its floor`() throws {
        var house = try house(Self.rows[1])
        house.volatilityScanRange = .absolute(try exact("0.24"))
        house.volatilityFloor = try exact("0.19")
        let floored = try house.array("O").values
        // Down to the floor is what a scan range of 0.06 gives, of which the rows above have the figures.
        #expect((floored[1], floored[3], floored[13]) == (56281, 268_096, -663_137))
    }
}
