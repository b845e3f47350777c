import Calibration
import ClearingModel
import Margining
import Quantities
import Reporting
import Validation

/// What the page of a calibration shows of one value: its bounds now and over time, and what each tool adds.
struct CalibrationPageItem {
    /// Days of the factor from one calibration to the next of a walked rule: a quarter.
    private static let daysBetween = 63
    /// Calibrations that are shown, at most: ten years.
    private static let points = 40

    let item: CalibrationPageContent.Item

    /// - Throws: `CalibrationRefusal` where the rule without one of its tools is refused.
    init(
        _ rule: CalibrationRule, _ figure: CalibratedFigure, on date: BusinessDate,
        histories: [RiskFactorCode: FactorHistory], standing: [CalibrationRow: StandingValue]
    ) throws(CalibrationRefusal) {
        var tools: [CalibrationPageContent.Tool] = []
        for (name, variant) in Self.variants(of: rule) {
            let without = try CalibrationProposal(
                on: date, rules: [variant], histories: histories, standing: standing
            ).figures[0].beforeLimit
            tools.append(CalibrationPageContent.Tool(name: name, with: figure.beforeLimit, without: without))
        }
        var history: [CalibrationPageContent.Point] = []
        if case .factor(let factor) = rule.basis, let levels = histories[factor] {
            history = Self.walked(rule, levels, through: date)
        }
        item = CalibrationPageContent.Item(
            name: rule.name, old: figure.old, new: figure.new, change: figure.change, bounds: Self.bounds(of: figure),
            remark: Self.remark(on: figure),
            isFlagged: figure.flag != nil || figure.correlationBreak?.isBroken == true, history: history, tools: tools)
    }

    /// The rule without each of the tools that it has.
    private static func variants(of rule: CalibrationRule) -> [(String, CalibrationRule)] {
        var variants: [(String, CalibrationRule)] = []
        func without(_ name: String, _ change: (inout CalibrationRule) -> Void) {
            var variant = rule
            change(&variant)
            variants.append((name, variant))
        }
        if rule.buffer != nil { without("buffer") { $0.buffer = nil } }
        if rule.stressedWeight != nil { without("stressed moves") { $0.stressedWeight = nil } }
        if rule.floor != nil { without("floor") { $0.floor = nil } }
        return variants
    }

    private static func bounds(of figure: CalibratedFigure) -> [CalibrationPageContent.Bound] {
        figure.bounds.map {
            CalibrationPageContent.Bound(name: "\($0.name)", value: $0.value, binds: $0.name == figure.bound)
        }
    }

    private static func remark(on figure: CalibratedFigure) -> String {
        let parts = [
            figure.limited == .no ? nil : "cut \(figure.limited.rawValue)", figure.flag?.rawValue,
            figure.buffer.map { "buffer \($0.state.rawValue)" }.flatMap { $0 == "buffer full" ? nil : $0 },
            figure.correlationBreak?.isBroken == true ? "correlation broken" : nil,
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }

    /// The rule calibrated every quarter up to a date, each time with the levels known by then and from what the last
    /// came to. Days on which the history refuses it have no point.
    private static func walked(
        _ rule: CalibrationRule, _ history: FactorHistory, through date: BusinessDate
    ) -> [CalibrationPageContent.Point] {
        guard let calibration = try? ScanRangeCalibration(rule, history: history) else { return [] }
        let count = history.count(through: date)
        let places = stride(from: count - 1, through: 0, by: -daysBetween).prefix(points).reversed()
        var found: [CalibrationPageContent.Point] = []
        var standing: StandingValue?
        for place in places {
            guard let figure = try? calibration.figure(on: history.dates[place], standing: standing) else { continue }
            standing = figure.standing
            found.append(
                CalibrationPageContent.Point(
                    date: history.dates[place], bounds: bounds(of: figure), proposed: figure.new))
        }
        return found
    }
}

extension ProposedCalibration {
    private static let shownCrisis: [(head: String, column: String, isFigure: Bool)] = [
        ("Value", "key", false), ("Year", "year", true), ("Rule", "variant", false), ("Smallest", "smallest", true),
        ("Largest", "largest", true), ("On", "largest_day", false), ("Average", "average", true),
        ("10 days", "rise", true), ("Tested", "n", true), ("Above", "x", true), ("Refused", "refusal", false),
    ]

    /// The page, with what a second opinion came to.
    func page(with opinion: SecondOpinion) -> CalibrationPageContent {
        CalibrationPageContent(
            parameterSet: parameterSet.text,
            facts: [
                ("Levels up to", "\(calibratedOn)"), ("In force from", "\(effectiveFrom)"),
                ("Changes the set", base.text),
                ("Proposed by", author),
            ], items: pageItems,
            crises: crisisRows(leavingOut: .yearNotReached).map { row in
                let shown = ShownRow(Self.crisisColumns, row)
                return Self.shownCrisis.map { shown[$0.column] ?? "–" }
            }, crisisColumns: Self.shownCrisis.map { ($0.head, $0.isFigure) }, missedCrises: missedCrises,
            opinions: opinion.pageRows)
    }

    /// Each rule with the years that its walk does not reach.
    private var missedCrises: [String] {
        crises.compactMap { crisis in
            let missed = crisis.rows.filter { $0.variant == .withTools && $0.isRefused(by: .yearNotReached) }
            return missed.isEmpty ? nil : "\(crisis.rule.key) \(missed.map { "\($0.year)" }.joined(separator: ", "))"
        }
    }
}
