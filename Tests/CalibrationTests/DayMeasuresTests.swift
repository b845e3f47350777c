import Calibration
import ClearingModel
import Quantities
import Scenarios
import TestSupport
import Testing

/// Days that are measured together have the figures of days measured alone, bit for bit.
struct DayMeasuresTests {
    /// A rule of every kind, over a history of so many days.
    private func rule(_ draws: inout SeededGenerator) -> CalibrationRule {
        scanRange { rule in
            rule.horizonDays = Int.random(in: 1...4, using: &draws)
            rule.confidence = exact(["0.75", "0.9", "0.99"].randomElement(using: &draws) ?? "0.9")
            rule.lookBackDays = [nil, 7, 23, 60, 400].randomElement(using: &draws) ?? nil
            rule.volatility.seedDays = Int.random(in: 2...5, using: &draws)
            rule.volatility.z = exact(["0.5", "2.575829"].randomElement(using: &draws) ?? "1")
            rule.buffer = Bool.random(using: &draws) ? BufferTool(size: exact("0.25")) : nil
            if Bool.random(using: &draws) {
                rule.floor = FloorTool(years: 1, kind: Bool.random(using: &draws) ? .volatility : .quantile)
            }
            if Bool.random(using: &draws) {
                rule.stressedWeight = exact("0.25")
                rule.minStressedObservations = 3
                rule.stressedWindows = [
                    NamedWindow(
                        code: StressedWindowCode("W"), window: StressedWindow(from: day(20), to: day(45))),
                    NamedWindow(
                        code: StressedWindowCode("V"), window: StressedWindow(from: day(200), to: day(230))),
                ]
            }
        }
    }

    private func history(_ kind: ReturnKind, _ draws: inout SeededGenerator) throws -> FactorHistory {
        // Whole moves among few, so that equal ones abound.
        var level = kind == .log ? 5_000 : 50
        let levels = (0..<600).map { _ -> String in
            level = max(level + Int.random(in: -6...6, using: &draws), kind == .log ? 1 : -1_000)
            return "\(level)"
        }
        return try CalibrationTests.history(levels, kind, skipping: [10, 11, 40, 300])
    }

    @Test(arguments: 1...40)
    func `figures measured together equal figures measured alone`(seed: UInt64) throws {
        var draws = SeededGenerator(seed: seed)
        let rule = rule(&draws)
        let history = try history(seed % 2 == 0 ? .log : .absolute, &draws)
        let calibration = try ScanRangeCalibration(rule, history: history)
        let step = [1, 1, 3, 20].randomElement(using: &draws) ?? 1
        let places = Array(stride(from: 0, to: history.dates.count, by: step))
        let dates = places.map { history.dates[$0] }
        let measures = calibration.measures(at: places)
        var compared = 0
        for (date, measured) in zip(dates, measures) {
            let alone = Result { try calibration.figure(on: date, standing: nil) }
            let together = Result { try calibration.figure(on: date, standing: nil, measures: measured) }
            switch (alone, together) {
            case (.success(let alone), .success(let together)):
                #expect(alone == together, "seed \(seed), \(date)")
                compared += 1
            case (.failure(let alone), .failure(let together)): #expect("\(alone)" == "\(together)", "seed \(seed)")
            default: Issue.record("seed \(seed), \(date): \(alone) and \(together)")
            }
        }
        #expect(compared > 5, "seed \(seed)")
    }

    @Test func `a walk waits only for observations and years`() throws {
        let levels = (1...40).map { "\($0 * $0 % 17 + 1)" }
        let waiting = try ScanRangeCalibration(
            scanRange { $0.minObservations = 10 }, history: CalibrationTests.history(levels))
        #expect(try waiting.waits(at: 9))
        #expect(try !waiting.waits(at: 10))
        let torn = try ScanRangeCalibration(
            scanRange { $0.minObservations = 10 },
            history: CalibrationTests.history(levels, skipping: Set(2...12)))
        #expect(refusal { _ = try torn.waits(at: 3) } == "history_gap X 2024-01-14")
    }
}
