import Calibration
import ClearingModel
import Margining
import Quantities
import Runtime
import Scenarios
import TextFiles

extension CaseShape {
    static let calibration = object(
        "date",
        [
            "factors": .list(object("id return_kind", ["dates": .list(.value), "levels": .list(.value)])),
            "rules": .list(calibrationRule),
        ])

    private static let window = object("id from to")

    private static let calibrationRule = object(
        "item key factor kind horizon_days confidence look_back_days min_observations min_stressed_observations "
            + "min_moving_share max_gap_days lambda seed_days z volatility_floor increment step_limit cap break_z "
            + "break_haircut",
        [
            "legs": .list(object("factor ratio contract_value_factor side tier")),
            "previous": object("value core buffer"), "stressed_windows": .list(window),
            "tools": object(
                "floor_years floor_kind",
                [
                    "stressed": object("weight min_stressed_observations", ["windows": .list(window)]),
                    "buffer": object("size rise_trigger rebuild_step"),
                ]),
        ])
}

/// The `calibration` part of a neutral case (docs/methodology.md §10): rules and histories to a proposal.
struct CalibrationCase {
    private let input: JSONValue

    init(_ input: JSONValue) { self.input = input }

    /// Compares the proposal, or what is refused, with what the case says.
    func outcome(expected: JSONValue) throws -> CaseOutcome {
        let (date, rules, histories) = (try input.day("date"), try rules(), try histories())
        let standing = Dictionary(
            rules.compactMap { row in row.standing.map { (row.rule.row, $0) } }, uniquingKeysWith: { first, _ in first }
        )
        let refusal: CalibrationRefusal
        let wanted = try expected["refused"].map {
            (rule: try $0.required("rule"), item: try $0.required("item"))
        }
        do throws(CalibrationRefusal) {
            let proposal = try CalibrationProposal(
                on: date, rules: rules.map(\.rule), histories: histories, standing: standing)
            if let wanted {
                return .differs(["nothing is refused, the case expects \(wanted.rule): \(wanted.item)"])
            }
            let differences = CaseComparison.differences(
                expected: expected, found: .object(["proposal": .array(proposal.figures.map(\.document))]))
            return differences.isEmpty ? .agrees : .differs(differences)
        } catch {
            refusal = error
        }
        guard let wanted else { throw Failure(.inputRejected, "\(refusal)") }
        // An item names item, factor or key, and the day or window; a case may leave some of them out.
        let isThis =
            wanted.rule == refusal.rule.rawValue
            && Set(wanted.item.split(separator: " ")).isSubset(of: refusal.item.split(separator: " "))
        return isThis
            ? .agrees : .differs(["refused is \(refusal), the case expects \(wanted.rule): \(wanted.item)"])
    }

    private func histories() throws -> [RiskFactorCode: FactorHistory] {
        let found = try input.list("factors").map(FactorHistory.init(stated:))
        return Dictionary(found.map { ($0.factor, $0) }, uniquingKeysWith: { $1 })
    }

    private func rules() throws -> [(rule: CalibrationRule, standing: StandingValue?)] {
        try input.list("rules").map { row in (try rule(row), try row["previous"].map(standing)) }
    }

    private func standing(_ row: JSONValue) throws -> StandingValue {
        var proposed: ProposedCore?
        if row["core"] != nil, let buffer = row.optional("buffer") {
            proposed = ProposedCore(core: try row.decimal("core"), buffer: try fraction(buffer))
        }
        return StandingValue(value: try row.decimal("value"), proposed: proposed)
    }

    private func fraction(_ text: String) throws -> ExactFraction {
        let terms = text.split(separator: "/", omittingEmptySubsequences: false).compactMap { ExactDecimal($0) }
        guard (1...2).contains(terms.count), terms.count == 1 || terms[1] > .zero else {
            throw Failure(.inputRejected, "buffer \(text) is no fraction")
        }
        return ExactFraction(terms[0], over: terms.count == 2 ? terms[1] : .one)
    }
}
