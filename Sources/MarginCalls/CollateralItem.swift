import ClearingModel
import Quantities

/// One holding in an account's collateral.
package struct CollateralItemCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// Who issued a security; cash has one too, by name.
package struct IssuerCode: IdentifyingCode {
    package let text: String
    package init(_ text: String) { self.text = text }
}

/// A group of companies under one control: of a clearing member or of an issuer.
package struct CompanyGroupCode: IdentifyingCode {
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

/// A holding of collateral at the business date's price.
package struct CollateralItem: Hashable, Sendable {
    package let item: CollateralItemCode
    package let currency: CurrencyCode
    /// Units, or an amount of cash; 0 or more.
    package let quantity: ExactDecimal
    /// Price of one unit in the asset's currency, 0 or more; 1 for cash.
    package let price: ExactDecimal
    /// Fraction 0 … 1 taken off the price.
    package let haircut: ExactDecimal
    package let issuer: IssuerCode
    package let issuerGroup: CompanyGroupCode?
    package let collateralClass: CollateralClassCode
    package let isEligible: Bool

    package init(
        item: CollateralItemCode, currency: CurrencyCode, quantity: ExactDecimal, price: ExactDecimal,
        haircut: ExactDecimal, issuer: IssuerCode, issuerGroup: CompanyGroupCode?,
        collateralClass: CollateralClassCode, isEligible: Bool
    ) {
        precondition(quantity >= .zero && price >= .zero, "collateral has no negative quantity or price")
        precondition(haircut >= .zero && haircut <= .one, "a haircut is a fraction")
        self.item = item
        self.currency = currency
        self.quantity = quantity
        self.price = price
        self.haircut = haircut
        self.issuer = issuer
        self.issuerGroup = issuerGroup
        self.collateralClass = collateralClass
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

/// A row of an account's collateral: what is valued, and the asset it is of.
package struct CollateralHolding: Sendable {
    package let asset: String
    package let item: CollateralItem

    package init(asset: String, item: CollateralItem) {
        self.asset = asset
        self.item = item
    }
}
