import Calibration
import ClearingModel
import Foundation
import Operations
import Quantities
import Scenarios
import Validation

/// Walks rules over whole histories and calibrates fifty commodities: bench-calibration RULES HISTORIES.
///
/// Prints a line for each walk and for the sum of the calibrated values, then the seconds of both, each the best of
/// some passes, without reading files. `calibrate.py` does the same on the same files.
@main struct BenchCalibration {
    struct Failure: Error { let message: String }

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { throw Failure(message: "usage: bench-calibration RULES HISTORIES") }
        let walks = try RuleFolder(arguments[1]).walks(over: HistoryFiles([arguments[2]]), through: nil)
        try await walk(walks)
        try await calibrate(walks)
    }

    static func best<T>(_ passes: Int, _ body: () async throws -> T) async throws -> (seconds: Double, value: T) {
        let clock = ContinuousClock()
        var seconds = Double.infinity
        var start = clock.now
        var value = try await body()
        for pass in 0..<passes {
            if pass > 0 {
                start = clock.now
                value = try await body()
            }
            seconds = min(seconds, (clock.now - start) / .seconds(1))
        }
        return (seconds, value)
    }

    static func walk(_ walks: [StatedWalk]) async throws {
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let (seconds, found) = try await best(7) {
            try await HistoryWalks.walked(walks, from: nil, riseDays: 10, threads: threads)
        }
        for walked in found.joined() {
            let whole = walked.summary.whole
            let rises = [2008, 2020].map { walked.summary.year($0)?.rise ?? 0 }
            print(
                "walk,\(walked.stated.code),\(walked.variant.rawValue),\(whole.nights),\(whole.exceptions),"
                    + "\(whole.mean)," + rises.map { "\($0)" }.joined(separator: ","))
        }
        print("seconds,walk,\(seconds)")
    }

    /// Each history as so many commodities, of other prices, in differences and in logarithms where it can be, with
    /// floor and stressed moves.
    static func calibrate(_ walks: [StatedWalk]) async throws {
        var rules: [CalibrationRule] = []
        var histories: [RiskFactorCode: FactorHistory] = [:]
        for number in 0..<50 {
            let walk = walks[number % walks.count]
            let isLog = number % 2 == 1 && walk.history.levels.allSatisfy { $0 > .zero }
            let factor = RiskFactorCode("C\(number)")
            let scale = ExactDecimal(mantissa: Int128(100 + number), scale: 2)
            histories[factor] = try FactorHistory(
                factor: factor, returnKind: isLog ? .log : .absolute, dates: walk.history.dates,
                levels: walk.history.levels.map { $0 * scale })
            var rule = CalibrationRule(
                item: .priceScanRange, key: CalibrationKey("C\(number)"), kind: .amount, basis: .factor(factor),
                confidence: walk.terms.rule.confidence, increment: ExactDecimal(mantissa: 1, scale: 3))
            rule.horizonDays = 2
            rule.lookBackDays = 1250
            rule.maxGapDays = 15
            rule.volatility = walk.terms.rule.volatility
            rule.floor = FloorTool(years: 10)
            rule.stressedWeight = ExactDecimal(mantissa: 25, scale: 2)
            rule.stressedWindows = walk.terms.rule.stressedWindows
            rule.buffer = BufferTool(size: ExactDecimal(mantissa: 25, scale: 2))
            rules.append(rule)
        }
        let last = walks.compactMap { $0.history.dates.last }.max() ?? BusinessDate(year: 2000, month: 1, day: 1)
        let (stated, known) = (rules, histories)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let (seconds, found) = try await best(21) {
            try await CalibrationProposal.compute(
                on: last, rules: stated, histories: known, standing: [:], threads: threads)
        }
        let sum = found.figures.reduce(0.0) { $0 + $1.new.double }
        print("calibrated,\(found.figures.count),\(sum)")
        print("seconds,calibrate,\(seconds)")
    }
}
