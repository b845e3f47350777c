import Quantities
import TestSupport
import Testing
import Validation

/// Against the releases of scipy and vartests that jobs/setup-quantlib.sh installs, asked when the test runs: what both
/// have of docs/methodology.md §12.2, none and all exceptions among it.
@Suite(.enabled(if: PinnedPython.isInstalled, "scipy and vartests are not installed: run jobs/setup-quantlib.sh"))
struct PackageAgreementTests {
    @Test func `coverage, its interval, both tails, zones and Kupiec's ratio are those of scipy and vartests`() throws {
        let rows = try PinnedPython.rows(of: "Tests/ValidationTests/Packages/coverage.py").map(\.cells)
        #expect(rows.count >= 90)
        for row in rows {
            func number(_ column: String) throws -> Double {
                try #require(row[column].flatMap(Double.init), "\(column)")
            }
            let found = CoverageTests(
                nights: Int(try number("nights")), exceptions: Int(try number("exceptions")), pairs: ExceptionPairs(),
                terms: try ValidationTerms(
                    confidence: #require(row["confidence"].flatMap { ExactDecimal($0) }), horizonDays: 1))
            // Theirs are of failures, ours of what is covered.
            for (name, ours, columns) in [
                ("lower end", 1 - found.coverageInterval.upper, ["lower", "vartests_lower"]),
                ("upper end", 1 - found.coverageInterval.lower, ["upper", "vartests_upper"]),
                ("P(X ≥ x)", found.atLeastP, ["at_least", "vartests_at_least"]),
                ("P(X ≤ x)", found.atMostP, ["at_most", "vartests_at_most"]),
                ("Kupiec's ratio", found.proportionOfFailures, ["kupiec"]),
                ("its p-value", found.proportionOfFailuresP, ["kupiec_p"]),
                ("first yellow", Double(found.trafficLight.firstYellow), ["yellow"]),
                ("first red", Double(found.trafficLight.firstRed), ["red"]),
            ] {
                // Theirs is a difference of large logarithms, and a p-value near 1 goes by the root of what is left.
                let noise = columns == ["kupiec_p"] ? 2e-6 : 1e-10
                for column in columns {
                    let theirs = try number(column)
                    #expect(
                        abs(ours - theirs) <= max(noise, 1e-8 * abs(theirs)),
                        "\(name) of \(row): \(ours), \(column) \(theirs)")
                }
            }
        }
    }
}
