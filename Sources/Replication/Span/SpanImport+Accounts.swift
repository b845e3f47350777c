import InputRows
import Quantities

extension SpanImport {
    /// One class an account type that has an initial rate, with the ratio that every combined commodity gives it.
    mutating func readAccountClasses(_ organisation: SpanElement) throws {
        let isCapped = try capsNetOptionValue(organisation)
        var ratios: [String: ExactDecimal] = [:]
        for definition in organisation.all("pbRateDef") where try !Self.isMaintenance(definition) {
            let accountClass = try definition.code("acctType")
            let ratio = try initialRatio(definition, organisation)
            if let other = ratios.updateValue(ratio, forKey: accountClass) {
                guard other == ratio else {
                    throw definition.refusal(
                        "a second initial rate of account type \(accountClass), with another ratio")
                }
                continue
            }
            add(
                .accountClass, definition,
                [
                    "account_class": accountClass, "initial_ratio": ratio.description,
                    "net_option_value_is_capped": String(isCapped),
                ])
        }
    }

    private static func isMaintenance(_ definition: SpanElement) throws -> Bool {
        try definition.oneOrNone("isM") != nil && definition.choice("isM", of: ["0", "1"]) == "1"
    }

    /// One value for the whole file.
    private func capsNetOptionValue(_ organisation: SpanElement) throws -> Bool {
        let whole = try organisation.oneOrNone("capAnov").map { _ in
            try organisation.choice("capAnov", of: ["0", "1"])
        }
        var cap: String?
        for commodity in organisation.all("ccDef") where try commodity.oneOrNone("capAnov") != nil {
            let flag = try commodity.choice("capAnov", of: ["0", "1"])
            if let cap, cap != flag { throw try commodity.one("capAnov").refusal("capAnov differs from another's") }
            cap = flag
        }
        return (cap ?? whole) == "1"
    }

    /// What every combined commodity's adjRate says of a rate of another: a rate of itself says nothing of it, and one
    /// without a base is a multiple of the risk.
    private func initialRatio(_ definition: SpanElement, _ organisation: SpanElement) throws -> ExactDecimal {
        let number = try definition.number("r")
        var ratio: ExactDecimal?
        for commodity in organisation.all("ccDef") {
            for rate in commodity.all("adjRate") where try rate.number("r") == number {
                if try rate.oneOrNone("baseR") != nil {
                    let base = try rate.number("baseR")
                    if base == number { continue }
                    guard base == 1 else { throw try rate.one("baseR").refusal("baseR \(base) is not supported") }
                }
                guard let value = ExactDecimal(try rate.decimal("val"))?.withoutTrailingZeros else { continue }
                if let ratio, ratio != value {
                    throw rate.refusal("val of rate \(number) differs from another combined commodity's")
                }
                ratio = value
            }
        }
        return ratio ?? .one
    }

    /// The maintenance margin as a share of the initial one: kept, and no figure depends on it.
    func maintenanceRatio(_ definition: SpanElement) throws -> String? {
        for rate in definition.all("adjRate") where try rate.oneOrNone("baseR") != nil {
            let (number, base) = (try rate.number("r"), try rate.number("baseR"))
            let maintenance = try organisation.all("pbRateDef").contains {
                try $0.number("r") == number && Self.isMaintenance($0)
            }
            if number == base || maintenance { return try rate.decimal("val") }
        }
        return nil
    }

    mutating func readConversions(_ organisation: SpanElement) throws {
        for conversion in organisation.all("curConv") {
            add(
                .fxRate, conversion,
                [
                    "business_date": run.businessDate.description,
                    "from_currency": try conversion.code("fromCur"), "to_currency": try conversion.code("toCur"),
                    "rate": try conversion.decimal("factor"),
                ])
        }
    }
}
