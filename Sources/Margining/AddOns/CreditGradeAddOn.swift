import Quantities

/// What a member's credit grade adds to an account (methodology §9).
///
/// (multiplier − 1) · requirement after net option value, in the call currency, half away from zero; 0 for a multiplier
/// of 1 or less. The requirement itself is not multiplied. `item` names the line; an account has one.
package func creditGradeAddOn(
    requirement: Money, multiplier: ExactDecimal, item: AddOnItemCode = AddOnItemCode("requirement")
) throws(AddOnError) -> AddOnLine {
    precondition(requirement.minorUnits >= 0, "a requirement is never negative")
    let added = max(.zero, multiplier - .one)
    guard let units = requirement.amount.minorUnits(times: added, decimals: requirement.currency.decimals) else {
        throw .amountOutOfRange(item)
    }
    return AddOnLine(
        kind: .credit, item: item, base: requirement, driver: "credit multiplier \(multiplier)",
        multiplier: multiplier, amount: Money(minorUnits: units, currency: requirement.currency))
}
