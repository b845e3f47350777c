import ClearingModel
import Margining
import Quantities
import TestSupport
import Testing

@Suite(.enabled(if: Evidence.isPresent, "MARGIN_EVIDENCE does not name the evidence folder"))
struct EvidenceTests {
    /// Members of an expected account that belong to other sections than §5 and §6.
    private static let elsewhere = [
        "add_ons", "variation_margin", "collateral", "margin_call", "closing_positions", "underestimation",
    ]

    @Test(arguments: Evidence.caseFiles)
    func `every figure of sections 5 and 6 agrees with the case`(file: String) throws {
        let file = try JSONValue.file("\(Evidence.cases)/\(file)")
        guard let expected = file["expected"]?["accounts"]?.list, file["expected"]?["risk_arrays"] != nil else {
            return
        }
        let evidence = try EvidenceCase(file)
        var scratch = KernelScratch()
        let document = RequirementDocument(book: evidence.book)
        #expect(expected.count == evidence.accounts.count)
        for expected in expected {
            let id = try expected.text("id")
            let account = try #require(evidence.accounts.first { $0.terms.account.text == id })
            let requirement = try evidence.kernel.requirement(
                of: account.terms, positions: account.positions[...], scratch: &scratch)
            let wanted = expected.members.filter { !Self.elsewhere.contains($0.key) }
            var found = document.account(requirement, terms: account.terms).members
            // Cases of other sections leave the combined commodities out.
            if wanted["combined_commodities"] == nil { found["combined_commodities"] = nil }
            let differences = JSONValue.object(wanted).differences(
                from: .object(found), at: account.terms.account.text)
            #expect(differences == [])
            try checkUnderestimation(expected, account: account, kernel: evidence.kernel)
        }
    }

    private func checkUnderestimation(
        _ expected: JSONValue, account: (terms: AccountTerms, positions: [Position], input: JSONValue),
        kernel: MarginKernel
    ) throws {
        guard let expected = expected["underestimation"] else { return }
        var scratch = KernelScratch()
        let cuts: [(String, CreditRateCut)] = [
            ("full", .none), ("0.1", .by(ExactDecimal(mantissa: 1, scale: 1))),
            ("0.2", .by(ExactDecimal(mantissa: 2, scale: 1))), ("none", .toNothing),
        ]
        for (key, cut) in cuts {
            let requirement = try kernel.requirement(
                of: account.terms, positions: account.positions[...], creditRateCut: cut, scratch: &scratch)
            #expect(try requirement.requirement.amount == expected.decimal(key))
        }
    }
}
