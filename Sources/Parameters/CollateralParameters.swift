import ClearingModel
import Quantities

/// A collateral asset by its code.
package struct CollateralAssetCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A class of collateral that a limit may name.
package struct CollateralClassCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
    /// Cash: exempt from the issuer limit (methodology §11).
    package static let cash = CollateralClassCode("cash")
}

/// How much of an asset's price counts as collateral.
package struct CollateralHaircut: Hashable, Sendable {
    /// Share of the price that does not count, 0 … 1.
    package let haircut: ExactDecimal
    /// Whether the asset counts at all.
    package let isEligible: Bool

    package init(haircut: ExactDecimal, isEligible: Bool) {
        self.haircut = haircut
        self.isEligible = isEligible
    }
}

/// How much of an account's accepted collateral one issuer and one class may make up; nothing given, no limit.
package struct CollateralLimits: Sendable {
    /// Share 0 … 1 of the accepted value before any limit that any one issuer other than of cash may have.
    package let issuerShare: ExactDecimal?
    /// Shares 0 … 1 of the same value by class, cash too where it is named.
    package let classShares: [CollateralClassCode: ExactDecimal]

    package init(issuerShare: ExactDecimal?, classShares: [CollateralClassCode: ExactDecimal]) {
        let shares = Array(classShares.values) + (issuerShare.map { [$0] } ?? [])
        precondition(shares.allSatisfy { $0 >= .zero && $0 <= .one }, "a limit is a share between 0 and 1")
        self.issuerShare = issuerShare
        self.classShares = classShares
    }

    package static let none = CollateralLimits(issuerShare: nil, classShares: [:])
}
