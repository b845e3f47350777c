import Calibration
import ClearingModel
import Quantities
import Replication
import Runtime
import Scenarios
import Validation

/// Another value for one cell of every rule, or for how a walk goes.
package struct RuleChange: Hashable, Sendable {
    enum Target: Hashable, Sendable {
        case rule(RuleParameter)
        case recalibrateDays
        case returnKind

        init?(_ name: String) {
            switch name {
            case "recalibrate_days": self = .recalibrateDays
            case "return_kind": self = .returnKind
            default:
                guard let parameter = RuleParameter(rawValue: name) else { return nil }
                self = .rule(parameter)
            }
        }

        static var names: [String] { RuleParameter.allCases.map(\.rawValue) + ["recalibrate_days", "return_kind"] }
    }

    let target: Target
    let name: String
    /// Empty: none.
    let value: String

    /// `lambda=0.97`.
    package var text: String { "\(name)=\(value)" }

    /// The values of a file with the columns `parameter` and `value`, in groups of one parameter, each in the order of
    /// the file.
    /// - Throws: `Failure` 66 for a file that cannot be read, 65 for one of another form and for an unknown parameter.
    package static func values(in path: String) throws -> [[RuleChange]] {
        let rows = try TableRow.rows(path, of: nil, required: ["parameter", "value"])
        var groups: [[RuleChange]] = []
        for row in rows {
            let name = row.textOrNull("parameter") ?? ""
            guard let target = Target(name) else {
                throw Failure(
                    .inputRejected, "\(row.location): unknown parameter “\(name)”",
                    hint: "one of \(Target.names.joined(separator: ", "))")
            }
            let change = RuleChange(target: target, name: name, value: row.textOrNull("value") ?? "")
            if let group = groups.firstIndex(where: { $0[0].target == target }) {
                groups[group].append(change)
            } else {
                groups.append([change])
            }
        }
        guard !groups.isEmpty else {
            throw Failure(.inputRejected, "\(path) has no row", hint: "a parameter and a value a row")
        }
        return groups
    }

    /// Every choice of one value of each parameter; the last parameter changes first.
    package static func combinations(_ groups: [[RuleChange]]) -> [[RuleChange]] {
        groups.reduce([[]]) { chosen, group in chosen.flatMap { chosen in group.map { chosen + [$0] } } }
    }

    /// Nothing changed, then each value alone.
    package static func oneByOne(_ groups: [[RuleChange]]) -> [[RuleChange]] { [[]] + groups.joined().map { [$0] } }
}

extension StatedWalk {
    /// The walk with other values.
    /// - Throws: `Failure` 65 for a text that is no value of its parameter.
    func changed(_ changes: [RuleChange]) throws -> StatedWalk {
        var rule = terms.rule
        var (days, kind) = (terms.recalibrateDays, history.returnKind)
        for change in changes {
            let isSet: Bool
            switch change.target {
            case .rule: continue
            case .recalibrateDays:
                days = Int(change.value) ?? 0
                isSet = days > 0
            case .returnKind:
                kind = ReturnKind(rawValue: change.value) ?? kind
                isSet = ReturnKind(rawValue: change.value) != nil
            }
            guard isSet else { throw change.unreadable }
        }
        // A tool before what belongs to it.
        for parameter in RuleParameter.allCases {
            for change in changes where change.target == .rule(parameter) {
                guard parameter.set(change.value, in: &rule) else { throw change.unreadable }
            }
        }
        return StatedWalk(
            code: code,
            terms: WalkForwardTerms(
                rule: rule, contractValueFactor: terms.contractValueFactor, currency: terms.currency,
                recalibrateDays: days, firstDay: terms.firstDay),
            history: try FactorHistory(
                factor: history.factor, returnKind: kind, dates: history.dates, levels: history.levels))
    }
}

extension RuleChange {
    fileprivate var unreadable: Failure {
        Failure(
            .inputRejected, "“\(value)” is no value of \(name)", hint: "as its column is written, empty for none")
    }
}
