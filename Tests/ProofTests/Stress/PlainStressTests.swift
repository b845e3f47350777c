import PlainMargin
import TestSupport
import Testing

/// The second implementation of §8 against the separately computed cases: every figure of each.
@Suite(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE is not set"))
struct PlainStressTests {
    static let cases = [
        "61-client-floors", "63-guaranty-fund-exceeded", "65-negative-price-product", "67-reverse-stress",
        "69-twist-by-delivery-month",
    ]

    @Test(arguments: cases) func `the document's second implementation gives every figure`(_ name: String) throws {
        let stressCase = try StressCase(path: Evidence.path("cases-tail/\(name).json"))
        let found = try stressCase.house.stress().document(stressCase.house)
        let differences = stressCase.expected.differences(from: found)
        #expect(differences.isEmpty, "\(differences.prefix(20).joined(separator: "\n"))")
    }
}
