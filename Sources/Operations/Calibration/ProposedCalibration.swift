import Calibration
import ClearingModel
import Margining
import Quantities
import Reporting
import Runtime
import Scenarios
import Storage
import TextFiles
import Validation

/// Values calibrated on a date and proposed as a parameter set, with what each follows from (docs/methodology.md
/// §10.5).
package struct ProposedCalibration: Sendable {
    package let parameterSet: ParameterSetCode
    /// The set in force on the effective date, which the proposal changes.
    package let base: ParameterSetCode
    package let calibratedOn: BusinessDate
    package let effectiveFrom: BusinessDate
    /// Who proposed it: the session's login.
    package let author: String
    /// By item and key.
    package let figures: [CalibratedFigure]
    /// What each rule asks for without any tool against procyclicality and without step limit: parallel to `figures`.
    package let withoutTools: [ExactDecimal]
    /// What the page shows of each value, parallel to `figures`.
    let pageItems: [CalibrationPageContent.Item]
    /// What it was computed from, parallel to `figures` and by row: a second opinion looks at the same.
    let rules: [CalibrationRule]
    let histories: [RiskFactorCode: FactorHistory]
    let standing: [CalibrationRow: StandingValue]
    let joined: [JoinedCommodities]
    /// Of each price scan range what its rule would have asked for through chosen years.
    package let crises: [CrisisYears]

    /// Calibrates by every rule with levels up to a date, and proposes the set in force on `effectiveFrom` with the new
    /// values: set, figures and bounds in one transaction, or nothing. `crises` says through which years a price scan
    /// range is walked beside that; what refuses a walk refuses no proposal.
    /// - Throws: `CalibrationRefusal`; `Failure` 66 without a rule or a set in force, 65 for a set that is there
    ///   already or contradicts itself.
    package static func propose(
        _ set: ParameterSetCode, on date: BusinessDate, effectiveFrom: BusinessDate, reason: String,
        crises: CrisisTerms, database: Database
    ) throws -> ProposedCalibration {
        try database.atomically {
            let pin = try RunLedger(database).lastLoadSeen()
            let base = try inForce(on: effectiveFrom, database)
            let store = CalibrationStore(database)
            let rules = try store.rules(pin: pin)
            guard !rules.isEmpty else {
                throw Failure(
                    .inputMissing, "there is no calibration rule", hint: "margin load calibration_rule FILE")
            }
            let standing = try store.standing(base, pin: pin)
            let histories = try store.histories(of: rules.flatMap(\.factors), in: base, through: date, pin: pin)
            let values = standing.compactMapValues(\.value)
            let proposal = try CalibrationProposal(on: date, rules: rules, histories: histories, standing: values)
            let ordered = rules.sorted { $0.row < $1.row }
            let bare = try CalibrationProposal(
                on: date, rules: rules.map(\.withoutTools), histories: histories, standing: [:])
            let changes = try zip(ordered, proposal.figures).map { rule, figure in
                try CalibratedChange(rule, standing[rule.row]).change(to: figure.new)
            }
            let author = try ParameterSetApprovals(database).proposeWithin(
                set, base: base, effectiveFrom: effectiveFrom, reason: reason, changes: changes)
            let proposed = ProposedCalibration(
                parameterSet: set, base: base, calibratedOn: date, effectiveFrom: effectiveFrom, author: author,
                figures: proposal.figures, withoutTools: bare.figures.map(\.new),
                pageItems: try zip(ordered, proposal.figures).map { rule, figure in
                    try CalibrationPageItem(rule, figure, on: date, histories: histories, standing: values).item
                }, rules: ordered, histories: histories, standing: values,
                joined: try store.joinedCommodities(of: base, on: effectiveFrom, pin: pin),
                crises: crises.walked(rules, histories))
            try store.record(set, on: date, figures: proposed.figureRows, bounds: proposed.boundRows)
            return proposed
        }
    }

    private static func inForce(on date: BusinessDate, _ database: Database) throws -> ParameterSetCode {
        let sets = try ParameterGovernance(database).sets()
        let found = sets.last { set in
            set.approvedBy != nil && (BusinessDate(set.effectiveFrom).map { $0 <= date } ?? false)
        }
        guard let found else {
            throw Failure(
                .inputMissing, "no approved parameter set is in force on \(date)", hint: "margin parameters list")
        }
        return ParameterSetCode(found.parameterSet)
    }
}
