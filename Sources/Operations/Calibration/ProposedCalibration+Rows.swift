import Calibration
import ClearingModel
import Margining
import Quantities
import Reporting
import TextFiles

extension ProposedCalibration {
    /// The rows of `calibration_figure`, as a JSON array.
    var figureRows: String { Self.text(figures.map(\.row)) }

    /// The rows of `calibration_bound`, as a JSON array.
    var boundRows: String {
        Self.text(
            figures.flatMap { figure in
                figure.bounds.enumerated().map { place, bound in
                    .object([
                        "item": .text(figure.item.rawValue), "key": .text("\(figure.key)"),
                        "number": .integer(Int64(place + 1)), "bound": .text("\(bound.name)"),
                        "value": .text("\(bound.value)"),
                    ])
                }
            })
    }

    private static func text(_ rows: [JSONValue]) -> String {
        var bytes: [UInt8] = []
        JSONValue.array(rows).append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The columns of the report `calibration`: those of `calibration_figure`, with every bound behind them.
    package static let reportColumns = [
        "parameter_set", "calibrated_on", "item", "key", "bounds", "bound", "core", "buffer", "buffer_state",
        "before_limit", "old", "limited", "flag", "new", "change", "without_tools", "observations", "first_day",
        "last_day", "r20", "r250", "z", "broken",
    ]

    /// The rows of the report, a cell a column; nil where a figure has none. Decimals have all their digits, the bounds
    /// are `name=value` with a blank between them, the buffer is exact.
    package var reportRows: [[String?]] {
        zip(figures, withoutTools).map { figure, bare in
            let bounds = figure.bounds.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            let named: [String?] = [
                parameterSet.text, calibratedOn.description, figure.item.rawValue, figure.key.text, bounds,
                figure.bound.description, figure.core.description,
            ]
            let steps: [String?] = [
                figure.buffer?.share.description, figure.buffer?.state.rawValue, figure.beforeLimit.description,
                figure.old?.description, figure.limited.rawValue, figure.flag?.rawValue, figure.new.description,
                figure.change?.text(decimals: 6), bare.description,
            ]
            let test = figure.correlationBreak
            let history: [String?] = [
                String(figure.observations), figure.firstDay.description, figure.lastDay.description,
                test?.recent.description, test?.earlier.description, test?.statistic.description,
                test?.isBroken.description,
            ]
            return named + steps + history
        }
    }

    /// The report as one JSON document in the shape of a night's: a header, the columns, the rows.
    package var json: [UInt8] {
        func cell(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
        return StudyDocument(
            header: header, columns: Self.reportColumns, rows: reportRows.map { $0.map(cell) }
        ).bytes
    }

    private var header: [String: JSONValue] {
        [
            "parameter_set": .text(parameterSet.text), "base": .text(base.text),
            "calibrated_on": .text("\(calibratedOn)"), "effective_from": .text("\(effectiveFrom)"),
        ]
    }

    /// Writes the report as CSV, JSON and a page into a folder that is made, and beside it what the set would have
    /// asked for and a second opinion, which is computed here: nothing that is proposed follows from it.
    /// - Throws: `Failure` 73 where the folder stands already or cannot be made, 74 where it cannot be written.
    package func write(to folder: String, with impact: ParameterImpact, learning terms: LearningTerms) throws {
        let opinion = SecondOpinion(
            rules, figures: figures, histories: histories, standing: standing, joined: joined, on: calibratedOn,
            terms)
        try NewTableFolder.make(folder) { made in
            try made.write(
                NewTableFolder.Table(name: "calibration", columns: Self.reportColumns, rows: reportRows))
            try made.write(json, "calibration", ending: "json")
            try made.write(
                "calibration-crisis", header: ["parameter_set": .text(parameterSet.text)], columns: Self.crisisColumns,
                rows: crisisRows())
            try made.write(CalibrationPage.page(page(with: opinion)), "calibration", ending: "html")
            try impact.write(into: made)
            try opinion.write(into: made, header: header)
        }
    }

    /// One line a value for the operator: what it was, what it is to be, and which bound binds.
    package var lines: [String] {
        figures.map { figure in
            let old = figure.old.map { "\($0) → " } ?? "new, "
            let cut = figure.limited == .no ? "" : ", cut \(figure.limited.rawValue)"
            let flag = figure.flag.map { ", \($0.rawValue)" } ?? ""
            return "\(figure.item.rawValue) \(figure.key): \(old)\(figure.new), \(figure.bound) binds\(cut)\(flag)"
        }
    }
}

extension CalibratedFigure {
    /// The row of `calibration_figure`, but for the set and the date.
    fileprivate var row: JSONValue {
        var cells: [String: String] = [
            "item": item.rawValue, "key": key.text, "bound": bound.description, "core": core.description,
            "before_limit": beforeLimit.description, "limited": limited.rawValue, "new_value": new.description,
            "observations": String(observations), "first_day": firstDay.description, "last_day": lastDay.description,
        ]
        if let buffer {
            cells["buffer_numerator"] = String(buffer.share.numerator)
            cells["buffer_denominator"] = String(buffer.share.denominator)
            cells["buffer_state"] = buffer.state.rawValue
        }
        cells["old_value"] = old?.description
        cells["flag"] = flag?.rawValue
        cells["change"] = change?.description
        if let test = correlationBreak {
            cells["recent_correlation"] = test.recent.description
            cells["earlier_correlation"] = test.earlier.description
            cells["correlation_statistic"] = test.statistic.description
            cells["is_broken"] = test.isBroken.description
        }
        return .object(cells.mapValues { .text($0) })
    }
}
