import Quantities

/// Tables that the page of a member and that of the house share.

extension [PageNights] {
    /// A row a night, the newest first; `subject` says whose. In one currency many nights stand in two tables side by
    /// side.
    func tables(of subject: String) -> [PageTable] {
        let dates = Set(flatMap(\.nights).map(\.date)).sorted(by: >)
        guard count == 1, dates.count > Self.nightsBelowOneAnother else { return [table(of: subject, dates[...])] }
        let middle = (dates.count + 1) / 2
        return [table(of: subject, dates[..<middle]), table(of: "the nights before", dates[middle...])]
    }

    private static let nightsBelowOneAnother = 8

    private func table(of subject: String, _ dates: ArraySlice<BusinessDate>) -> PageTable {
        var table = PageTable(
            "Margin is requirement and add-ons; \(subject)",
            [.words("Night")]
                + flatMap { nights -> [PageTable.Heading] in
                    let code = "\(nights.currency.code)"
                    return [.figures("Margin \(code)"), .figures("Collateral \(code)"), .figures("Call \(code)")]
                })
        for date in dates {
            let cells = flatMap { nights -> [PageTable.Cell] in
                guard let night = nights.nights.first(where: { $0.date == date }) else { return [["–"], ["–"], ["–"]] }
                return [[night.margin.digits], [night.collateralValue.digits], [night.callAmount.digits]]
            }
            table.add([["\(date)"]] + cells)
        }
        return table
    }
}

extension [PageAddOn] {
    /// A row a kind and currency; `subject` says whose.
    func table(of subject: String) -> PageTable {
        var table = PageTable(
            "\(subject), in the call currency", [.words("Add-on"), .figures("Amount"), .words("Currency")])
        for addOn in self {
            table.add([
                [addOn.kind.replacing("_", with: " ")], [addOn.amount.digits], ["\(addOn.amount.currency.code)"],
            ])
        }
        return table
    }
}

extension [PageFinding] {
    /// A row a finding, in their order.
    func table(of subject: String) -> PageTable {
        var table = PageTable(
            subject, [.words("Rule"), .words("Severity"), .words("Where"), .words("Waived")])
        for finding in self {
            table.add([
                [finding.rule.replacing("_", with: " ")], [finding.severity],
                ["\(finding.table) \(finding.rowKey): \(finding.column)"], [finding.waiver ?? "–"],
            ])
        }
        return table
    }
}
