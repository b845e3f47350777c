import Calibration
import Cases
import EndOfDay
import Foundation
import Runtime
import TestSupport
import Testing
import Validation

extension CaseTests {
    /// Cases of validation, by houses of our own (Houses/Validation; arithmetic by hand, statistics by scipy).
    @Suite struct ValidationCaseTests {
        private static let folder = Checkout.root + "/Tests/CasesTests/Houses/Validation"

        @Test func `every case agrees`() async throws {
            let report = try await results(of: [Self.folder])
            for result in report.results { #expect(result.text == "ok       \(result.name)") }
            #expect(report.summary == "5 agree, 0 differ, 0 refused")
        }

        /// Each refusal that a small case can bring about is a fixture of its name; `every fixture agrees` runs them.
        @Test func `every refusal of calibration and validation has a case`() throws {
            func cases(_ folder: String) throws -> Set<String> {
                let names = try FileManager.default.contentsOfDirectory(atPath: "\(Checkout.fixtures)/\(folder)")
                return Set(names.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) })
            }
            let ofOpinions: Set = [CalibrationFault.tooFewFactors, .tooFewTenors]
            let ofRules = Set(CalibrationFault.allCases).subtracting(ofOpinions)
            #expect(try cases("calibration-refusals") == Set(ofRules.map(\.rawValue)))
            let ofNights: Set = [ValidationRule.notMargined, .coverageNotReached, .notSimulated, .arrayMissing]
            let stated = Set(ValidationRule.allCases).subtracting(ofNights.union([.yearNotReached]))
            #expect(try cases("validation-refusals") == Set(stated.map(\.rawValue)))
        }

        /// Each figure that a case may state is compared: of each, one digit is changed.
        @Test func `changed figures are told by their place`() async throws {
            let changes = [
                (
                    "frozen-positions", "\"exposure\": \"250.00\"", "\"exposure\": \"250.01\"",
                    "nights[2025-06-17].exposure"
                ),
                (
                    "frozen-positions", "\"verdict\": \"reject\"", "\"verdict\": \"watch\"",
                    "results.verdict is \"reject\""
                ),
                ("frozen-positions", "\"coverage\": \"2/3\"", "\"coverage\": \"3/4\"", "results.raw.coverage"),
                ("frozen-positions", "\"item\": \"W-C\"", "\"item\": \"W-F\"", "refused the case expects"),
                (
                    "hypothetical-portfolios", "\"margin\": \"750.00\"", "\"margin\": \"751.00\"",
                    "portfolios[SPREAD].margin"
                ),
                ("hypothetical-portfolios", "\"-2200.00\"", "\"-2200.01\"", "products[WHEAT short].exposure"),
                ("procyclical-margins", "\"cost\": 0.25", "\"cost\": 0.26", "procyclicality.cost is 0.25"),
                ("walk-forward", "\"figure\": \"12\"", "\"figure\": \"13\"", "walk_forward.figures[3].figure"),
                ("walk-forward", "calibration_rule_range", "calibration_rule_incomplete", "sensitivity[1].refused"),
                (
                    "other-kind", "\"item\": \"SPREAD\"", "\"item\": \"LONG\"",
                    "the case expects hypothetical_kind: LONG"
                ),
            ]
            try await withScratchFolder { scratch in
                var paths: [String] = []
                for (index, change) in changes.enumerated() {
                    let copy = "\(scratch)/\(index)-\(change.0).json"
                    paths.append(try edited("\(Self.folder)/\(change.0).json", change.1, change.2, to: copy))
                }
                let report = try await results(of: paths)
                for (result, change) in zip(report.results, changes) {
                    #expect(result.text.contains(change.3), "\(result.text)")
                }
                #expect(report.summary == "0 agree, \(changes.count) differ, 0 refused", "\(report.text)")
            }
        }

        /// The future settles at 5.90 on the business date, having no expiry, and gains 0.60; the call on it, which
        /// expires a day earlier, has no price of its own left and comes to 0.40.
        @Test func `a final price is what a contract comes to on the way, an option's that of its future`() async throws
        {
            try await withScratchFolder { scratch in
                let settling = try edited(
                    "\(Self.folder)/frozen-positions.json", "\"settlement\": \"5.50\"",
                    "\"settlement\": \"5.50\", \"final_settlement\": \"5.90\"", to: scratch + "/1.json")
                let expiring = try edited(
                    settling, "\"expiry\": \"2025-08-22\"", "\"expiry\": \"2025-06-19\"", to: scratch + "/2.json")
                let asking = try edited(
                    expiring, "\"exposure\": null", "\"exposure\": \"0.00\"", to: scratch + "/3.json")
                let result = try #require(try await results(of: [asking]).results.first)
                guard case .differs(let differences) = result.outcome else {
                    Issue.record("\(result)")
                    return
                }
                for figure in ["nights[2025-06-18].exposure is \"-1250\"", "nights[2025-06-19].exposure is \"-3000\""] {
                    #expect(differences.contains { $0.contains(figure) }, "\(differences)")
                }
            }
        }

        @Test func `what is not known, or out of its range, is refused by its name`() async throws {
            let changes = [
                (
                    "frozen-positions", "\"horizon_days\": 1", "\"horizon\": 1",
                    "unknown key horizon in input.validation"
                ),
                (
                    "frozen-positions", "\"confidence\": \"0.99\"", "\"confidence\": \"0.4\"",
                    "backtest_range: backtest: 0.4"
                ),
                (
                    "frozen-positions", "\"long\": 2", "\"lang\": 2",
                    "unknown key lang in input.validation.nights.positions"
                ),
                ("walk-forward", "\"parameter\": \"look_back_days\"", "\"parameter\": \"z\"", "parameter z is unknown"),
                ("walk-forward", "\"return_kind\": \"absolute\"", "\"return_kind\": \"square\"", "return_kind square"),
            ]
            try await withScratchFolder { scratch in
                var paths: [String] = []
                for (index, change) in changes.enumerated() {
                    let copy = "\(scratch)/\(index)-\(change.0).json"
                    paths.append(try edited("\(Self.folder)/\(change.0).json", change.1, change.2, to: copy))
                }
                let report = try await results(of: paths)
                for (result, change) in zip(report.results, changes) {
                    #expect(result.text.contains(change.3), "\(result.text)")
                }
                #expect(report.exitCode == .inputRejected)
            }
        }

        /// The same format, computed separately.
        @Test(
            .enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE does not name the evidence folder"),
            arguments: [81, 83, 85, 87, 89, 91])
        func `separately computed cases agree to the figure`(number: Int) async throws {
            let folder = Evidence.path("cases-tail")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            let name = try #require(names.first { $0.hasPrefix("\(number)-") })
            let report = try await results(of: ["\(folder)/\(name)"])
            #expect(report.text == "ok       \(name.dropLast(5))")
        }
    }
}
