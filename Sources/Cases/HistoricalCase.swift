import Margining
import Quantities
import Runtime
import Scenarios
import Simulation
import TextFiles

/// The `historical` part of a neutral case (docs/methodology.md §7): one portfolio simulated over factor histories, or
/// bare loss vectors.
struct HistoricalCase {
    let input: JSONValue
    let currency: Currency

    /// `input` is the whole input of the case; `currency` is the one the figures are rounded in.
    init(_ input: JSONValue, currency: Currency) {
        self.input = input["historical"] ?? .object([:])
        self.currency = currency
    }

    /// The simulated portfolio and what the expectations state beside its measures.
    struct Simulated {
        var portfolio: SimulatedPortfolio
        var keys: [String]
        var volatilitiesNow: [(factor: String, volatility: Double)]?
        var isStressed = false
    }

    /// The figures under the names of the format; `wanted` are those the case states.
    func document(book: SimulationBook?, wanted: JSONValue) throws -> JSONValue {
        let terms = try self.terms()
        let simulated = try input["losses"] == nil ? revalued(book) : bare()
        let portfolio = simulated.portfolio
        let risk = TailRisk(portfolio, terms: terms, currency: currency)
        func loss(_ units: Int64) -> JSONValue { .text(scaled(units, portfolio.decimals)) }
        func money(_ amount: ExactFraction) -> JSONValue {
            .text("\(Money(rounding: amount, currency: currency).amount)")
        }
        var members: [String: JSONValue] = [
            "scenarios": .text("\(portfolio.losses.count)"), "losses": .array(portfolio.losses.map(loss)),
            "var": money(risk.valueAtRisk), "es": money(risk.expectedShortfall),
            "es_exact": .text("\(risk.expectedShortfall)"), "es_whole": money(risk.wholeExpectedShortfall),
            "component_es": .object(
                Dictionary(
                    zip(simulated.keys, risk.components.map { .text("\($0)") }), uniquingKeysWith: { first, _ in first }
                )),
            "core": money(risk.core),
        ]
        if let volatilities = simulated.volatilitiesNow {
            members["volatility_now"] = .object(
                Dictionary(
                    volatilities.map { ($0.factor, .text("\($0.volatility)")) }, uniquingKeysWith: { first, _ in first }
                ))
        }
        if simulated.isStressed, let stressed = risk.stressedExpectedShortfall {
            members["stressed_scenarios"] = .text("\(portfolio.stressedLosses.count)")
            members["stressed_losses"] = .array(portfolio.stressedLosses.map(loss))
            members["stressed_es"] = money(stressed)
        }
        if let found = risk.correlationBreak {
            members["correlation_break"] = .object([
                "excess": .text(
                    "\(ExactDecimal(mantissa: Int128(arrayUnits(rounding: found.excess, decimals: 6)), scale: 6))"),
                "add_on": .text("\(found.addOn.amount)"),
            ])
        }
        for (name, figure) in otherConventions(portfolio, terms) where wanted[name] != nil {
            members[name] = money(figure)
        }
        return .object(members)
    }

    /// Figures of the other conventions, which a case may state too.
    private func otherConventions(
        _ portfolio: SimulatedPortfolio, _ terms: TailRiskTerms
    ) -> [(String, ExactFraction)] {
        func risk(_ convention: TailConvention) -> TailRisk {
            TailRisk(portfolio, terms: TailRiskTerms(tail: terms.tail, convention: convention), currency: currency)
        }
        return [
            ("var_interpolated", risk(.interpolated).valueAtRisk),
            ("es_fractional", risk(.fractional).expectedShortfall),
        ]
    }

    private func terms() throws -> TailRiskTerms {
        guard let tail = TailShare(confidence: try input.decimal("confidence")) else {
            throw Failure(.inputRejected, "confidence \(try input.required("confidence")) is not inside 0 to 1")
        }
        let name = input.optional("convention") ?? TailConvention.fractional.rawValue
        guard let convention = TailConvention(rawValue: name) else {
            throw Failure(
                .inputRejected, "convention \(name) is unknown",
                hint: "one of \(TailConvention.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let stated = stressedRows.first { $0["weight"] != nil }
        let weight = try stated?.decimal("weight") ?? TailRiskTerms.usualStressedWeight
        guard weight >= .zero, weight <= .one else {
            throw Failure(.inputRejected, "the stressed weight \(weight) is not 0 to 1")
        }
        return TailRiskTerms(
            tail: tail, convention: convention, stressedWeight: weight, correlationBreak: try breakTerms())
    }

    private func breakTerms() throws -> CorrelationBreakTerms? {
        guard let row = input["correlation_break"] else { return nil }
        let (kappa, lower, upper) = (try row.decimal("kappa"), try row.decimal("lower"), try row.decimal("upper"))
        let window = Int(try row.units("window"))
        guard window > 0, kappa >= .zero, lower >= .zero, lower <= upper else {
            throw Failure(.inputRejected, "correlation_break has no window, or bounds out of order")
        }
        return CorrelationBreakTerms(window: window, kappa: kappa, lower: lower, upper: upper)
    }
}
