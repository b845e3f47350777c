import Quantities

/// Two reports that say different sums of the same thing.
package struct ReconciliationMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    /// The rule that is broken: `requirement = calls`, `calls = member summary` or `members = house`.
    package let rule: String
    /// Nil for the house.
    package let member: String?
    package let figure: String
    package let currency: CurrencyCode
    /// What each side says; zero where it says nothing.
    package let left: ExactDecimal
    package let right: ExactDecimal

    package var description: String {
        "\(rule): \(figure) of \(member ?? "the house") is \(left.plainText) \(currency) in one and "
            + "\(right.plainText) \(currency) in the other"
    }
}

/// Compares the sums that were taken while the reports were written (`ReportFolder.controlTotals`), exact, per
/// currency.
///
/// For every member the requirement report's converted requirements equal the calls' requirements, and the calls
/// equal the member's line of the house summary; the members' calls together equal the house's line. A sum that one
/// side lacks is zero. The order is rule, figure, currency, member; an empty result lets the run be published
/// (invariant I2).
package func reconcile(_ totals: [ControlTotal]) throws(ReportError) -> [ReconciliationMismatch] {
    let call = ReportCatalogue.marginCall.name
    let summary = ReportCatalogue.houseSummary
    let shared = Set(summary.totalledColumns.map { summary.columns[$0].name })
    let calls = totals.filter { $0.report == call && $0.member != nil }
    let sharedCalls = calls.filter { shared.contains($0.figure) }
    let requirements = totals.filter {
        $0.report == ReportCatalogue.requirement.name && $0.figure == "converted_requirement"
    }
    let memberLines = totals.filter { $0.report == summary.name && $0.member != nil }
    let houseLines = totals.filter { $0.report == summary.name && $0.member == nil }
    return mismatches(
        "requirement = calls", try sums(requirements, named: "requirement"),
        try sums(calls.filter { $0.figure == "requirement" }))
        + mismatches("calls = member summary", try sums(sharedCalls), try sums(memberLines))
        + mismatches("members = house", try sums(sharedCalls, perMember: false), try sums(houseLines))
}

/// The sums over all members, in the order of report, figure and currency; lines of the house itself are left out,
/// because they state the same sums once more.
func sumOverMembers(_ totals: [ControlTotal]) throws(ReportError) -> [ControlTotal] {
    var rows: [SumKey: Int64] = [:]
    let members = totals.filter { $0.member != nil }
    for total in members { rows[SumKey(total, perMember: false), default: 0] += total.rowCount }
    return try sums(members, perMember: false, perReport: true).sorted { $0.key < $1.key }.map { key, sum in
        ControlTotal(
            report: key.report, member: nil, figure: key.figure, currency: key.currency, amount: sum.amount,
            rowCount: rows[key] ?? 0)
    }
}

private struct SumKey: Hashable, Comparable {
    var report: String
    var figure: String
    let currency: CurrencyCode
    let member: String?

    init(_ total: ControlTotal, perMember: Bool) {
        report = total.report
        figure = total.figure
        currency = total.currency
        member = perMember ? total.member : nil
    }

    static func < (left: Self, right: Self) -> Bool {
        (left.report, left.figure, left.currency, left.member ?? "")
            < (right.report, right.figure, right.currency, right.member ?? "")
    }
}

private func sums(
    _ totals: [ControlTotal], named name: String? = nil, perMember: Bool = true, perReport: Bool = false
) throws(ReportError) -> [SumKey: ExactSum] {
    var sums: [SumKey: ExactSum] = [:]
    for total in totals {
        var key = SumKey(total, perMember: perMember)
        if !perReport { key.report = "" }
        if let name { key.figure = name }
        var sum = sums[key] ?? ExactSum()
        guard sum.add(total.amount.mantissa, scale: total.amount.scale) else {
            throw .totalIsTooLarge(report: total.report, column: total.figure)
        }
        sums[key] = sum
    }
    return sums
}

private func mismatches(
    _ rule: String, _ left: [SumKey: ExactSum], _ right: [SumKey: ExactSum]
) -> [ReconciliationMismatch] {
    Set(left.keys).union(right.keys).sorted().compactMap { key in
        let (one, other) = (left[key]?.amount ?? .zero, right[key]?.amount ?? .zero)
        guard one != other else { return nil }
        return ReconciliationMismatch(
            rule: rule, member: key.member, figure: key.figure, currency: key.currency, left: one, right: other)
    }
}
