import InputRows
import Quantities

extension SpanImport {
    /// The currencies that something in the file is in; a file lists others, which mean nothing here.
    mutating func readDefinitions(_ definitions: SpanElement) throws {
        var used: Set<String> = []
        for commodity in organisation.all("ccDef") { used.insert(try commodity.code("currency")) }
        for conversion in organisation.all("curConv") {
            used.formUnion([try conversion.code("fromCur"), try conversion.code("toCur")])
        }
        var seen: Set<String> = []
        for currency in definitions.all("currencyDef") where used.contains(try currency.one("currency").text) {
            let code = try currency.code("currency")
            guard seen.insert(code).inserted else { throw currency.refusal("a second currencyDef of \(code)") }
            add(
                .currency, currency,
                ["currency": code, "minor_unit_decimals": String(try currency.number("decimalPos"))])
        }
    }

    /// Scenario sets by the number that arrays name; the set of number 1 is called R1.
    mutating func readScenarios(_ organisation: SpanElement) throws {
        for definition in organisation.all("pointDef") {
            let set = "R\(try definition.number("r"))"
            guard scenarioCounts[set] == nil else {
                throw definition.refusal("a second pointDef with r \(try definition.number("r"))")
            }
            var seen: Set<Int> = []
            for point in definition.all("scanPointDef") {
                let number = try point.number("point")
                guard seen.insert(number).inserted else {
                    throw point.refusal("a second scanPointDef of point \(number)")
                }
                let (move, by) = try Self.move(try point.one("priceScanDef"))
                let (volatility, unit) = try Self.move(try point.one("volScanDef"))
                guard unit == .one else { throw point.refusal("volScanDef has a denominator beside 1") }
                add(
                    .scenario, point,
                    [
                        "scenario_set": set, "scenario": String(number),
                        "price_move_numerator": move.description, "price_move_denominator": by.description,
                        "volatility_move": volatility.description, "weight": try point.decimal("weight"),
                        "pair": try point.oneOrNone("pairedPoint") == nil
                            ? nil : String(try point.number("pairedPoint")),
                    ])
            }
            scenarioCounts[set] = seen.count
            try readDeltaPoints(definition, set)
        }
    }

    /// The points at which composite deltas are taken, and what each weighs.
    private mutating func readDeltaPoints(_ definition: SpanElement, _ set: String) throws {
        var seen: Set<Int> = []
        for point in definition.all("deltaPointDef") {
            let number = try point.number("point")
            guard seen.insert(number).inserted else {
                throw point.refusal("a second deltaPointDef of point \(number)")
            }
            let (move, by) = try Self.move(try point.one("priceScanDef"))
            guard try Self.move(try point.one("volScanDef")).0 == .zero else {
                throw point.refusal("a volatility move of a deltaPointDef is not supported")
            }
            add(
                .compositeDeltaWeight, point,
                [
                    "scenario_set": set, "price_move_numerator": move.description,
                    "price_move_denominator": by.description, "weight": try point.decimal("weight"),
                ])
        }
    }

    /// The decimals with which an exact fraction is written beside itself (docs/replication.md).
    static let fractionDecimals = 12

    /// No move is a million ranges; the bound keeps products within 128 bits.
    private static let largestMove = ExactDecimal(1_000_000)

    /// The decimals that a multiplier usually has: what arrays are computed with, though a third is meant.
    private static let usualDecimals = 6

    /// `mult` is the whole multiplier; the fraction says it once more and counts where there is no `mult`, or where
    /// `mult` is that fraction with all the decimals there are. The second number is the denominator.
    static func move(_ element: SpanElement) throws -> (ExactDecimal, ExactDecimal) {
        func value(_ name: String) throws -> ExactDecimal? {
            guard let value = try element.decimalOrNone(name).flatMap({ ExactDecimal($0) }) else { return nil }
            guard value.magnitude <= largestMove else {
                throw try element.one(name).refusal("\(name) \(value) is beyond \(largestMove)")
            }
            return value
        }
        let (numerator, denominator) = (try value("numerator"), try value("denominator") ?? .one)
        guard denominator > .zero else { throw try element.one("denominator").refusal("denominator is not above 0") }
        guard let mult = try value("mult") else {
            guard let numerator else { throw element.refusal("\(element.name) has neither mult nor numerator") }
            return (numerator.withoutTrailingZeros, denominator.withoutTrailingZeros)
        }
        guard let numerator else { return (mult.withoutTrailingZeros, .one) }
        let difference = (mult * denominator - numerator).magnitude
        guard difference <= ExactDecimal(mantissa: 1, scale: 6) * denominator else {
            throw try element.one("mult").refusal(
                "mult \(mult) is not numerator \(numerator) by denominator \(denominator)",
                hint: "mult is the whole multiplier, and the fraction repeats it")
        }
        let isRounding =
            mult.withoutTrailingZeros.scale > usualDecimals && mult * denominator != numerator
            && numerator.divided(by: denominator, roundedToScale: fractionDecimals) == mult
        return isRounding
            ? (numerator.withoutTrailingZeros, denominator.withoutTrailingZeros) : (mult.withoutTrailingZeros, .one)
    }
}
