import Calibration
import ClearingModel
import Foundation
import Margining
import Operations
import Quantities
import Runtime
import Scenarios
import Storage
import Validation

extension HistoryWalks {
    /// As text for a terminal: each walk, then the years that were asked for.
    func lines(years: [Int]) -> String {
        var lines: [String] = []
        for walked in walks where walked.variant == .stated {
            let variants = Variant.allCases.compactMap { other($0, of: walked) }
            let whole = walked.summary.whole
            lines.append(
                "\(walked.stated.code): \(walked.stated.history.factor), \(walked.stated.history.returnKind.rawValue) "
                    + "returns, \(whole.firstDay) to \(whole.lastDay), amounts in \(walked.stated.terms.currency.code)")
            lines += variants.map { line($0) }
            for year in years {
                lines += variants.compactMap { variant in
                    variant.summary.year(year).map { "  \(year) \(variant.line($0, riseDays: riseDays))" }
                }
            }
            lines += efficiency.filter { $0.code == walked.stated.code }.map(\.line)
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ walked: Walked) -> String {
        let summary = walked.summary
        var line = "  \(walked.line(summary.whole, riseDays: riseDays))"
        if let p = summary.atLeastP, let tests = summary.tests {
            line += ", p \(p.shown(4)) \(tests.verdict.rawValue)"
        }
        if walked.variant != .noTools, let bare = other(.noTools, of: walked) {
            line += ", cost \(percent(summary.cost(against: bare.summary)))"
        }
        return line
    }
}

extension HistoryWalks.Efficiency {
    /// What each method costs at the coverage of the rule.
    fileprivate var line: String {
        let told = rows.map { row in
            switch row.outcome {
            case .failure(let refusal): return "\(row.method.rawValue) \(refusal.rule.rawValue)"
            case .success(let found):
                let average = Money(minorUnits: found.method.average, currency: currency).text
                let factor = found.method.multiplier.rounded(toScale: 6).double
                let scaled = row.method == .notional ? percent(factor, decimals: 2) : "× \(factor.shown(3))"
                let more = row.method == .engine ? "" : found.ratio.map { ", ratio \($0.double.shown(3))" } ?? ""
                return "\(row.method.rawValue) \(average) (\(scaled)\(more))"
            }
        }
        return "  at equal coverage: " + told.joined(separator: ", ")
    }
}

extension HistoryWalks.Walked {
    /// What the days of a span came to.
    fileprivate func line(_ span: WalkSummary.Span, riseDays: Int) -> String {
        func money(_ units: Int64) -> String {
            Money(minorUnits: units, currency: stated.terms.currency).text
        }
        var line = "\(variant.rawValue): \(span.exceptions) of \(span.nights) above margin"
        if span.nights > 0 {
            line += ", coverage \(percent(1 - Double(span.exceptions) / Double(span.nights), decimals: 3))"
        }
        line += ", margin \(money(Int64(span.mean.rounded()))), rise in \(riseDays) days \(percent(span.rise))"
        if let from = span.riseFrom, let to = span.riseTo { line += " (\(from) to \(to))" }
        if let worst = span.worst, let loss = worst.loss(.either) {
            line += ", worst \(worst.date) \(money(loss)) of \(money(worst.margin))"
        }
        if span.belowCoreDays > 0 { line += ", below_core \(span.belowCoreDays) days" }
        return line
    }
}

extension RuleSearch {
    /// As text for a terminal: of a grid the rules that no other is better than, of a sweep every change.
    func lines(isGrid: Bool) -> String {
        let shown = isGrid ? frontier : points
        let refused = points.count { $0.worst(years[0]) == nil }
        var lines = [
            "\(points.count) rules over \(walks.count) histories, \(refused) refused"
                + (isGrid
                    ? "; \(shown.count) that no other is better than, by their share of the rise in \(years[0])" : "")
        ]
        for point in shown {
            lines.append("\(point.number) \(point.text)")
            for (walk, result) in zip(walks, point.results) {
                switch result {
                case .failure(let failure): lines.append("  \(walk.code): \(failure.message)")
                case .success(let figures): lines.append("  \(walk.code): \(line(figures))")
                }
            }
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ figures: Figures) -> String {
        let whole = figures.stated.whole
        let shares = years.compactMap { year in
            figures.riseShare(year).map { share in
                "rise in \(year) \(percent(figures.unlimited.year(year)?.rise ?? 0)), \(percent(share)) of that "
                    + "without tools"
            }
        }
        return
            ([
                "\(whole.exceptions) of \(whole.nights) above margin",
                "coverage \(percent(figures.coverage, decimals: 3))",
                "p \((figures.stated.atLeastP ?? 1).shown(4))",
            ] + shares + ["cost \(percent(figures.cost))", "below_core \(whole.belowCoreDays) days"])
            .joined(separator: ", ")
    }
}

/// `12.3 %`.
private func percent(_ share: Double, decimals: Int = 1) -> String { "\((100 * share).shown(decimals)) %" }

extension Double {
    /// With a fixed number of decimals, a point between, in no locale.
    fileprivate func shown(_ decimals: Int) -> String { String(format: "%.\(decimals)f", self) }
}
