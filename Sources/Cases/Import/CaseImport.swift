import ClearingModel
import Quantities
import Runtime
import Scenarios
import Storage
import TextFiles

/// A neutral case brought into the input tables of one business date and one parameter set.
///
/// Each contract of the case becomes a contract with one series of the same code; each account its own class. Amounts
/// and rates keep their text: nothing is rounded on the way.
struct CaseImport {
    static let parameterSet = "CASE"
    /// Gates about market hygiene: a case is small and one-sided on purpose. The structural gates stay on.
    static let gatesOff = [
        "call_monotonicity", "empty_positions", "long_short_balance", "option_bound", "position_roll", "price_move",
        "robust_move",
        "price_sign", "put_call_parity", "slipped_price", "stale_price", "unpriced_series",
    ]

    let input: JSONValue
    let codes: Codes
    let businessDate: BusinessDate
    /// The weekday before.
    let previousDate: BusinessDate
    var tables = CaseTables()
    /// Codes given to distinct values so far.
    var underlyings: [UnderlyingKey: String] = [:]
    var rateCodes: [ExactDecimal: String] = [:]
    var assets = 0
    private var scenarioSets: [[ExactDecimal]: String] = [:]

    /// A price under options: those with the same one may lend each other a volatility.
    struct UnderlyingKey: Hashable {
        let combinedCommodity: String
        let price: ExactDecimal
    }

    /// What the prices under options and the rates of a case are known by.
    enum Codes {
        /// One code a distinct value: contracts of one underlying share it.
        case ofValues
        /// One code a contract, the same on every night.
        case ofContracts
    }

    init(_ input: JSONValue, codes: Codes = .ofValues) throws {
        let text = try input.required("business_date")
        guard let date = BusinessDate(text) else { throw Failure(.inputRejected, "business_date \(text) is no date") }
        self.input = input
        self.codes = codes
        businessDate = date
        previousDate = date.weekday(before: true)
        addHouse()
        addParameterSet()
        for row in input.list("combined_commodities") { try add(combinedCommodity: row) }
        for row in input.list("contracts") { try add(contract: row) }
        for row in input.list("inter_spreads") { try add(interSpread: row) }
        try addAccounts()
        if let stress = input["stress"] { try add(stress: stress) }
    }

    private mutating func addHouse() {
        let next = businessDate.weekday(before: false)
        for date in [previousDate, businessDate, next, next.weekday(before: false)] {
            tables.add("calendar_date", ["calendar_date": "\(date)", "is_business_day": "true"])
        }
        for (code, currency) in (input["currencies"]?.members ?? [:]).sorted(by: { $0.key < $1.key }) {
            tables.add("currency", ["currency": code, "minor_unit_decimals": currency.optional("minor_unit_decimals")])
        }
        for row in input.list("fx") {
            tables.add(
                "fx_rate",
                [
                    "business_date": "\(businessDate)", "from_currency": row.optional("from"),
                    "to_currency": row.optional("to"), "rate": row.optional("rate"),
                ])
        }
    }

    private mutating func addParameterSet() {
        tables.add(
            "parameter_set",
            [
                "parameter_set": Self.parameterSet, "effective_from": "\(businessDate)", "author": "case",
                "approved_by": "margin case", "reason": "neutral case",
            ])
        for rule in Self.gatesOff {
            tables.add("data_gate", ["parameter_set": Self.parameterSet, "rule": rule, "severity": "off"])
        }
        for row in input.list("fx") {
            tables.add(
                "fx_haircut",
                [
                    "parameter_set": Self.parameterSet, "from_currency": row.optional("from"),
                    "to_currency": row.optional("to"), "haircut": row.optional("haircut") ?? "0",
                ])
        }
    }

    /// The code of the classic sixteen scenarios with these extremes; a set a distinct pair.
    mutating func scenarioSet(extremeMultiple: ExactDecimal, extremeCover: ExactDecimal) throws -> String {
        if let code = scenarioSets[[extremeMultiple, extremeCover]] { return code }
        let code = "CLASSIC\(scenarioSets.count + 1)"
        scenarioSets[[extremeMultiple, extremeCover]] = code
        let set = try ScenarioSet.classic(
            code: ScenarioSetCode(code), extremeMultiple: extremeMultiple, extremeCover: extremeCover)
        for scenario in set.scenarios {
            tables.add(
                "scenario",
                [
                    "parameter_set": Self.parameterSet, "scenario_set": code, "scenario": "\(scenario.number)",
                    "price_move_numerator": "\(scenario.priceMoveNumerator)",
                    "price_move_denominator": "\(scenario.priceMoveDenominator)",
                    "volatility_move": "\(scenario.volatilityMove)", "weight": "\(scenario.weight)",
                    "pair": scenario.pair.map { "\($0)" },
                ])
        }
        return code
    }
}

extension JSONValue {
    /// A number that must be there.
    func decimal(_ key: String) throws -> ExactDecimal {
        let text = try required(key)
        guard let value = ExactDecimal(text) else { throw Failure(.inputRejected, "\(key) \(text) is no exact number") }
        return value
    }

    /// A whole number that is 0 where it is left out.
    func units(_ key: String) throws -> Int64 {
        guard let text = optional(key) else { return 0 }
        guard let value = Int64(text) else { throw Failure(.inputRejected, "\(key) \(text) is no whole number") }
        return value
    }
}

extension BusinessDate {
    /// The next date that is no Saturday or Sunday, in either direction.
    func weekday(before: Bool) -> BusinessDate {
        var date = adding(days: before ? -1 : 1)
        while date.weekday >= 5 { date = date.adding(days: before ? -1 : 1) }
        return date
    }
}
