import ClearingModel
import Margining
import Quantities
import Runtime
import TextFiles
import Validation

/// The `validation` part of a neutral case (docs/methodology.md §12): nights, portfolios, shortfalls, a series of
/// margins or a walk-forward, each as far as the case has it.
struct ValidationCase {
    /// The whole input.
    let input: JSONValue
    /// What `validation` has.
    let stated: JSONValue
    let terms: ValidationTerms
    let critical: [Z2CriticalValues]

    /// - Throws: `Failure` 65 for what is out of its range.
    init(_ input: JSONValue) throws {
        self.input = input
        let stated = input["validation"] ?? .object([:])
        self.stated = stated
        // A walk-forward's confidence and horizon are its rule's.
        let rule = stated["walk_forward"]?["rule"]
        func figure(_ key: String, _ usual: ExactDecimal?) throws -> ExactDecimal {
            if stated[key] != nil { return try stated.decimal(key) }
            if let value = try rule?[key].map({ _ in try rule?.decimal(key) }) ?? usual { return value }
            return try stated.decimal(key)
        }
        let hasTests = stated["nights"] != nil || stated["shortfalls"] != nil || stated["hypothetical"] != nil
        let half = ExactDecimal(mantissa: 99, scale: 2)
        let days = try figure("horizon_days", .one)
        terms = try ValidationTerms(
            confidence: figure("confidence", hasTests ? nil : half),
            horizonDays: Int(days.units(decimals: 0) ?? 0),
            intervalLevel: figure("interval_level", ValidationTerms.usualIntervalLevel),
            significance: figure("significance", ValidationTerms.usualSignificance))
        critical = try stated.list("z2_critical").map { row in
            guard let nights = Int(try row.required("n")) else {
                throw Failure(.inputRejected, "n of z2_critical is no whole number")
            }
            return try Z2CriticalValues(
                nights: nights, exceptionProbability: row.decimal("p"), yellow: row.decimal("c5"),
                red: row.decimal("c001"))
        }
    }

    /// Everything that needs no house margined, under the names of the format.
    func document() throws -> [String: JSONValue] {
        var found: [String: JSONValue] = [:]
        var refused: [JSONValue] = []
        if stated["nights"] != nil {
            let nights = try self.nights()
            found["results"] = UnitTests(nights.map(\.exception), terms: terms).map(ValidationFigures.unit)
            if stated.flag("list_nights", default: true) { found["nights"] = .array(nights.map(\.document)) }
            refused.append(contentsOf: nights.compactMap(\.refusalDocument))
        }
        if stated["shortfalls"] != nil {
            do {
                found["shortfall"] = try shortfall().map(ValidationFigures.shortfall)
            } catch let refusal as ValidationRefusal {
                found["shortfall"] = .object(["refused": ValidationFigures.refusal(refusal)])
                refused.append(ValidationFigures.refusal(refusal))
            }
        }
        if stated["margins"] != nil {
            do {
                found["procyclicality"] = try procyclicality()
            } catch let refusal as ValidationRefusal {
                found["procyclicality"] = .object(["refused": ValidationFigures.refusal(refusal)])
                refused.append(ValidationFigures.refusal(refusal))
            }
        }
        found.merge(try walkForward() ?? [:]) { $1 }
        for part in [found["walk_forward"], found["walk_forward"]?["procyclicality"]] {
            if let refusal = part?["refused"] { refused.append(refusal) }
        }
        found["refused"] = .array(refused)
        return found
    }

    private func shortfall() throws -> ShortfallTest? {
        let rows = try Self.byDate(stated.list("shortfalls"))
        let nights = try rows.map { row -> ShortfallNight? in
            guard row.value["exposure"] != nil, row.value["var"] != nil, row.value["es"] != nil else { return nil }
            return ShortfallNight(
                loss: try row.value.decimal("exposure"), valueAtRisk: try row.value.decimal("var"),
                expectedShortfall: try row.value.decimal("es"))
        }
        return try ShortfallTest(
            nights, terms: terms, critical: critical, of: "shortfalls", date: { "\(rows[$0].date)" })
    }

    private func procyclicality() throws -> JSONValue? {
        func amounts(_ key: String) throws -> [ExactDecimal] {
            try stated.list(key).map { value in
                guard let amount = value.text.flatMap({ ExactDecimal($0) }) else {
                    throw Failure(.inputRejected, "\(key) has an entry that is no exact number")
                }
                return amount
            }
        }
        let (margins, benchmark) = (try amounts("margins"), try amounts("benchmark"))
        let scale = (margins + benchmark).map(\.scale).max() ?? 0
        return try Procyclicality(
            margins.map { $0.minorUnits(decimals: scale) },
            benchmark: benchmark.isEmpty ? nil : benchmark.map { $0.minorUnits(decimals: scale) }, of: "margins"
        ).map { ValidationFigures.procyclicality($0, decimals: scale, dates: []) }
    }

    /// Rows of a list in the order of their dates.
    static func byDate(_ rows: [JSONValue]) throws -> [(date: BusinessDate, value: JSONValue)] {
        let dated = try rows.map { row in
            let text = try row.required("date")
            guard let date = BusinessDate(text) else { throw Failure(.inputRejected, "date \(text) is no date") }
            return (date: date, value: row)
        }.sorted { $0.date < $1.date }
        for (earlier, later) in zip(dated, dated.dropFirst()) where earlier.date == later.date {
            throw Failure(.inputRejected, "the night \(later.date) stands twice")
        }
        return dated
    }
}
