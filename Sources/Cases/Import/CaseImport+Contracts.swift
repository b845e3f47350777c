import Quantities
import Runtime
import TextFiles

extension CaseImport {
    /// One contract with one series, both under the case's key, and its prices.
    mutating func add(contract row: JSONValue) throws {
        let key = try row.required("key")
        let isOption = try row.required("kind") == "option"
        if isOption { try addOption(row, key) } else { try addFuture(row, key) }
        try addPrices(of: row, key)
    }

    private mutating func addFuture(_ row: JSONValue, _ key: String) throws {
        let isCarried = row.optional("valuation") == "cost_of_carry"
        tables.add(
            "contract",
            [
                "contract": key, "combined_commodity": try row.required("combined_commodity"),
                "kind": try row.required("kind"), "contract_value_factor": try row.required("contract_value_factor"),
                "delta_scaling_factor": row.optional("delta_scaling_factor"),
                "future_valuation": row.optional("valuation") ?? "linear",
                "discount_rate_code": isCarried ? try rateCode(row.decimal("rate"), of: key) : nil,
            ])
        // A future that has a final settlement price expires on the business date.
        let expiry = row.optional("expiry") ?? (row["final_settlement"] == nil ? nil : "\(businessDate)")
        tables.add(
            "series",
            [
                "series": key, "contract": key, "contract_month": try row.required("month"), "expiry_date": expiry,
                "underlying": isCarried ? try underlyingCode(row, price: "spot") : nil,
            ])
    }

    private mutating func addOption(_ row: JSONValue, _ key: String) throws {
        let rate = row["rate"] == nil ? ExactDecimal.zero : try row.decimal("rate")
        let model = try row.required("model")
        // Black and Scholes' own case: the cost of carry is the rate.
        let carry = row["carry"] == nil ? rate : try row.decimal("carry")
        let volatility = row["volatility"]
        tables.add(
            "contract",
            [
                "contract": key, "combined_commodity": try row.required("combined_commodity"), "kind": "option",
                "contract_value_factor": try row.required("contract_value_factor"),
                "delta_scaling_factor": row.optional("delta_scaling_factor"), "option_model": model,
                "exercise": row.optional("exercise") ?? "european", "option_style": row.optional("style") ?? "premium",
                "volatility_source": volatility?.optional("kind") ?? "implied",
                "discount_rate_code": rateCode(rate, of: key),
                "carry_rate_code": model == "black_scholes" ? rateCode(carry, of: "carry of \(key)") : nil,
            ])
        tables.add(
            "series",
            [
                "series": key, "contract": key, "contract_month": try row.required("month"),
                "expiry_date": try row.required("expiry"), "option_right": try row.required("right"),
                "strike": try row.required("strike"), "underlying": try underlyingCode(row, price: "underlying_price"),
            ])
        if let value = volatility?.optional("value"), volatility?.optional("kind") == "assigned" {
            tables.add("volatility", ["business_date": "\(businessDate)", "instrument": key, "volatility": value])
        }
    }

    private mutating func addPrices(of row: JSONValue, _ key: String) throws {
        let commodity = try row.required("combined_commodity")
        let currency = input.list("combined_commodities").first { $0.optional("id") == commodity }?.optional("currency")
        guard let currency else {
            throw Failure(.inputRejected, "contract \(key) is of the unknown combined commodity \(commodity)")
        }
        let prices = [
            ("settlement", businessDate, "settlement"), ("final_settlement", businessDate, "final"),
            ("previous_settlement", previousDate, "settlement"),
        ]
        for (name, date, kind) in prices {
            guard let price = row.optional(name) ?? (kind == "final" ? finalPriceUnder(row) : nil) else { continue }
            tables.add(
                "settlement_price",
                ["business_date": "\(date)", "series": key, "price": price, "currency": currency, "price_kind": kind])
        }
    }

    /// The final settlement price of the future under an option that expires today.
    private func finalPriceUnder(_ row: JSONValue) -> String? {
        guard row.optional("kind") == "option", row.optional("expiry") == "\(businessDate)" else { return nil }
        return input.list("contracts").first { contract in
            contract.optional("kind") == "future" && contract["combined_commodity"] == row["combined_commodity"]
                && contract["month"] == row["month"]
        }?.optional("final_settlement")
    }

    /// The code of a price under options or carried futures: one a combined commodity and distinct price, or one a
    /// contract.
    private mutating func underlyingCode(_ row: JSONValue, price name: String) throws -> String {
        let price = try row.decimal(name)
        let key = UnderlyingKey(combinedCommodity: try row.required("combined_commodity"), price: price)
        if codes == .ofValues, let code = underlyings[key] { return code }
        let code =
            codes == .ofValues ? "UNDERLYING:\(underlyings.count + 1)" : "UNDERLYING:\(try row.required("key"))"
        underlyings[key] = code
        tables.add("underlying_price", ["business_date": "\(businessDate)", "underlying": code, "price": "\(price)"])
        return code
    }

    /// The code of an interest rate: one a distinct value, or a contract.
    private mutating func rateCode(_ rate: ExactDecimal, of name: String) -> String {
        if codes == .ofValues, let code = rateCodes[rate] { return code }
        let code = codes == .ofValues ? "R\(rateCodes.count + 1)" : "R:\(name)"
        rateCodes[rate] = code
        tables.add("interest_rate", ["business_date": "\(businessDate)", "rate_code": code, "rate": "\(rate)"])
        return code
    }
}
