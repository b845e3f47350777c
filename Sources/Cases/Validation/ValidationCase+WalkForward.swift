import Calibration
import ClearingModel
import Quantities
import Runtime
import Scenarios
import TextFiles
import Validation

extension ValidationCase {
    /// The walk-forward of the case with its sensitivities, under the names of the format; nil where it has none.
    func walkForward() throws -> [String: JSONValue]? {
        guard let stated = stated["walk_forward"] else { return nil }
        let history = try FactorHistory(stated: stated["factor"] ?? .null)
        let walk: WalkForward
        do {
            walk = try WalkForward(terms(stated, rule: stated["rule"] ?? .null, firstDay: nil), history: history)
        } catch let refusal as CalibrationRefusal {
            return ["walk_forward": .object(["refused": Self.refusal(SensitivityRefusal(refusal))])]
        } catch let refusal as ValidationRefusal {
            return ["walk_forward": .object(["refused": ValidationFigures.refusal(refusal)])]
        }
        var found: [String: JSONValue] = ["walk_forward": .object(try figures(walk, stated, history))]
        if stated["sensitivity"] != nil {
            found["sensitivity"] = .array(
                try stated.list("sensitivity").map { row in try sensitivity(row, walk, history) })
        }
        return found
    }

    private func terms(_ stated: JSONValue, rule: JSONValue, firstDay: BusinessDate?) throws -> WalkForwardTerms {
        let decimals = Int(try stated.units("minor_unit_decimals"))
        let first = stated.optional("first_day").flatMap { BusinessDate($0) }
        guard let currency = CurrencyCode(stated.optional("currency") ?? "USD"), (0...8).contains(decimals),
            first != nil || stated["first_day"] == nil
        else { throw Failure(.inputRejected, "walk_forward has a currency or first_day that is none") }
        let days = Int(try stated.units("recalibrate_days"))
        guard days >= 1 else { throw Failure(.inputRejected, "recalibrate_days \(days) is below 1") }
        return WalkForwardTerms(
            rule: try CalibrationCase(.null).rule(rule),
            contractValueFactor: try stated.decimal("contract_value_factor"),
            currency: Currency(code: currency, decimals: decimals), recalibrateDays: days, firstDay: firstDay ?? first)
    }

    private func figures(
        _ walk: WalkForward, _ stated: JSONValue, _ history: FactorHistory
    ) throws -> [String: JSONValue] {
        func money(_ units: Int64) -> JSONValue {
            .text("\(ExactDecimal(minorUnits: units, decimals: walk.terms.currency.decimals))")
        }
        var results: [String: JSONValue] = [:]
        for side in WalkForward.Side.allCases {
            let tests = try walk.tests(
                side, intervalLevel: terms.intervalLevel, significance: terms.significance)
            results[side.rawValue] = tests.map(ValidationFigures.unit)
        }
        let exceptions = walk.days.flatMap { day -> [JSONValue] in
            guard let loss = day.longLoss, loss.magnitude > day.margin.magnitude else { return [] }
            return [
                .object([
                    "date": .text("\(day.date)"), "side": .text(loss > 0 ? "long" : "short"), "move": money(-loss),
                    "margin": money(day.margin),
                ])
            ]
        }
        var members: [String: JSONValue] = [
            "first_day": .text("\(walk.days.first?.date ?? history.dates[0])"),
            "margins": ValidationFigures.count(walk.days.count),
            "figures": .array(
                walk.steps.indices.map { number in
                    .object([
                        "date": .text("\(walk.steps[number].date)"),
                        "figure": .text("\(walk.steps[number].value)"),
                        "bound": .text("\(walk.figure(number).bound)"),
                    ])
                }),
            "exceptions": .array(exceptions), "results": .object(results),
        ]
        guard stated.flag("procyclicality") else { return members }
        do {
            members["procyclicality"] = try procyclicality(walk, stated, history)
        } catch {
            members["procyclicality"] = .object(["refused": Self.refusal(SensitivityRefusal(error))])
        }
        return members
    }

    private func procyclicality(
        _ walk: WalkForward, _ stated: JSONValue, _ history: FactorHistory
    ) throws -> JSONValue? {
        let benchmark = try stated["benchmark"].map { changes in
            let rule = (stated["rule"]?.members ?? [:]).merging(changes.members) { $1 }
            return try WalkForward(
                terms(stated, rule: .object(rule), firstDay: walk.days.first?.date), history: history)
        }
        return try walk.procyclicality(benchmark: benchmark, name: "\(history.factor)").map {
            ValidationFigures.procyclicality(
                $0, decimals: walk.terms.currency.decimals, dates: walk.days.map(\.date))
        }
    }

    private func sensitivity(_ row: JSONValue, _ walk: WalkForward, _ history: FactorHistory) throws -> JSONValue {
        let name = try row.required("parameter")
        guard let parameter = SensitivityParameter(rawValue: name) else {
            throw Failure(
                .inputRejected, "parameter \(name) is unknown",
                hint: "one of \(SensitivityParameter.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let found = SensitivityRow(
            parameter, value: try row.decimal("value"), of: walk, history: history,
            intervalLevel: terms.intervalLevel, significance: terms.significance)
        var members: [String: JSONValue] = ["parameter": .text(name), "value": .text("\(found.value)")]
        members["base"] = found.base.map { .text("\($0)") }
        switch found.outcome {
        case .failure(let refusal): members["refused"] = Self.refusal(refusal)
        case .success(let outcome):
            members["figure"] = .text("\(outcome.figure)")
            members["change"] = outcome.change.map { .text("\($0)") }
            if let tests = outcome.tests {
                members["n"] = ValidationFigures.count(tests.nights)
                members["x"] = ValidationFigures.count(tests.exceptions)
                members["coverage"] = ValidationFigures.exact(tests.coverage)
                members["pof_p"] = ValidationFigures.statistic(tests.proportionOfFailuresP)
            }
        }
        return .object(members)
    }

    private static func refusal(_ refusal: SensitivityRefusal) -> JSONValue {
        .object(["rule": .text(refusal.rule), "item": .text(refusal.item)])
    }
}
