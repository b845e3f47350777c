import Quantities
import TextFiles

/// A gross omnibus account in the form of the expectations: components from their rows, and each series' scans and
/// values replicated from the published arrays, as a member would.
struct OmnibusFigures {
    let input: JSONValue
    let account: JSONValue
    let rows: ResultRows

    func document() -> JSONValue {
        let components = rows.rows("combined_commodity_risk", account: account.optional("id") ?? "")
        let commodities = components.map { row in
            var members = object(
                row,
                [
                    "currency": "currency", "scan": "scan", "delivery": "delivery_charge", "nov": "net_option_value",
                    "som": "short_option_minimum", "risk": "risk",
                ]
            ).members
            members["requirement"] = .text(
                max(.zero, decimal(row["initial_risk"]) - decimal(row["net_option_value"])).description)
            return (row.text("combined_commodity"), JSONValue.object(members))
        }
        return .object([
            "series": .array(account.list("positions").compactMap(series)),
            "combined_commodities": .object(Dictionary(commodities, uniquingKeysWith: { first, _ in first })),
        ])
    }

    private func series(_ position: JSONValue) -> JSONValue? {
        let code = position.optional("contract") ?? ""
        let contract = input.list("contracts").first { $0.optional("key") == code }
        guard let contract, let array = rows["risk_array"].first(where: { $0["series"] == code }) else { return nil }
        let decimals = Int(array.text("array_decimals")) ?? 0
        let losses = array.list("risk_array").compactMap { Int64($0) }.map {
            ExactDecimal(mantissa: Int128($0), scale: decimals)
        }
        let quantity = decimal(position.optional("quantity"))
        let long = max(.zero, quantity) + decimal(position.optional("long"))
        let short = max(.zero, -quantity) + decimal(position.optional("short"))
        let isPremium = contract.optional("kind") == "option" && contract.optional("style") ?? "premium" == "premium"
        let value =
            isPremium
            ? decimal(contract.optional("settlement")) * decimal(contract.optional("contract_value_factor")) : .zero
        let currency = input.list("combined_commodities").first {
            $0.optional("id") == contract.optional("combined_commodity")
        }?.optional("currency")
        let minorUnit =
            currency.flatMap { input["currencies"]?[$0]?.optional("minor_unit_decimals") }.flatMap { Int($0) } ?? 2
        func money(_ amount: ExactDecimal) -> JSONValue { .text(amount.text(decimals: minorUnit)) }
        return .object([
            "contract": .text(code), "long_scan": money(long * max(.zero, losses.max() ?? .zero)),
            "short_scan": money(short * max(.zero, -(losses.min() ?? .zero))), "long_value": money(long * value),
            "short_value": money(short * value),
        ])
    }

    private func decimal(_ text: String?) -> ExactDecimal { text.flatMap { ExactDecimal($0) } ?? .zero }
}
