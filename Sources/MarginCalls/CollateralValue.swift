import ClearingModel
import Parameters
import Quantities

/// Why a collateral item counts for less than its value; the raw value is the code in results and reports.
package enum CollateralExclusion: String, Sendable {
    case none = ""
    case matured
    case notEligible = "not_eligible"
    case ownGroup = "own_group"
    case issuerLimit = "issuer_limit"
    case classLimits = "class_limits"
}

/// What one collateral item is worth in the call currency.
package struct CollateralValue: Hashable, Sendable {
    package let item: CollateralItem
    package let conversion: ConversionRate
    /// After haircuts, before eligibility and limits; 0 or more.
    package let valueBeforeLimits: Money
    /// What counts; 0 to `valueBeforeLimits`.
    package internal(set) var acceptedValue: Money
    /// The last rule that took something off.
    package internal(set) var excluded: CollateralExclusion
}

/// Values an account's collateral in the call currency, ascending by item (methodology §11).
///
/// A line is quantity · price · (1 − haircut) · rate · (1 − FX haircut where the currency differs), rounded once, half
/// away from zero. Items that have matured count 0, then those that are not eligible, then paper of the member's own
/// group. The issuer limit, then the class limit, is its share of the accepted value before any limit, rounded half
/// away; the excess comes off the last items by code. Issuers of cash are exempt from the issuer limit. O(n log n).
/// Throws `repeatedItem`, `noRate` or `collateralOutOfRange`.
package func valuedCollateral(
    _ items: [CollateralItem], memberGroup: CompanyGroupCode?, limits: CollateralLimits, rates: CallCurrencyRates
) throws(MarginCallsError) -> [CollateralValue] {
    var values: [CollateralValue] = []
    values.reserveCapacity(items.count)
    for item in items.sorted(by: { $0.item < $1.item }) {
        if values.last?.item.item == item.item { throw .repeatedItem(item.item) }
        values.append(try lineValue(of: item, memberGroup: memberGroup, rates: rates))
    }
    let total = acceptedTotal(of: values, in: rates.callCurrency)
    if let share = limits.issuerShare {
        let limit = try limitAmount(share, of: total)
        let issuers = Dictionary(grouping: values.indices.filter { values[$0].item.collateralClass != .cash }) {
            values[$0].item.issuer
        }
        for issuer in issuers.keys.sorted() {
            applyLimit(limit, to: issuers[issuer] ?? [], of: &values, reason: .issuerLimit)
        }
    }
    for name in limits.classShares.keys.sorted() {
        let limit = try limitAmount(limits.classShares[name] ?? .one, of: total)
        let indices = values.indices.filter { values[$0].item.collateralClass == name }
        applyLimit(limit, to: indices, of: &values, reason: .classLimits)
    }
    return values
}

/// The sum of what counts.
package func acceptedTotal(of values: [CollateralValue], in callCurrency: Currency) -> Money {
    values.reduce(.zero(callCurrency)) { $0 + $1.acceptedValue }
}

private func lineValue(
    of item: CollateralItem, memberGroup: CompanyGroupCode?, rates: CallCurrencyRates
) throws(MarginCallsError) -> CollateralValue {
    let conversion: ConversionRate
    do {
        conversion = try rates.rate(from: item.currency)
    } catch {
        throw .conversion(error)
    }
    guard
        let assetValue = item.quantity.checkedProduct(item.price)?.checkedProduct(.one - item.haircut),
        let units = assetValue.minorUnits(
            times: conversion.rate * (.one - conversion.haircut), decimals: rates.callCurrency.decimals)
    else { throw .collateralOutOfRange(item.item) }
    let excluded: CollateralExclusion =
        if item.hasMatured {
            .matured
        } else if !item.isEligible {
            .notEligible
        } else if let group = item.issuerGroup, group == memberGroup {
            .ownGroup
        } else {
            .none
        }
    let value = Money(minorUnits: units, currency: rates.callCurrency)
    return CollateralValue(
        item: item, conversion: conversion, valueBeforeLimits: value,
        acceptedValue: excluded == .none ? value : .zero(rates.callCurrency), excluded: excluded)
}

private func limitAmount(_ share: ExactDecimal, of total: Money) throws(MarginCallsError) -> Money {
    guard let units = total.amount.minorUnits(times: share, decimals: total.currency.decimals) else {
        throw .conversion(.outOfRange(from: total.currency.code))
    }
    return Money(minorUnits: units, currency: total.currency)
}

/// Takes what `indices` hold above `limit` off the last of them first.
private func applyLimit(
    _ limit: Money, to indices: [Int], of values: inout [CollateralValue], reason: CollateralExclusion
) {
    var excess = indices.reduce(Int64(0)) { $0 + values[$1].acceptedValue.minorUnits } - limit.minorUnits
    for index in indices.reversed() where excess > 0 {
        let cut = min(excess, values[index].acceptedValue.minorUnits)
        guard cut > 0 else { continue }
        values[index].acceptedValue = values[index].acceptedValue - Money(minorUnits: cut, currency: limit.currency)
        values[index].excluded = reason
        excess -= cut
    }
}
