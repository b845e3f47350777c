import Calibration
import Margining
import Quantities
import Scenarios
import Testing

/// Scan ranges and haircuts: every bound, its unit, and the increment (docs/methodology.md §10.2).
struct ScanRangeTests {
    /// Sizes 1, 2, 3, 4: at 75 % of four moves the largest, at 50.1 % the second.
    private let small = ["1", "-2", "3", "-4"]

    @Test func `the quantile is the order statistic of the sizes, whatever their sign`() throws {
        let figure = try calibrated(scanRange(), history(levels(after: small)))
        #expect(figure.bounds[0].value == exact("4"))
        #expect(figure.bound == .quantile && figure.core == exact("4") && figure.new == exact("4"))
        #expect(figure.observations == 4 && figure.firstDay == day(1) && figure.lastDay == day(4))
        // 4 · 0.499 = 1.996: the second.
        let second = scanRange { $0.confidence = exact("0.501") }
        #expect(try self.figure(second).core == exact("3"))
        // Two-day moves −1, 1, −1.
        let twoDays = scanRange { $0.horizonDays = 2 }
        #expect(try self.figure(twoDays).core == exact("1"))
        #expect(try self.figure(twoDays).observations == 3)
        // The last two returns: 3 and −4, of which half a place is the first.
        let short = scanRange {
            $0.lookBackDays = 2
            $0.volatility.seedDays = 2
        }
        #expect(refusal { _ = try self.figure(short) } == "too_few_observations X")
        let three = scanRange { $0.lookBackDays = 3 }
        #expect(try self.figure(three).firstDay == day(2))
        #expect(try self.figure(three).observations == 3)
    }

    private func figure(_ rule: CalibrationRule) throws -> CalibratedFigure {
        try calibrated(rule, history(levels(after: small)))
    }

