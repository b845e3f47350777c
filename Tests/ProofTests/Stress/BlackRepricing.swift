import Foundation
import PlainMargin
import Quantities
import TestSupport

/// European options on futures by Black's formula, written down once more for the reverse stress: what one long loses
/// when the futures price and the volatility move (§8.2).
struct BlackRepricing: Sendable {
    private struct Option: Sendable {
        let isCall: Bool
        let strike: Double
        let price: Double
        let rate: Double
        let days: Double
        let volatility: Double
        let floor: Double
        let factor: Double
        let arrayDecimals: Int

        /// A premium-style option's value; below a price of 0 the limit at zero.
        func value(_ price: Double, _ volatility: Double, days: Double) -> Double {
            let years = days / 365
            let discount = exp(-rate * max(0, years))
            let price = max(0, price)
            guard price > 0, years > 0 else { return discount * max(0, isCall ? price - strike : strike - price) }
            let deviation = volatility * years.squareRoot()
            let upper = log(price / strike) / deviation + deviation / 2
            let sign = isCall ? 1.0 : -1.0
            func normal(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
            return discount * sign * (price * normal(sign * upper) - strike * normal(sign * (upper - deviation)))
        }

        func with(volatility: Double) -> Option {
            Option(
                isCall: isCall, strike: strike, price: price, rate: rate, days: days, volatility: volatility,
                floor: floor, factor: factor, arrayDecimals: arrayDecimals)
        }

        /// The volatility at which the formula gives the settlement price.
        func solved(_ settlement: Double) -> Option {
            var low = 1e-6
            var high = 5.0
            for _ in 0..<200 {
                let middle = (low + high) / 2
                if value(price, middle, days: days) > settlement { high = middle } else { low = middle }
            }
            return with(volatility: (low + high) / 2)
        }
    }
    private var options: [String: Option] = [:]
    private let horizon: Double

    init(input: JSONValue, stress: JSONValue, arrayDecimals: [String: Int]) throws {
        horizon = Double(try stress.whole("horizon_days"))
        guard let today = BusinessDate(try input.text("business_date")) else { throw CaseError(what: "no date") }
        for row in input["contracts"]?.list ?? [] where row["kind"]?.text == "option" {
            guard row["model"]?.text == "black76", row["exercise"]?.text == "european", row["style"]?.text == "premium",
                row["volatility"]?["kind"]?.text == "implied", let expiry = BusinessDate(try row.text("expiry")),
                let commodity = input["combined_commodities"]?.element(try row.text("combined_commodity"))
            else { throw CaseError(what: "no option that Black's formula values") }
            func number(_ key: String) throws -> Double { try row.rational(key).double }
            options[try row.text("key")] = Option(
                isCall: try row.text("right") == "call", strike: try number("strike"),
                price: try number("underlying_price"), rate: try number("rate"), days: Double(today.days(to: expiry)),
                volatility: 0, floor: try commodity.rational("volatility_floor").double,
                factor: try number("contract_value_factor"),
                arrayDecimals: arrayDecimals[try row.text("combined_commodity")] ?? 0
            ).solved(try number("settlement"))
        }
    }

    var closure: @Sendable (PlainStressSeries, PlainStressMove, Rational) -> Rational {
        { series, move, shift in loss(series, move, shift) }
    }

    private func loss(_ series: PlainStressSeries, _ move: PlainStressMove, _ shift: Rational) -> Rational {
        guard let option = options[series.code] else { preconditionFailure("no option \(series.code)") }
        let change = move.priceMove.double
        let moved =
            switch move.priceKind {
            case .relative: option.price + change * abs(option.price)
            case .log: option.price * exp(change)
            case .absolute: option.price + change
            }
        let volatility = move.volatilityMove.double
        let stressed =
            move.volatilityKind == .relative ? option.volatility * (1 + volatility) : option.volatility + volatility
        let loss =
            option.value(option.price, option.volatility, days: option.days)
            - option.value(moved + shift.double, max(stressed, option.floor), days: option.days - horizon)
        let scale = pow(10, Double(option.arrayDecimals))
        return Rational(
            Int128((loss * option.factor * scale).rounded(.toNearestOrAwayFromZero)),
            over: Rational.tenTo(option.arrayDecimals))
    }
}

extension Rational {
    var double: Double { Double(numerator) / Double(denominator) }
}
