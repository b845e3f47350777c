import Calibration
import ClearingModel
import Quantities
import Reporting
import Scenarios
import Storage
import Validation

extension HistoryWalks {
    /// The tables that are written into a folder; the raw value is the name of a table's files.
    package enum Table: String, CaseIterable {
        case walk = "walk-forward"
        case year = "walk-forward-year"
        case day = "walk-forward-day"
        case efficiency = "walk-forward-efficiency"
        /// Where it is asked for.
        case disclosure = "procyclicality-disclosure"

        /// In the order of the cells of its rows.
        package var columns: [String] {
            let spanned = [
                "first_day", "last_day", "days", "n", "x", "coverage", "average", "rise", "rise_from", "rise_to",
                "below_core_days", "worst_day", "worst_loss", "worst_margin",
            ]
            return switch self {
            case .walk:
                ["walk_forward", "factor", "return_kind", "variant", "currency"] + spanned + [
                    "coverage_lower", "coverage_upper", "p_at_least", "independence_p", "zone", "verdict",
                    "peak_to_trough", "cost", "calibrations", "last_range",
                ]
            case .year: ["walk_forward", "variant", "year"] + spanned + ["cost", "rise_share"]
            case .day:
                [
                    "walk_forward", "variant", "business_date", "level", "range", "bound", "flag", "margin", "loss",
                    "is_exception",
                ]
            case .efficiency: ["walk_forward"] + BacktestReport.efficiencyColumns
            case .disclosure: BacktestReport.procyclicalityDisclosure.columns
            }
        }
    }

    /// The rows of a table.
    func rows(_ table: Table) -> [[BacktestCell]] {
        switch table {
        case .walk: walks.map(row)
        case .year: walks.flatMap(yearRows)
        case .day: walks.flatMap(\.dayRows)
        case .efficiency:
            efficiency.flatMap { one in one.rows.map { [.text(one.code.text)] + $0.cells(in: one.currency) } }
        case .disclosure: disclosure.map { terms in walks.flatMap { disclosureRows($0, terms) } } ?? []
        }
    }

    /// Writes every table as CSV and as JSON, and the page, into a folder that is made.
    /// - Throws: `Failure` 73 where the folder stands already or cannot be made, 74 where it cannot be written.
    package func write(to folder: String) throws {
        try NewTableFolder.make(folder) { made in
            for table in Table.allCases where table != .disclosure || disclosure != nil {
                try made.write(table.rawValue, columns: table.columns, rows: rows(table))
            }
            try made.write(BacktestPage.page(page), Table.walk.rawValue, ending: "html")
        }
    }

    private func row(_ walked: Walked) -> [BacktestCell] {
        let (summary, tests) = (walked.summary, walked.summary.tests)
        let bare = other(.noTools, of: walked)
        return [
            .text(walked.stated.code.text), .text("\(walked.stated.history.factor)"),
            .text(walked.stated.history.returnKind.rawValue), .text(walked.variant.rawValue),
            .text("\(walked.stated.terms.currency.code)"),
        ] + walked.cells(summary.whole) + [
            BacktestCell(tests?.raw.coverageInterval.lower), BacktestCell(tests?.raw.coverageInterval.upper),
            BacktestCell(summary.atLeastP),
            BacktestCell(tests?.thinned.map(\.independenceP) ?? tests?.raw.independenceP),
            BacktestCell(summary.zone?.rawValue), BacktestCell(tests?.verdict.rawValue),
            .statistic(summary.peakToTrough),
            BacktestCell(walked.variant == .noTools ? nil : bare.map { summary.cost(against: $0.summary) }),
            .count(summary.calibrations), .exact(summary.lastRange),
        ]
    }

    /// Quarter by quarter how the margin of a walk as stated moved, beside the same without tools.
    private func disclosureRows(_ walked: Walked, _ terms: DisclosureTerms) -> [[BacktestCell]] {
        guard walked.variant == .stated else { return [] }
        let (code, bare) = (walked.stated.code.text, other(.noTools, of: walked)?.walk)
        return walked.walk.disclosed(walked.stated.history, from: first, withoutTools: bare, terms, name: code)
            .rows(terms, .replay, BacktestUnitKind.walkForward.rawValue, code, walked.stated.terms.currency)
    }

    private func yearRows(_ walked: Walked) -> [[BacktestCell]] {
        let bare = walked.variant == .noTools ? nil : other(.noTools, of: walked)
        return walked.summary.years.map { year, span in
            let other = bare?.summary.year(year)
            return [.text(walked.stated.code.text), .text(walked.variant.rawValue), .count(year)]
                + walked.cells(span) + [
                    BacktestCell(other.map { span.mean / $0.mean - 1 }),
                    BacktestCell(other.flatMap { $0.rise > 0 ? span.rise / $0.rise : nil }),
                ]
        }
    }
}

extension HistoryWalks.Walked {
    private func money(_ units: Int64?) -> BacktestCell {
        BacktestCell(units.map { ExactDecimal(minorUnits: $0, decimals: stated.terms.currency.decimals) })
    }

    fileprivate func cells(_ span: WalkSummary.Span) -> [BacktestCell] {
        let coverage = span.nights > 0 ? 1 - Double(span.exceptions) / Double(span.nights) : nil
        return [
            .date(span.firstDay), .date(span.lastDay), .count(span.days), .count(span.nights),
            .count(span.exceptions), BacktestCell(coverage),
            .statistic(span.mean / PowersOfTen.double(stated.terms.currency.decimals)), .statistic(span.rise),
            BacktestCell(span.riseFrom), BacktestCell(span.riseTo), .count(span.belowCoreDays),
            BacktestCell(span.worst?.date), money(span.worst?.loss(.either)), money(span.worst?.margin),
        ]
    }

    fileprivate var dayRows: [[BacktestCell]] {
        let start = stated.history.dates.count - walk.days.count
        let figures = walk.steps.indices.map(walk.figure)
        return walk.days.enumerated().map { place, day in
            let figure = figures[place / stated.terms.recalibrateDays]
            let loss = day.loss(.either)
            return [
                .text(stated.code.text), .text(variant.rawValue), .date(day.date),
                .exact(stated.history.levels[start + place]), .exact(figure.new), .text("\(figure.bound)"),
                BacktestCell(figure.flag?.rawValue), money(day.margin), money(loss),
                BacktestCell(loss.map { $0 > day.margin }),
            ]
        }
    }
}
