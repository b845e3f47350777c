import Calibration
import ClearingModel
import Quantities
import Scenarios
import TestSupport
import Testing

/// Against numpy and scipy as jobs/setup-quantlib.sh installs them: shrunk correlations, components and groups of the
/// levels that the script makes (docs/methodology.md §10.6).
@Suite(.enabled(if: PinnedPython.isInstalled, "numpy and scipy are not installed: run jobs/setup-quantlib.sh"))
struct LearningPackagesTests {
    /// One case of the script: its rows by kind and name.
    private struct Case {
        var values: [String: [String: String]] = [:]

        func number(_ kind: String, _ name: String) throws -> Double {
            try #require(values[kind]?[name].flatMap(Double.init), "\(kind) \(name)")
        }
        func numbers(_ kind: String, _ name: String) throws -> [Double] {
            try #require(values[kind]?[name], "\(kind) \(name)").split(separator: " ").compactMap { Double($0) }
        }
    }

    private static func cases() throws -> [Case] {
        var found: [String: Case] = [:]
        for row in try PinnedPython.rows(of: "Tests/CalibrationTests/Packages/learning.py").map(\.cells) {
            let (number, kind) = (try #require(row["case"]), try #require(row["kind"]))
            found[number, default: Case()].values[kind, default: [:]][try #require(row["name"])] = row["value"]
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    @Test func `shrinkage, components and groups are those of numpy and scipy`() throws {
        let cases = try Self.cases()
        #expect(cases.count == 7)
        var (shrunkCases, groupCounts) = (0, Set<Int>())
        for one in cases {
            let levels = try #require(one.values["levels"]).sorted { $0.key < $1.key }
            var histories: [RiskFactorCode: FactorHistory] = [:]
            for (factor, text) in levels {
                histories[RiskFactorCode(factor)] = try history(
                    text.split(separator: " ").map(String.init), factor: factor)
            }
            let rules = levels.map { factor, _ in
                CalibrationRule(
                    item: .priceScanRange, key: CalibrationKey("C \(factor)"), kind: .amount,
                    basis: .factor(RiskFactorCode(factor)), confidence: exact("0.99"), increment: .one)
            }
            let days = (histories[RiskFactorCode("F00")]?.dates.count ?? 0) - 1
            let learned = LearnedCorrelations(
                rules, histories: histories, on: day(days), SecondOpinionTests.terms(days))
            let correlation = try learned.now.correlation.get()
            #expect(abs(correlation.intensity - (try one.number("intensity", ""))) < 1e-10)
            #expect(abs(correlation.target - (try one.number("target", ""))) < 1e-12)
            if correlation.intensity > 0, correlation.intensity < 1 { shrunkCases += 1 }
            for left in correlation.factors.indices {
                for right in correlation.factors.indices where right > left {
                    let theirs = try one.number("shrunk", "\(left) \(right)")
                    #expect(abs(correlation.shrunk[left][right] - theirs) < 1e-10)
                }
            }
            try Self.compareGroups(one, correlation, &groupCounts)
            guard levels.count > 2 else { continue }
            let components = try CurveComponents(PriceCurve.curves(rules)[0], learned, on: day(days))
            for place in 0..<3 {
                #expect(abs(components.shares[place] - (try one.number("share", "\(place)"))) < 1e-12)
                for (ours, theirs) in zip(components.loadings[place], try one.numbers("loadings", "\(place)")) {
                    #expect(abs(ours - theirs) < 1e-9, "loading \(place)")
                }
            }
        }
        #expect(shrunkCases >= 5 && groupCounts.count >= 4)
    }

    /// Which products stand together, whatever the groups are called.
    private static func compareGroups(
        _ one: Case, _ correlation: ShrunkCorrelation, _ counts: inout Set<Int>
    ) throws {
        let rules = correlation.factors.map { factor in
            CalibrationRule(
                item: .priceScanRange, key: CalibrationKey(factor.text), kind: .amount, basis: .factor(factor),
                confidence: exact("0.99"), increment: .one)
        }
        for cut in ["0.9", "1", "1.1", "1.2", "1.3"] {
            let ours = ProductGroups(PricedProduct.products(rules), correlation, cut: exact(cut))
            let theirs = try one.numbers("groups", cut)
            for left in theirs.indices {
                for right in theirs.indices where right > left {
                    #expect((ours.group(of: left) == ours.group(of: right)) == (theirs[left] == theirs[right]))
                }
            }
            counts.insert(ours.groups.count)
        }
    }
}
