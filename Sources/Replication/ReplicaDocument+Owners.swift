import ClearingModel
import Margining
import Quantities

extension ReplicaDocument {
    /// How an owner's requirement in a currency follows from its lines (docs/methodology.md §6.8).
    package enum RequirementRule: String, Encodable, Sendable {
        /// max(0, Σ initial risk + add-back − Σ net option value).
        case netOptionValue = "net_option_value"
        /// Σ max(0, initial risk − net option value) + add-back.
        case cappedNetOptionValue = "capped_net_option_value"
        /// 0: all positions are long premium-style options.
        case longOptionsOnly = "long_options_only"
    }

    /// One owner's requirement in one currency; the names are those of the report `requirement-by-owner`.
    package struct OwnerPart: Encodable, Sendable {
        package let owner: String
        package let currency: String
        package let initialRisk: String
        package let netOptionValue: String
        package let offsetAddBack: String
        package let requirement: String
        package let rule: RequirementRule
        package let riskLines: [RiskLinePart]
    }

    /// What adds up to an owner's initial risk: a combined commodity, or a scan-based spread with its legs as one.
    package struct RiskLinePart: Encodable, Sendable {
        package let line: String
        package let initialRisk: String
        package let netOptionValue: String
        /// max(0, initial risk − net option value): what the line adds where net option value is capped.
        package let cappedRequirement: String
    }
}

extension ReplicaDocument.OwnerPart {
    init(
        _ part: CurrencyRequirement, of owner: OwnerRequirement, _ account: ReplicatedAccount, _ book: MarginBook
    ) {
        self.owner = account.owners[owner.owner].text
        currency = part.requirement.currency.code.description
        initialRisk = part.initialRisk.text
        netOptionValue = part.netOptionValue.text
        offsetAddBack = part.offsetAddBack.text
        requirement = part.requirement.text
        rule =
            part.isLongPremiumOptionsOnly
            ? .longOptionsOnly : account.netOptionValueIsCapped ? .cappedNetOptionValue : .netOptionValue
        riskLines = owner.riskLines.filter { $0.risk.currency == part.requirement.currency }.map { line in
            let left = max(0, line.initialRisk.minorUnits - line.netOptionValue.minorUnits)
            return ReplicaDocument.RiskLinePart(
                line: line.source.code(in: book), initialRisk: line.initialRisk.text,
                netOptionValue: line.netOptionValue.text,
                cappedRequirement: Money(minorUnits: left, currency: line.risk.currency).text)
        }
    }

    /// The requirement as an equation of figures that stand beside it or below it.
    var equation: String {
        let addBack = Self.isZero(offsetAddBack) ? "" : " + \(offsetAddBack) add-back"
        switch rule {
        case .netOptionValue:
            let isFloored = Self.isZero(requirement) ? ", floored at 0" : ""
            return
                "\(initialRisk) initial risk\(addBack) − \(netOptionValue) net option value\(isFloored) → "
                + requirement
        case .cappedNetOptionValue:
            return "Σ max(0, initial risk − net option value)\(addBack) → \(requirement)"
        case .longOptionsOnly: return "long premium-style options only → \(requirement)"
        }
    }

    /// The addends of a capped requirement, one a line; none where the equation has all.
    var addends: [String] {
        guard rule == .cappedNetOptionValue else { return [] }
        return riskLines.map {
            "\($0.line): max(0, \($0.initialRisk) − \($0.netOptionValue)) = \($0.cappedRequirement)"
        }
    }

    private static func isZero(_ amount: String) -> Bool { !amount.contains { ("1"..."9").contains($0) } }
}

extension RiskLine.Source {
    /// The combined commodity or spread; a risk group is in no published file.
    fileprivate func code(in book: MarginBook) -> String {
        switch self {
        case .combinedCommodity(let index): book.combinedCommodities[index].code.text
        case .scanSpread(let index): book.interSpreads[index].code.text
        case .riskGroup(let index): "risk group \(index)"
        }
    }
}
