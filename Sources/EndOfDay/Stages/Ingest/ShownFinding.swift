import ClearingModel
import Quantities
import Results
import Runtime
import Storage

/// A hit of a data gate as it is shown: what, where, which value, and how it is waived where it may be.
package struct ShownFinding: Sendable, Encodable {
    package let rule: String
    /// block or flag.
    package let severity: String
    package let table: String
    package let rowKey: String
    /// Where the row came from, with its line; nil where the finding is about a row that is not there.
    package let source: String?
    package let line: Int64?
    package let column: String
    package let value: String
    package let message: String
    /// Whether the run passed it because somebody answers for it.
    package let isWaived: Bool
    package let waiverReason: String?
    package let waivedBy: String?
    /// The value that was waived, where it is another one than the run found: then the waiver does not apply.
    package let waivedValue: String?
    /// Whether no waiver lets the night pass it.
    package let isEssential: Bool
    /// The command that waives it, as a shell takes it; nil where no waiver lets the night pass, or none is needed.
    package let waive: String?

    package init(_ finding: FindingRow, on date: BusinessDate, _ cycle: Cycle) {
        rule = finding.rule
        severity = finding.severity
        table = finding.table
        rowKey = finding.rowKey
        source = finding.source
        line = finding.sourceLine
        column = finding.column
        value = finding.value
        message = finding.message
        isWaived = finding.waiverReason != nil
        waiverReason = finding.waiverReason ?? finding.waiverSince
        waivedBy = finding.waivedBy
        waivedValue = finding.waivedValue
        isEssential = finding.isEssential || DataGate.essentialRules.contains(finding.rule)
        let isOpen = finding.severity == "block" && finding.waiverReason == nil && finding.waiverSince == nil
        waive =
            isOpen && !isEssential
            ? "margin waive \(finding.rule) \(finding.rowKey.shellWord) \(cycle.options(on: date)) --reason R" : nil
    }

    /// What the data gates found in a run; what blocks comes first.
    package static func all(
        of run: Int64, _ date: BusinessDate, _ cycle: Cycle, from database: Database
    ) throws -> [ShownFinding] {
        try FindingStore(database).findings(of: run, date, cycle: cycle).map {
            ShownFinding($0, on: date, cycle)
        }
    }

    /// Whether it stopped the run.
    package var isBlocking: Bool { severity == "block" && !isWaived }

    /// Whether it was waived after the run had stopped at it: the next start passes it.
    package var isWaivedSince: Bool { !isWaived && waiverReason != nil }

    /// `settlement_price, 2018-12-31, A, settlement (prices.csv, line 3), price “0”: what is wrong [price_sign]`, and
    /// which other value was waived.
    package var text: String {
        "\(table), \(rowKey)" + (source.map { " (\($0)" + (line.map { ", line \($0)" } ?? "") + ")" } ?? "")
            + ", \(column) “\(value)”: \(message) [\(rule)]"
            + (waivedValue.map { "; waived at “\($0)”\(waivedBy.map { " by \($0)" } ?? ""), now “\(value)”" } ?? "")
    }
}

extension DataGate {
    /// The rules whose findings no waiver lets pass.
    package static let essentialRules = Set(all.filter(\.isEssential).map(\.rule))
}
