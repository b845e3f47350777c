import Calibration
import ClearingModel
import Foundation
import Quantities
import Reporting
import Runtime
import Storage
import Validation

/// Through which years proposed rules are walked, and how often they are calibrated there.
package struct CrisisTerms: Sendable {
    package let years: [Int]
    /// Days of the factor from one calibration to the next, 1 or more.
    package let recalibrateDays: Int

    package init(years: [Int], recalibrateDays: Int) {
        self.years = years
        self.recalibrateDays = recalibrateDays
    }

    /// The rules of price scan ranges, by key.
    func walked(_ rules: [CalibrationRule], _ histories: [RiskFactorCode: FactorHistory]) -> [CrisisYears] {
        guard let unit = CrisisYears.unit else { return [] }
        return rules.filter { $0.item == .priceScanRange }.sorted { $0.row < $1.row }.compactMap { rule in
            rule.factors.first.flatMap { histories[$0] }.map {
                CrisisYears(rule, history: $0, years: years, recalibrateDays: recalibrateDays, unit: unit)
            }
        }
    }
}

extension ProposedCalibration {
    /// The columns of the report `calibration-crisis`; amounts are units of price.
    static let crisisColumns = [
        "item", "key", "factor", "year", "variant", "first_day", "last_day", "days", "smallest", "smallest_day",
        "largest", "largest_day", "average", "rise", "rise_from", "rise_to", "n", "x", "coverage", "worst_day",
        "worst_move", "worst_margin", "refusal",
    ]

    /// Every row, or all but those that one refusal leaves empty.
    func crisisRows(leavingOut refusal: ValidationRule? = nil) -> [[BacktestCell]] {
        crises.flatMap { crisis in
            crisis.rows.filter { row in refusal.map { !row.isRefused(by: $0) } ?? true }.map { row in
                [
                    .text(crisis.rule.item.rawValue), .text("\(crisis.rule.key)"),
                    BacktestCell(crisis.rule.factors.first?.text), .count(row.year), .text(row.variant.rawValue),
                ] + Self.cells(row)
            }
        }
    }

    private static func cells(_ row: CrisisYears.WalkedYear) -> [BacktestCell] {
        switch row.outcome {
        case .failure(let refusal):
            return [BacktestCell](repeating: .null, count: 17) + [.text(refusal.named)]
        case .success(let span):
            let rise: [BacktestCell] = [
                .statistic(span.rise), BacktestCell(span.riseFrom), BacktestCell(span.riseTo),
            ]
            let worst = [
                BacktestCell(span.worst?.date), BacktestCell(span.worst?.loss(.either).map(price)),
                BacktestCell(span.worst.map { price($0.margin) }),
            ]
            return [
                .date(span.firstDay), .date(span.lastDay), .count(span.days), .exact(price(span.smallest.margin)),
                .date(span.smallest.date), .exact(price(span.largest.margin)), .date(span.largest.date),
                .statistic(span.mean / PowersOfTen.double(decimals)),
            ] + rise + [.count(span.nights), .count(span.exceptions), BacktestCell(coverage(span))] + worst
                + [.text("")]
        }
    }

    private static var decimals: Int { CrisisYears.unit?.decimals ?? 0 }

    private static func price(_ units: Int64) -> ExactDecimal {
        ExactDecimal(minorUnits: units, decimals: decimals).withoutTrailingZeros
    }

    private static func coverage(_ span: WalkSummary.Span) -> Double? {
        span.nights > 0 ? 1 - Double(span.exceptions) / Double(span.nights) : nil
    }

    /// For the operator: a line a rule and year that its history reaches.
    package var crisisLines: [String] {
        var lines: [String] = []
        for crisis in crises {
            for (year, rows) in Dictionary(grouping: crisis.rows, by: \.year).sorted(by: { $0.key < $1.key }) {
                let told = rows.compactMap(Self.told)
                if !told.isEmpty { lines.append("  \(crisis.rule.key) in \(year): \(told.joined(separator: "; "))") }
            }
        }
        return lines
    }

    private static func told(_ row: CrisisYears.WalkedYear) -> String? {
        guard let span = try? row.outcome.get() else { return nil }
        let rise = String(format: "%.1f", 100 * span.rise)
        return "\(row.variant.rawValue) \(price(span.smallest.margin)) to \(price(span.largest.margin)) "
            + "(\(span.largest.date)), rise in \(CrisisYears.riseDays) days \(rise) %, "
            + "\(span.exceptions) of \(span.nights) above"
    }
}
