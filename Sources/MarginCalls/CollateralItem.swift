import ClearingModel
import Parameters
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
    /// Whether it is paid back by the business date.
    package let hasMatured: Bool

    package init(
        item: CollateralItemCode, currency: CurrencyCode, quantity: ExactDecimal, price: ExactDecimal,
        haircut: ExactDecimal, issuer: IssuerCode, issuerGroup: CompanyGroupCode?,
        collateralClass: CollateralClassCode, isEligible: Bool, hasMatured: Bool = false
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
        self.hasMatured = hasMatured
    }
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
