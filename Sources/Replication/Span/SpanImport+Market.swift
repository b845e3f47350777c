import InputRows
import Quantities

/// The rates and volatilities of options that one contract's terms hold.
struct SpanVariation: Hashable {
    let factor: ExactDecimal
    /// Continuous, a year; nil where the file does not say it.
    var interest: ExactDecimal?
    /// The yield of the underlying, continuous, a year.
    var dividend: ExactDecimal = .zero
    var isVolatilityAssigned = false
}

extension SpanImport {
    /// Spots with their prices, and what options call the futures they are on.
    ///
    /// An array's spot is `val` by `cvf`; `p` may have more decimals.
    mutating func readUnderlyings(_ exchange: SpanElement) throws {
        let code = try exchange.code("exch")
        for family in exchange.all("phyPf") {
            let spots = family.all("phy")
            for spot in spots {
                let name = try family.code("pfCode") + (spots.count > 1 ? "-\(try spot.code("cId"))" : "")
                let underlying = codes.insert(name).inserted ? name : "SPOT-\(name)"
                if underlying != name, !codes.insert(underlying).inserted {
                    throw spot.refusal("a second spot \(name)")
                }
                try note(spot, of: family, exchange: code, as: underlying)
                let price = try price(of: spot)
                addMarket("underlying_price", spot, ["underlying": underlying, "price": price.description])
            }
        }
        for family in exchange.all("futPf") {
            for future in family.all("fut") {
                try note(future, of: family, exchange: code, as: future.seriesCode())
            }
        }
    }

    private func price(of spot: SpanElement) throws -> ExactDecimal {
        func value(_ name: String) throws -> ExactDecimal? {
            try spot.decimalOrNone(name).flatMap { ExactDecimal($0)?.withoutTrailingZeros }
        }
        if let amount = try value("val"), let factor = try value("cvf"), factor > .zero {
            guard SpanRanges.canDivide(amount, by: factor, toScale: 12) else {
                throw try spot.one("val").refusal("val \(amount) by cvf \(factor) leaves 128 bits")
            }
            return amount.divided(by: factor, roundedToScale: 12).withoutTrailingZeros
        }
        guard let price = try value("p") else { throw spot.refusal("phy has neither val with its cvf nor p") }
        return price
    }

    private mutating func note(
        _ contract: SpanElement, of family: SpanElement, exchange: String, as underlying: String
    ) throws {
        guard let number = try family.oneOrNone("pfId")?.text, let id = try contract.oneOrNone("cId")?.text else {
            return
        }
        underlyings[[exchange, number, id]] = underlying
    }

    /// The spot or future that a series of options is on; nil where the file does not say it.
    func underlying(of series: SpanElement) throws -> String? {
        guard let reference = try series.oneOrNone("undC") else { return nil }
        let key = [try reference.text("exch"), try reference.text("pfId"), try reference.text("cId")]
        guard let underlying = underlyings[key] else {
            throw reference.refusal("no contract \(key[2]) of family \(key[1]) of exchange \(key[0])")
        }
        return underlying
    }

    /// What contract terms a series of options asks for.
    func variation(of series: SpanElement, factor: ExactDecimal) throws -> SpanVariation {
        var variation = SpanVariation(factor: factor)
        if let rate = try series.oneOrNone("intrRate") {
            try rate.requireKnownValues()
            variation.interest = ExactDecimal(try rate.decimal("val"))?.withoutTrailingZeros
        }
        if let rate = try series.oneOrNone("divRate") {
            variation.dividend = ExactDecimal(try rate.decimal("val"))?.withoutTrailingZeros ?? .zero
        }
        let options = series.all("opt")
        variation.isVolatilityAssigned = try !options.isEmpty && options.allSatisfy { try $0.volatility() != nil }
        return variation
    }

    /// The codes of a contract's rates, each with its row in the market.
    mutating func rateCodes(
        _ variation: SpanVariation, isOnSpot: Bool, _ element: SpanElement
    ) -> (discount: String, carry: String?) {
        guard let interest = variation.interest else { return ("UNSTATED", isOnSpot ? "UNSTATED" : nil) }
        func code(_ kind: String, _ rate: ExactDecimal) -> String {
            let code = "\(kind)-\(rate)"
            if !(marketRows["interest_rate"] ?? []).contains(where: { $0.cells["rate_code"] == code }) {
                addMarket("interest_rate", element, ["rate_code": code, "rate": rate.description])
            }
            return code
        }
        let discount = code("RATE", interest)
        return (discount, isOnSpot ? code("CARRY", interest - variation.dividend) : nil)
    }
}

extension SpanElement {
    /// The house's own code of a series where the file has one, else the number of the contract.
    func seriesCode() throws(ReplicationError) -> String {
        try oneOrNone("desc") == nil ? code("cId") : code("desc")
    }

    /// An option's volatility a year; nil for none or 0.
    func volatility() throws(ReplicationError) -> ExactDecimal? {
        guard let value = try decimalOrNone("v").flatMap({ ExactDecimal($0) }), value > .zero else { return nil }
        return value
    }

    /// Refuses a value of an element that is read for one value only (`SpanLayout.only`).
    func requireKnownValues() throws(ReplicationError) {
        for (name, values) in SpanLayout.only[self.name] ?? [] {
            guard let child = try oneOrNone(name), !child.text.isEmpty else { continue }
            _ = try choice(name, of: values)
        }
    }

    /// A factor of 1 that may be written or left out.
    func requireUnitScale() throws(ReplicationError) {
        guard let scale = try decimalOrNone("sc"), ExactDecimal(scale) != .one else { return }
        throw try one("sc").refusal("sc beside 1 of a contract is not supported", hint: "pfLink has the family's")
    }
}
