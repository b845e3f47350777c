import ClearingModel
import Calibration
import Margining
import PlainMargin
import Quantities
import TestSupport
import Testing

/// The product's calibration (`Sources/Calibration`) against the second implementation: every figure of random rules
/// and histories, and of refused ones the rule with what it names. A failure prints the seed of its house.
struct CalibrationAgreementTests {
    private static let seeds = UInt64(10_000)..<11_000

    /// What the houses must have had, and how often at least.
    private static let least = [
        "quantile": 20, "ewma": 20, "stressed": 10, "floor": 5, "1y": 1, "3y": 1, "S1": 1, "zero": 1, "cap": 1,
        "initial": 5, "kept": 3, "drawn": 3, "exhausted": 3, "rebuilding": 2, "full": 2, "up": 5, "down": 5,
        "below_core": 2, "above_core": 1, "broken": 1, "history_stale": 2, "history_gap": 2, "history_hole": 1,
        "log_of_non_positive": 2, "too_few_observations": 5, "history_too_short": 1, "history_not_moving": 2,
        "haircut": 5, "volatility_scan_range": 5, "intra_spread": 5, "offset_rate": 1,
    ]

    @Test func `both implementations give every figure of random calibrations`() {
        var tally: [String: Int] = [:]
        var failures = 0
        for seed in Self.seeds where failures < 5 {
            var draw = CalibrationHouse(seed: seed)
            let differences = Self.differences(of: draw.make(), &tally)
            #expect(differences.isEmpty, "seed \(seed): \(differences.joined(separator: "\n"))")
            failures += differences.isEmpty ? 0 : 1
        }
        for (mark, count) in Self.least.sorted(by: { $0.key < $1.key }) {
            #expect(tally[mark, default: 0] >= count, "\(mark): \(tally[mark, default: 0])")
        }
    }

    private static func differences(of house: PlainCalibrationHouse, _ tally: inout [String: Int]) -> [String] {
        let expected: [PlainProposal]
        do throws(PlainCalibrationRefusal) {
            expected = try house.propose()
        } catch {
            tally[error.rule, default: 0] += 1
            do {
                _ = try CalibrationTranslation(house: house).proposal()
                return ["refused is nothing, not \(error)"]
            } catch let refusal as CalibrationRefusal {
                let found = "\(refusal.rule.rawValue) \(refusal.item)"
                return found == error.description ? [] : ["refused is \(found), not \(error)"]
            } catch {
                return ["\(error)"]
            }
        }
        do {
            let found = try CalibrationTranslation(house: house).proposal().figures
            guard found.count == expected.count else { return ["\(found.count) figures, not \(expected.count)"] }
            return zip(found, expected).flatMap { figure, plain in
                count(plain, &tally)
                return differences(figure, plain)
            }
        } catch {
            return ["\(error), not figures"]
        }
    }

    private static func count(_ plain: PlainProposal, _ tally: inout [String: Int]) {
        let broken = plain.correlations?.isBroken == true ? "broken" : ""
        for mark in [plain.item, plain.bound, plain.bufferState, plain.limited, plain.flag, broken] {
            tally[mark, default: 0] += 1
        }
    }

    private static func differences(_ found: CalibratedFigure, _ plain: PlainProposal) -> [String] {
        var lines: [String] = []
        func exact(_ name: String, _ found: String, _ wanted: String) {
            if found != wanted { lines.append("\(plain.item) \(plain.key): \(name) is \(found), not \(wanted)") }
        }
        func close(_ name: String, _ found: Double?, _ wanted: Double?) {
            guard let found, let wanted else {
                return exact(name, found.map { "\($0)" } ?? "none", wanted.map { "\($0)" } ?? "none")
            }
            if abs(found - wanted) > max(1.1e-12, 1e-9 * abs(wanted)) { exact(name, "\(found)", "\(wanted)") }
        }
        func decimal(_ name: String, _ found: ExactDecimal?, _ wanted: Rational?) {
            exact(
                name, found.map { "\($0)" } ?? "none",
                wanted.map { "\(CalibrationTranslation.decimal($0))" } ?? "none")
        }
        exact("row", "\(found.item.rawValue) \(found.key)", "\(plain.item) \(plain.key)")
        exact("bounds", "\(found.bounds.map(\.name.description))", "\(plain.bounds.map(\.name))")
        for (bound, wanted) in zip(found.bounds, plain.bounds) {
            close("\(wanted.name)", bound.value.double, PlainNumber.exact(wanted.value.published).double)
        }
        exact("bound", "\(found.bound)", plain.bound)
        close("core", found.core.double, PlainNumber.exact(plain.core).double)
        close("buffer", found.buffer?.share.double, plain.buffer.map { PlainNumber.exact($0).double })
        exact("buffer state", found.buffer?.state.rawValue ?? "", plain.bufferState)
        close("before limit", found.beforeLimit.double, PlainNumber.exact(plain.beforeLimit).double)
        decimal("old", found.old, plain.old)
        exact("limited", found.limited.rawValue, plain.limited)
        exact("flag", found.flag?.rawValue ?? "", plain.flag)
        decimal("new", found.new, plain.new)
        decimal("change", found.change, plain.change)
        exact("observations", "\(found.observations)", "\(plain.observations)")
        exact("first day", "\(found.firstDay)", "\(plain.firstDay)")
        exact("last day", "\(found.lastDay)", "\(plain.lastDay)")
        close("r20", found.correlationBreak?.recent, plain.correlations?.recent)
        close("r250", found.correlationBreak?.earlier, plain.correlations?.earlier)
        close("z", found.correlationBreak?.statistic, plain.correlations?.z)
        exact("broken", "\(found.correlationBreak?.isBroken == true)", "\(plain.correlations?.isBroken == true)")
        return lines
    }
}