    @Test func `the volatility is the filter's forecast times z and the root of the horizon`() throws {
        // Seed (1 + 1)/2 = 1; then 0.5 · 1 + 0.5 · 4 = 2.5; 2 · √2.5 = 3.16227766.
        let rule = scanRange {
            $0.volatility.lambda = exact("0.5")
            $0.volatility.z = exact("2")
        }
        let found = try calibrated(rule, history(levels(after: ["1", "-1", "2"])))
        #expect(found.bounds[1].name == .ewma && found.bounds[1].value == exact("3.162277660168"))
        #expect(found.bound == .ewma && found.core == exact("3.162277660168") && found.new == exact("3.17"))
        // Over four days twice as much; the four-day move is 3.
        let fourDays = scanRange {
            $0.volatility.lambda = exact("0.5")
            $0.volatility.z = exact("2")
            $0.horizonDays = 4
        }
        #expect(
            try calibrated(fourDays, history(levels(after: ["1", "-1", "1", "-1"]))).bounds[1].value == exact("4"))
        let floored = scanRange {
            $0.volatility.z = exact("2")
            $0.volatility.floor = exact("7")
        }
        #expect(try figure(floored).core == exact("14"))
    }

    @Test func `stressed moves are of the whole history, and every return of them ends inside a window`() throws {
        let moves = ["10", "-8", "6", "1", "1", "2", "1", "1"]
        func rule(_ from: Int, _ to: Int, _ weight: String, least: Int = 1, days: Int = 1) -> CalibrationRule {
            scanRange {
                $0.lookBackDays = 5
                $0.horizonDays = days
                $0.stressedWeight = exact(weight)
                $0.minStressedObservations = least
                $0.stressedWindows = [
                    NamedWindow(code: StressedWindowCode("A"), window: StressedWindow(from: day(from), to: day(to)))
                ]
            }
        }
        let series = try history(levels(after: moves))
        // 0.75 · 2 + 0.25 · 8: the return of 10 ends on day 1, before the window.
        let found = try calibrated(rule(2, 3, "0.25"), series)
        #expect(found.bounds.map(\.name) == [.quantile, .ewma, .stressed])
        #expect(found.core == exact("3.5") && found.bound == .stressed)
        // Of two days only −8 + 6 lies inside; 3 · 0.9 + 2 · 0.1 is below the quantile of 3.
        let twoDays = try calibrated(rule(2, 3, "0.1", days: 2), series)
        #expect(twoDays.bounds[2].value == exact("2.9") && twoDays.bound == .quantile)
        #expect(refusal { _ = try calibrated(rule(2, 3, "0.25", least: 3), series) } == "too_few_observations X")
        // The same moves are as large as the quantile: the first that attains the largest binds.
        #expect(try calibrated(rule(6, 6, "0.3"), series).bound == .quantile)
    }

    @Test func `two windows that touch are one run of stressed days`() throws {
        let rule = scanRange {
            $0.horizonDays = 2
            $0.stressedWeight = .one
            $0.minStressedObservations = 1
            $0.stressedWindows = [(1, 2), (3, 3)].map {
                NamedWindow(code: StressedWindowCode("\($0.0)"), window: StressedWindow(from: day($0.0), to: day($0.1)))
            }
        }
        // Stressed two-day moves end on days 2 and 3: 3 and 13.
        let found = try calibrated(rule, history(levels(after: ["1", "2", "11", "-20", "20", "1"])))
        #expect(found.bounds[2].value == exact("13"))
    }

    @Test func `a floor is a volatility or a quantile of the last years`() throws {
        // 400 days of moves of 3, then 20 of 1; the last year begins behind day 54.
        let moves = (0..<400).map { $0.isMultiple(of: 2) ? "3" : "-3" } + (0..<20).map { _ in "1" }
        let series = try history(levels(after: moves))
        func rule(_ kind: FloorTool.Kind) -> CalibrationRule {
            scanRange {
                $0.lookBackDays = 10
                $0.floor = FloorTool(years: 1, kind: kind)
                $0.volatility.z = exact("0.4")
            }
        }
        let quantile = try calibrated(rule(.quantile), series)
        #expect(quantile.bounds[2].value == exact("3") && quantile.bound == .floor)
        // 366 returns end in the last year (2024 has a 29 February): 346 of 3 and 20 of 1; 0.4 · √(3134/366).
        let volatility = try calibrated(rule(.volatility), series)
        #expect(abs(volatility.bounds[2].value.double - 0.4 * (3134.0 / 366).squareRoot()) < 1e-12)
        #expect(volatility.bound == .floor)
        // A floor that is the quantile itself is no other bound.
        let all = scanRange { $0.floor = FloorTool(years: 1, kind: .quantile) }
        #expect(try calibrated(all, series).bound == .quantile)
    }

    @Test func `a history has to reach back as far as the floor, but for a gap`() throws {
        let rule = scanRange { $0.floor = FloorTool(years: 1) }
        // A year before day 372 (7 January 2025) is day 6, plus 7 days.
        #expect(try calibrated(rule, history(levels(after: (0..<372).map { _ in "1" }))).core == .one)
        let late = try history(levels(after: (0..<372).map { _ in "1" }), skipping: Set(0...13))
        #expect(refusal { _ = try calibrated(rule, late) } == "history_too_short X")
        let justInTime = try history(levels(after: (0..<372).map { _ in "1" }), skipping: Set(0...12))
        #expect(try calibrated(rule, justInTime).core == .one)
    }

    @Test(arguments: [
        (ReturnKind.absolute, CalibrationItem.priceScanRange, CalibrationKind.amount, "4"),
        // 4 of the last level 98.
        (.absolute, .priceScanRange, .percent, "0.040816326531"),
        (.absolute, .volatilityScanRange, .absolute, "4"),
        (.absolute, .volatilityScanRange, .relative, "0.040816326531"),
        // ln(98/102) is the largest: e^0.0400053… = 102/98.
        (.log, .priceScanRange, .percent, "0.040816326531"),
        (.log, .priceScanRange, .amount, "4"),
    ])
    func `the unit is an amount or a fraction of the last level`(
        kind: ReturnKind, item: CalibrationItem, unit: CalibrationKind, core: String
    ) throws {
        var rule = scanRange { $0.kind = unit }
        rule = CalibrationRule(
            item: item, key: rule.key, kind: unit, basis: rule.basis, confidence: rule.confidence,
            increment: exact("0.0001"))
        rule.volatility = scanRange().volatility
        let found = try calibrated(rule, history(levels(after: small), kind))
        #expect(abs(found.core.double - exact(core).double) < 2e-12, "\(found.core)")
    }

    @Test func `prices at and below zero are fractions of their size, and nothing is a fraction of zero`() throws {
        let percent = scanRange { $0.kind = .percent }
        #expect(try calibrated(percent, history(["3", "1", "-1", "-5"])).core == exact("0.8"))
        let zero = try history(["3", "1", "-1", "0"])
        #expect(refusal { _ = try calibrated(percent, zero) } == "log_of_non_positive X 2024-01-04")
        #expect(try calibrated(scanRange(), zero).core == exact("2"))
        let log = scanRange { $0.lookBackDays = 3 }
        let negative = try history(["-1", "3", "4", "5", "6"], .log)
        #expect(refusal { _ = try calibrated(log, negative) } == "log_of_non_positive X 2024-01-01")
    }

    @Test func `a haircut looks at falls alone and takes no more than the whole`() throws {
        func haircut(_ increment: String) -> CalibrationRule {
            var rule = CalibrationRule(
                item: .haircut, key: CalibrationKey("BOND"), basis: .factor(scanRange().factors[0]),
                confidence: exact("0.75"), increment: exact(increment))
            rule.volatility = scanRange().volatility
            return rule
        }
        // A rise of 30, a fall of 10 to 120: a twelfth.
        let found = try calibrated(haircut("0.01"), history(["100", "130", "120", "120"]))
        #expect(found.core == exact("0.083333333333") && found.new == exact("0.09"))
        // A fall from 130 to 104 takes 1 − e^ln(104/130) = 0.2 of it.
        let log = try calibrated(haircut("0.01"), history(["100", "130", "104", "104"], .log))
        #expect(log.core == exact("0.2") && log.new == exact("0.2"))
        #expect(try calibrated(haircut("0.7"), history(["100", "90", "10", "10"])).new == .one)
        // Nothing falls.
        #expect(try calibrated(haircut("0.01"), history(["1", "2", "3", "4"])).new == .zero)
    }

    @Test(arguments: [
        ("0.5", "0.5", "0.5"), ("0.500000000001", "0.5", "1"), ("0.4999", "0.25", "0.5"), ("3", "0.7", "3.5"),
    ])
    func `a range goes up to the next increment`(move: String, increment: String, new: String) throws {
        let rule = scanRange { $0.increment = exact(increment) }
        #expect(try calibrated(rule, history(levels(after: [move, "0", "0"]))).new == exact(new))
    }

    @Test func `a size that no column holds is refused`() throws {
        let rule = scanRange {
            $0.kind = .percent
            $0.volatility.z = exact("900000")
        }
        let series = try history(["1", "2", "1", "2"], .log)
        #expect(refusal { _ = try calibrated(rule, series) } == "calibration_out_of_range price_scan_range OIL")
    }
}
